import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBackend, type EmbeddedBackend } from '#lib/server/embedded/backend.ts';

/** In this process: only requests that start in the same tick interleave on the one session. */
let backend: EmbeddedBackend;
let dataDir: string;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'connect10-'));
	const migrationsDir = fileURLToPath(new URL('../fixtures/embedded-migrations', import.meta.url));
	backend = await openBackend({ dataDir, migrationsDir });
});
afterAll(async () => {
	await backend.close();
	await rm(dataDir, { recursive: true });
});

async function whoAmI(apikey: string, n: number): Promise<unknown> {
	const request = new Request('http://localhost/rest/v1/rpc/who_am_i', {
		method: 'POST',
		headers: { apikey, 'content-type': 'application/json' },
		body: JSON.stringify({ request: { n } })
	});
	return (await backend.handle(request, '127.0.0.1')).json();
}

it("never runs one caller's statement under another's role", async () => {
	const { publishableKey, secretKey } = backend.keys;
	const callers = Array.from({ length: 30 }, (_, n) => (n % 2 ? secretKey : publishableKey));
	const seen = await Promise.all(callers.map((key, n) => whoAmI(key, n)));
	for (const [n, key] of callers.entries()) {
		const role = key === secretKey ? 'service_role' : 'anon';
		expect(seen[n]).toMatchObject({ role, request: { n } });
	}
});

it("never runs the owner's statement under a caller's role", async () => {
	const { publishableKey } = backend.keys;
	const owners: Promise<{ role: string }[]>[] = [];
	const callers = Array.from({ length: 20 }, (_, n) => {
		owners.push(backend.database.sql<{ role: string }>('select current_user as role'));
		return whoAmI(publishableKey, n);
	});
	await Promise.all(callers);
	const roles = (await Promise.all(owners)).map(([row]) => row?.role);
	expect(new Set(roles)).toEqual(new Set(['postgres']));
});

it('lets work inside a transaction use the database without waiting for itself', async () => {
	const rows = await backend.database.transaction(() => backend.database.sql('select 1 as one'));
	expect(rows).toEqual([{ one: 1 }]);
});

it('keeps nothing of a transaction that throws, and goes on', async () => {
	const broken = backend.database.transaction(async (session) => {
		await session.exec('create table public.half (id int)');
		throw new Error('stop');
	});
	await expect(broken).rejects.toThrow('stop');
	const [row] = await backend.database.sql("select to_regclass('public.half') as half");
	expect(row).toEqual({ half: null });
});
