import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSignedIn, call, startToy } from '../fixtures/embedded-toy.ts';

let dataDir: string;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'connect10-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const ROUNDS = 3;
const WRITERS = 8;
const ACKNOWLEDGED_BEFORE_KILL = 60;

it(`loses no acknowledged write in ${ROUNDS} kills under load, and keeps keys and sessions`, async () => {
	const acknowledged = new Set<string>();
	let token: string | undefined;
	for (let round = 0; round < ROUNDS; round += 1) {
		const server = await startToy({ dataDir });
		token ??= (await aSignedIn(server, 'writer')).token;
		const bearer = token;
		const kept = await server.sql<{ body: string }>('select body from public.notes');
		const bodies = new Set(kept.map((row) => row.body));
		expect([...acknowledged].filter((body) => !bodies.has(body))).toEqual([]);

		const until = acknowledged.size + ACKNOWLEDGED_BEFORE_KILL;
		const enough = Promise.withResolvers<void>();
		const writers = Array.from({ length: WRITERS }, async (_, writer) => {
			for (let n = 0; ; n += 1) {
				const body = `${round}-${writer}-${n}`;
				const init = { method: 'POST', body: JSON.stringify({ body }), token: bearer };
				const response = await call(server, '/rest/v1/notes', init).catch(() => null);
				if (response === null) return;
				expect(response.status).toBe(201);
				acknowledged.add(body);
				if (acknowledged.size >= until) enough.resolve();
			}
		});
		await enough.promise;
		await server.kill();
		await Promise.all(writers);
	}
	expect(acknowledged.size).toBeGreaterThanOrEqual(ROUNDS * ACKNOWLEDGED_BEFORE_KILL);

	const server = await startToy({ dataDir });
	const rows = await server.sql<{ body: string }>('select body from public.notes');
	const bodies = new Set(rows.map((row) => row.body));
	expect([...acknowledged].filter((body) => !bodies.has(body))).toEqual([]);
	await server.stop();
});

it('finishes what has begun when it is stopped in good order', async () => {
	const server = await startToy({ dataDir });
	const { token } = await aSignedIn(server, 'last');
	const init = { method: 'POST', body: JSON.stringify({ body: 'last words' }), token };
	expect((await call(server, '/rest/v1/notes', init)).status).toBe(201);
	await server.stop();
	const again = await startToy({ dataDir });
	const rows = await again.sql("select body from public.notes where body = 'last words'");
	expect(rows).toHaveLength(1);
	await again.stop();
});
