/** The address from which a phone's calendar reads one person's visits: whose it opens, what it tells, and how it ends. */
import { expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import type { Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function mine(person: Person, act: string): Promise<Fields | null> {
	const [row] = await db.as<{ answer: Fields | null }>(
		person,
		'select public.my_calendar_feed($1) as answer',
		[act]
	);
	return row?.answer ?? null;
}
async function made(person: Person): Promise<string> {
	return String((await mine(person, 'make'))?.['token']);
}
async function read(token: string): Promise<{ locale: string; visits: Fields[] }> {
	const [row] = await db.as<{ answer: { locale: string; visits: Fields[] } }>(
		'anonymous',
		'select public.calendar_feed($1) as answer',
		[token]
	);
	return row!.answer;
}
async function refused(act: () => Promise<unknown>): Promise<unknown> {
	await db.exec('savepoint refusal');
	const error: unknown = await act().catch((reason: unknown) => reason);
	await db.exec('rollback to refusal');
	return error;
}
const ahead = (fields: Fields = {}) =>
	db.insert(
		'visits',
		aRow.visit({
			worker_id: PEOPLE.worker,
			starts_at: hoursFromNow(24),
			ends_at: hoursFromNow(25),
			planned_codes: ['BA01', 'BA02'],
			note: '鑰匙在花盆下',
			...fields
		})
	);

test('tells village, time and how many services of one’s own visits; no name, no address, no code, no note', async () => {
	const [own, others] = [await ahead(), await ahead({ worker_id: PEOPLE.nurse })];
	const { locale, visits } = await read(await made('worker'));
	expect(locale).toBe('zh-TW');
	const found = visits.find(({ id }) => id === own);
	expect(Object.keys(found ?? {}).sort()).toEqual(
		['ends_at', 'id', 'seq', 'services', 'starts_at', 'status', 'village'].sort()
	);
	expect(found).toMatchObject({ services: 2, status: 'planned' });
	expect(visits.map(({ id }) => id)).not.toContain(others);
	expect(JSON.stringify(visits)).not.toMatch(/阿月|BA0|花盆/);
});

test('tells of the last week and the next sixty days, also what was called off, and not what was taken away', async () => {
	const days = (count: number) => ({
		starts_at: hoursFromNow(24 * count),
		ends_at: hoursFromNow(24 * count + 1)
	});
	const told = [
		await ahead(days(-6)),
		await ahead({ ...days(2), status: 'cancelled' }),
		await ahead(days(59))
	];
	const untold = [
		await ahead(days(-8)),
		await ahead(days(61)),
		await ahead({ ...days(1), deleted_at: hoursFromNow(0) })
	];
	const ids = (await read(await made('worker'))).visits.map(({ id }) => String(id));
	expect(ids.filter((id) => told.includes(id))).toEqual(told);
	expect(ids.filter((id) => untold.includes(id))).toEqual([]);
	expect(await refused(() => mine('worker', 'another act'))).toMatchObject({ message: 'invalid' });
});

test('is told once, kept as a hash, and ended by another one or by a word', async () => {
	const first = await made('worker');
	expect(first).toMatch(/^[0-9a-f]{64}$/);
	expect(await mine('worker', 'look')).toMatchObject({ token: null, read_at: null });
	const kept = await db.sql('select * from private.calendar_feeds');
	expect(JSON.stringify(kept)).not.toContain(first);
	await read(first);
	expect(await mine('worker', 'look')).toMatchObject({ read_at: expect.any(String) as string });

	const second = await made('worker');
	expect(await refused(() => read(first))).toMatchObject({ message: 'feed_unknown' });
	await mine('nurse', 'revoke');
	await read(second);
	expect(await mine('worker', 'revoke')).toBeNull();
	expect(await refused(() => read(second))).toMatchObject({ message: 'feed_unknown' });
});

test('who has left a circle sees its visits there no more', async () => {
	const visit = await ahead();
	const token = await made('worker');
	expect((await read(token)).visits.map(({ id }) => id)).toContain(visit);
	expect((await read(token)).visits.map(({ village }) => village)).toContain(
		await db.value('select village from public.cases where id = $1', [CASES.ayue])
	);
	await db.sql(
		'update public.case_members set ended_at = now() where case_id = $1 and user_id = $2',
		[CASES.ayue, PEOPLE.worker]
	);
	expect((await read(token)).visits.map(({ id }) => id)).not.toContain(visit);
});

test('is read at most sixty times an hour', async () => {
	const token = await made('worker');
	for (let times = 0; times < 60; times++) await read(token);
	expect(await refused(() => read(token))).toMatchObject({ message: 'rate_limited' });
	await db.sql(`update private.calendar_feeds set reads_from = now() - interval '61 minutes'`);
	await read(token);
});
