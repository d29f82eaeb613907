/** The long run of the fault laboratory: `npm run soak` starts it with its arguments in LAB_…, and reads what it writes. */
import 'fake-indexeddb/auto';
import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, test, vi } from 'vitest';
import { EmbeddedBackend, PostgrestBackend, type Backend } from '../support/backend.ts';
import { installTestHelpers } from '../support/world.ts';
import { runLab } from './run.ts';

const given = (name: string, otherwise: number) => Number(process.env[`LAB_${name}`] ?? otherwise);
const firstSeed = given('SEED', Date.now() % 2 ** 31);
const seeds = Array.from({ length: given('SEEDS', 5) }, (_, i) => firstSeed + i);
const size = { phones: given('PHONES', 10), operations: given('OPERATIONS', 300) };
const onPostgrest = process.env['LAB_BACKEND'] === 'postgrest';
/** A thousand operations take about a minute on a quiet machine; what takes twenty hangs. */
const mostMs = 5 * 60_000 + size.operations * 900;
/** It ends with its step, or where the laboratory sees that it hangs, before the next seed begins. */
const toStopMs = 5 * 60_000;

let backend: Backend;

beforeAll(async () => {
	// The engine says on the console what the injected faults do.
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	backend = onPostgrest
		? await PostgrestBackend.start({ outlivesKill: true })
		: await EmbeddedBackend.start({ port: given('PORT', 4410) });
	await installTestHelpers(backend);
});
afterAll(() => backend.stop());

test.for(seeds)('seed %i', { timeout: mostMs + toStopMs }, async (seed) => {
	const startedMs = Date.now();
	const note = (outcome: object) => {
		const line = JSON.stringify({ seed, ...outcome, tookS: (Date.now() - startedMs) / 1000 });
		if (process.env['LAB_REPORT']) appendFileSync(process.env['LAB_REPORT'], `${line}\n`);
	};
	try {
		note(await runLab(backend, { ...size, seed, serverFaults: true }, AbortSignal.timeout(mostMs)));
	} catch (failure) {
		note({ failed: String(failure) });
		throw failure;
	}
});
