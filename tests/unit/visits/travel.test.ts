import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { travelMonth, unnotedLegs } from '#lib/db/queries/travel.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';
import { travelCsv } from '#lib/features/visits/travel/travel-csv.ts';
import { TravelForm } from '#lib/features/visits/travel/travel-form.svelte.ts';
import { travelPeople } from '#lib/features/visits/travel/travel-people.ts';
import { orgOf, wholeMonths } from '#lib/features/visits/travel/travel-place.ts';
import { aCase, anId, aPerson, aRow, aVisit } from '../../fixtures/builders.ts';

const TODAY = '2026-11-22';
const me = anId();
let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(me, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

const [ayue, ashui] = [aCase({ name: '陳阿月' }), aCase({ name: '林水木' })];
const visited = (person: typeof ayue, from: string, until: string) =>
	aVisit({
		case_id: person.id,
		worker_id: me,
		status: 'done',
		starts_at: instantAt(TODAY, from),
		checked_in_at: instantAt(TODAY, from),
		checked_out_at: instantAt(TODAY, until)
	});
const note = (part: Parameters<typeof aRow<'travel_notes'>>[1] = {}) =>
	aRow('travel_notes', {
		user_id: me,
		user_name: '王照服',
		travelled_on: TODAY,
		means: 'scooter',
		minutes: 20,
		...part
	});

describe('what is offered', () => {
	beforeEach(async () => {
		await db.cases.bulkAdd([ayue, ashui]);
	});
	const offered = () => unnotedLegs(db, me, { fromDay: TODAY, toDay: TODAY });

	test('a way by the times that were corrected, until it is noted, also when that is taken back', async () => {
		const [first, second] = [visited(ayue, '09:00', '10:30'), visited(ashui, '10:30', '11:30')];
		await db.visits.bulkAdd([first, second, aVisit({ ...first, id: anId(), worker_id: anId() })]);
		await db.visit_remarks.add(
			aRow('visit_remarks', {
				visit_id: first.id,
				kind: 'times',
				checked_in_at: instantAt(TODAY, '09:00'),
				checked_out_at: instantAt(TODAY, '10:05')
			})
		);
		expect(await offered()).toMatchObject([
			{
				from: '陳阿月',
				to: '林水木',
				day: TODAY,
				caseOrgId: ashui.org_id,
				proposal: { minutes: 25 }
			}
		]);
		// A colleague's note of the same visit is none of mine.
		await db.travel_notes.add(note({ user_id: anId(), to_visit_id: second.id }));
		expect(await offered()).toHaveLength(1);
		await db.travel_notes.add(note({ to_visit_id: second.id, minutes: 0, corrects_id: anId() }));
		expect(await offered()).toEqual([]);
	});
});

describe('a month', () => {
	test('a journey stands in the month that its correction says, with its people and what it replaces', async () => {
		await db.cases.bulkAdd([ayue, ashui]);
		const [first, second] = [visited(ayue, '09:00', '10:00'), visited(ashui, '10:30', '11:30')];
		await db.visits.bulkAdd([first, second]);
		const ends = { from_visit_id: first.id, to_visit_id: second.id };
		const slip = note({ travelled_on: '2026-10-22', ...ends });
		const right = note({ corrects_id: slip.id, ...ends });
		await db.travel_notes.bulkAdd([slip, right]);
		expect(await travelMonth(db, '2026-10')).toEqual([]);
		expect(await travelMonth(db, '2026-11')).toMatchObject([
			{
				from: '陳阿月',
				to: '林水木',
				journey: { id: slip.id, now: { id: right.id }, before: [{ id: slip.id }] }
			}
		]);
	});

	test('as a file: what does not count stands beside what does, and no cell runs as a formula', async () => {
		const first = note({ minutes: 40, km: 9, note: '=HYPERLINK("http://x")' });
		await db.travel_notes.bulkAdd([
			first,
			note({ minutes: 25, km: 8.5, corrects_id: first.id, note: '多算了休息' })
		]);
		const text = travelCsv(await travelMonth(db, '2026-11'));
		expect(text.codePointAt(0)).toBe(0xfeff);
		const [, counts, corrected] = text.split('\r\n');
		expect(counts).toBe(`王照服,${TODAY},,,機車,25,8.5,計入（更正後）,,多算了休息`);
		expect(corrected).toContain('機車,,,被更正，不計入,40 / 9,');
		expect(corrected).not.toMatch(/[,"]=HYPER/);
	});

	test('people by name, under the newest name that they had', () => {
		const lines = [note({ user_name: '舊名' }), note({ user_name: '新名' })].map((now) => ({
			journey: { id: now.id, now, before: [] },
			from: null,
			to: null
		}));
		expect(travelPeople(lines)).toMatchObject([{ userId: me, name: '新名' }]);
	});

	test('only those that this phone has whole can be chosen', () => {
		expect(wholeMonths('2026-11-22')).toEqual(['2026-11', '2026-10', '2026-09']);
		expect(wholeMonths('2026-11-30')).toEqual(['2026-11', '2026-10']);
	});
});

test('the organisation that holds the case pays, where I work for it', () => {
	const places = ['a', 'b'].map((orgId) => ({ orgId, orgName: orgId, role: 'worker' as const }));
	expect(orgOf(aPerson({ memberships: places }), 'b')).toBe('b');
	expect(orgOf(aPerson({ memberships: places }), 'c')).toBe('a');
});

describe('what is entered', () => {
	const start = (isCorrection: boolean) => ({
		key: 'travel-note',
		earliest: '2026-08-25',
		latest: TODAY,
		isCorrection,
		fields: { day: TODAY, means: 'scooter' as const, minutes: '25', km: '8.5', note: '' }
	});

	test.each([
		['day', { day: '2026-11-23' }],
		['day', { day: '2026-08-24' }],
		['minutes', { minutes: '0' }],
		['minutes', { minutes: '12.5' }],
		['km', { km: '8.55' }],
		['km', { km: '501' }]
	])('%s: %o is not taken', (problem, part) => {
		const form = new TravelForm(db, start(false));
		expect(form.values).toMatchObject({ minutes: 25, km: 8.5, note: null });
		Object.assign(form.fields, part);
		expect(form.problems).toEqual([problem]);
		expect(form.values).toBeNull();
	});

	test('a correction says why; kilometres may stay open', () => {
		const form = new TravelForm(db, start(true));
		expect(form.problems).toEqual(['note']);
		Object.assign(form.fields, { note: ' 看錯里程 ', km: '' });
		expect(form.values).toMatchObject({ note: '看錯里程', km: null });
	});
});
