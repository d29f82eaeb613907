/** What sync costs in requests and bytes (tests/sync/support/frugality.ts), on the embedded backend. */
import 'fake-indexeddb/auto';
import { EmbeddedBackend } from '../sync/support/backend.ts';
import { measureFrugality } from '../sync/support/frugality.ts';
import { aWorld } from '../sync/support/world.ts';
import type { Report } from './figures.ts';

const ROWS = 5000;

export async function frugal(report: Report): Promise<void> {
	const backend = await EmbeddedBackend.start();
	try {
		const figures = await measureFrugality(backend, await aWorld(backend), ROWS);
		for (const [figure, value] of Object.entries(figures))
			report({
				bench: 'frugal',
				figure,
				value,
				unit: figure.endsWith('Requests') ? 'requests' : 'bytes'
			});
	} finally {
		await backend.stop();
	}
}
