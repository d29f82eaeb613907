/** The demo organisation on an embedded backend, at its own size and larger ones. */
import { instantAt, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { startEmbedded, type EmbeddedServer } from '../fixtures/embedded-server.ts';

/** How many times the demo's own size. */
export type Scale = 1 | 10;

/** The demo as at ten this morning, so that all runs of one day measure the same data and share its template. */
export async function startDemo(scale: Scale, dataDir?: string): Promise<EmbeddedServer> {
	const today = taipeiDay(new Date().toISOString());
	return await startEmbedded({
		demo: true,
		now: instantAt(today, '10:00'),
		scale,
		...(dataDir === undefined ? {} : { dataDir })
	});
}
