/** Bringing case lists in through the API: all of a list or nothing, nobody twice, and only by those who may. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readyCases } from '#lib/features/intake/outcome.ts';
import { readCases } from '#lib/features/intake/read-cases.ts';
import type { ImportedCase } from '#lib/intake/imported-case.ts';
import { ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { BACKENDS, call, type Answer, type Backend } from './backend.ts';

async function peopleOf(name: string): Promise<ImportedCase[]> {
	const bytes = await readFile(new URL(`../fixtures/import/${name}`, import.meta.url));
	const file = readCases(bytes, '2026-11-22');
	return file.ok ? readyCases(file.rows) : [];
}

const UTF8 = await peopleOf('cases-utf8.csv');
const BIG5 = await peopleOf('cases-big5.csv');

describe.each(Object.entries(BACKENDS))('%s', (_name, start) => {
	let backend: Backend;
	beforeAll(async () => {
		backend = await start();
	});
	afterAll(() => backend.stop());

	const tokens = new Map<Person, string>();
	async function importAs(
		person: Person | null,
		rows: readonly unknown[],
		more: Record<string, unknown> = {}
	): Promise<Answer> {
		const token = person && (tokens.get(person) ?? (await backend.tokenFor(person)));
		if (person && token) tokens.set(person, token);
		const request = { org_id: ORGS.shancheng, rows, ...more };
		return await call(backend, token, 'POST', 'rpc/import_cases', { request });
	}

	/** Everything that an import may leave behind. */
	async function counts(): Promise<unknown> {
		const [row] = await backend.sql(
			`select (select count(*)::int from public.cases) cases, (select count(*)::int from public.case_contacts) contacts,
			   (select count(*)::int from public.case_staff_details) details, (select count(*)::int from private.buckets) buckets`
		);
		return row;
	}

	test.each(['worker', 'nurse', 'family', 'outsider', 'removed', null] as const)(
		'%s may not import',
		async (person) => {
			const before = await counts();
			expect((await importAs(person, UTF8)).status).toBeGreaterThanOrEqual(400);
			expect(await counts()).toEqual(before);
		}
	);

	test('a supervisor of one organisation may not import into another', async () => {
		const before = await counts();
		const answer = await importAs('supervisor', UTF8, { org_id: ORGS.haixian });
		expect(answer.status).toBe(403);
		expect(await counts()).toEqual(before);
	});

	test('one row that the database refuses keeps the whole list out', async () => {
		const before = await counts();
		const answer = await importAs('supervisor', [
			...UTF8,
			{ ...UTF8[0], name: '壞列', cmsLevel: 99 }
		]);
		expect(answer).toMatchObject({ status: 200, body: { imported: 0 } });
		expect(resultsOf(answer)).toEqual([...UTF8.map(() => 'not_imported'), 'refused']);
		expect(await counts()).toEqual(before);
	});

	test('the UTF-8 list comes in with contacts, id numbers and circles', async () => {
		expect(UTF8).toHaveLength(10);
		const answer = await importAs('supervisor', UTF8);
		expect(answer).toMatchObject({ status: 200, body: { imported: 10 } });
		const [first] = await backend.sql(
			`select c.name, c.born_on::text, c.cms_level, c.allergies, c.created_by, d.national_id, k.name contact, k.is_primary
			 from public.cases c join public.case_staff_details d on d.case_id = c.id join public.case_contacts k on k.case_id = c.id
			 where c.org_id = $1 and c.name = $2`,
			[ORGS.shancheng, UTF8[0]?.name]
		);
		expect(first).toEqual({
			name: '林測試',
			born_on: '1942-05-06',
			cms_level: 4,
			allergies: ['盤尼西林', '蝦'],
			created_by: PEOPLE.supervisor,
			national_id: 'A200000012',
			contact: '林示範',
			is_primary: true
		});
	});

	test('the same list again names everybody as known and brings nobody in twice', async () => {
		const before = await counts();
		const answer = await importAs('manager', UTF8);
		expect(answer).toMatchObject({ status: 200, body: { imported: 0 } });
		expect(resultsOf(answer).filter((result) => result === 'known').length).toBeGreaterThan(0);
		expect(await counts()).toEqual(before);
	});

	test('known people keep the others out, too, until they are left out on purpose', async () => {
		expect(BIG5.length).toBeGreaterThan(0);
		const before = await counts();
		const mixed = [UTF8[0], ...BIG5];
		const kept = await importAs('manager', mixed);
		expect(resultsOf(kept)).toEqual(['known', ...BIG5.map(() => 'not_imported')]);
		expect(await counts()).toEqual(before);
		const answer = await importAs('manager', mixed, { skip_known: true });
		expect(answer).toMatchObject({ status: 200, body: { imported: BIG5.length } });
		expect(resultsOf(answer)).toEqual(['known', ...BIG5.map(() => 'imported')]);
	});

	test('a care manager stands in the circles of those whom they brought in', async () => {
		const mine = await backend.sql(
			`select m.role from public.case_members m join public.cases c on c.id = m.case_id
			 where m.user_id = $1 and m.ended_at is null and c.name = any ($2)`,
			[PEOPLE.manager, BIG5.map(({ name }) => name)]
		);
		expect(mine).toEqual(BIG5.map(() => ({ role: 'care_manager' })));
	});

	test('the import stands in the audit log', async () => {
		const entries = await backend.sql(
			"select actor, org_id from public.audit_log where operation = 'import' order by actor"
		);
		expect(entries).toEqual([
			{ actor: PEOPLE.supervisor, org_id: ORGS.shancheng },
			{ actor: PEOPLE.manager, org_id: ORGS.shancheng }
		]);
	});
});

function resultsOf({ body }: Answer): string[] {
	// The answer is read as it came, to see what was really sent.
	return (body as { rows: { row: number; result: string }[] }).rows.map(({ result }) => result);
}
