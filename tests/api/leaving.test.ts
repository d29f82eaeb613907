/** Ending a colleague's access through the API: by whom, and that a session which is open sees nothing from then on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { membershipOf, type Person } from '../fixtures/db-world.ts';
import { BACKENDS, call, push, type Answer, type Backend } from './backend.ts';

describe.each(Object.entries(BACKENDS))('on the %s', (_name, start) => {
	let backend: Backend;
	beforeAll(async () => {
		backend = await start();
	});
	afterAll(() => backend.stop());

	async function end(token: string, whom: Person): Promise<Answer> {
		const at = new Date().toISOString();
		const args = { id: membershipOf(whom), at, reason: '離職' };
		return await push(backend, token, [{ name: 'membership.end', args }]);
	}
	const verdict = (code: string) => ({
		status: 200,
		body: { results: [{ n: 1, verdict: 'rejected', code }] }
	});
	const stillHere = async (person: Person) =>
		await backend.sql('select 1 from public.memberships where id = $1 and ended_at is null', [
			membershipOf(person)
		]);

	test.each<[Person, string]>([
		['worker', 'not_allowed'],
		['nurse', 'not_allowed'],
		['therapist', 'not_allowed'],
		['social', 'not_allowed'],
		['manager', 'not_allowed'],
		['family', 'not_found'],
		['removed', 'not_allowed'],
		['former', 'not_found'],
		['outsider', 'not_found']
	])('%s cannot', async (person, code) => {
		const token = await backend.tokenFor(person);
		expect(await end(token, 'outside')).toMatchObject(verdict(code));
		await call(backend, token, 'PATCH', `memberships?id=eq.${membershipOf('outside')}`, {
			ended_at: new Date().toISOString()
		});
		expect(await stillHere('outside')).toHaveLength(1);
	});

	test('the supervisor can, and the colleague’s open session sees nothing from then on', async () => {
		const worker = await backend.tokenFor('worker');
		const rowsOf = async (table: string) =>
			(await call(backend, worker, 'GET', `${table}?select=id`)).body;
		expect(await rowsOf('cases')).toHaveLength(1);
		expect(await end(await backend.tokenFor('supervisor'), 'worker')).toMatchObject({
			status: 200,
			body: { results: [{ n: 1, verdict: 'ok' }] }
		});
		for (const table of ['cases', 'memberships', 'organizations', 'case_members'])
			expect(await rowsOf(table), table).toEqual([]);
		expect((await call(backend, worker, 'POST', 'rpc/whoami')).body).toMatchObject({
			memberships: [],
			cases: [],
			topics: [expect.stringMatching(/^user:/)]
		});
	});

	test('the last supervisor cannot leave, also not by a direct write', async () => {
		const token = await backend.tokenFor('supervisor');
		expect(await end(token, 'supervisor')).toMatchObject(verdict('last_supervisor'));
		const direct = await call(
			backend,
			token,
			'PATCH',
			`memberships?id=eq.${membershipOf('supervisor')}`,
			{ ended_at: new Date().toISOString() }
		);
		expect(JSON.stringify(direct.body)).toContain('last_supervisor');
		expect(await stillHere('supervisor')).toHaveLength(1);
	});
});
