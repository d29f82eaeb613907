/** The fault laboratory, a short run (tests/sync/lab; `npm run soak` is the long one). */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seedFrom } from '../fixtures/property.ts';
import { runLab } from './lab/run.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { installTestHelpers } from './support/world.ts';

let backend: EmbeddedBackend;

beforeAll(async () => {
	console.warn(`seed ${seed} (LAB_SEED=${seed} repeats this run)`);
	// The engine says on the console what the injected faults do.
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	backend = await EmbeddedBackend.start();
	await installTestHelpers(backend);
});
afterAll(() => backend.stop());

const seed = seedFrom(process.env['LAB_SEED']);

function runSeed(offset: number, serverFaults: boolean, operations: number) {
	return runLab(backend, { phones: 7, operations, seed: seed + offset, serverFaults });
}

test.for([0, 1, 2, 3])(
	'whatever lines, stores, pages, clocks and access do, phones heal by themselves: 0 lost, 0 doubled, 0 different (%i)',
	async (offset) => {
		const figures = await runSeed(offset, false, 120);
		expect(figures.saved).toBeGreaterThan(20);
	}
);

test('also when the server itself is killed and set back to a backup', async () => {
	const figures = await runSeed(4, true, 80);
	expect(figures.saved).toBeGreaterThan(10);
});
