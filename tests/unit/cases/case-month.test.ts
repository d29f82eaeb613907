/** What counts for a person's month: each visit once, as recorded if it was, as planned if it still comes. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { caseMonth, caseVisits } from '#lib/db/queries/case-month.ts';
import { anId, aRow, aVisit } from '../../fixtures/builders.ts';

const CASE = anId();
const ORG = anId();
const TODAY = '2026-11-22';

let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(anId());
});
afterEach(() => db.delete());

const month = () => caseMonth(db, { caseId: CASE, orgId: ORG, today: TODAY });
const visit = (id: string, day: string, part: Parameters<typeof aVisit>[0] = {}) =>
	aVisit({ id, case_id: CASE, starts_at: `${day}T01:00:00.000Z`, ...part });
const record = (id: string, day: string, part: Parameters<typeof aRow<'visit_records'>>[1] = {}) =>
	aRow('visit_records', { id, case_id: CASE, recorded_at: `${day}T02:00:00.000Z`, ...part });

test('a visit with a record counts by its record, one without by its plan, and one that was not made not at all', async () => {
	await db.visits.bulkAdd([
		visit('recorded', '2026-11-02', { status: 'done' }),
		visit('unrecorded', '2026-11-03', { status: 'done' }),
		visit('forgotten', '2026-11-04', { status: 'planned' }),
		visit('today', TODAY, { status: 'planned' }),
		visit('last', '2026-11-30', { status: 'planned' }),
		visit('missed', '2026-11-25', { status: 'missed' }),
		visit('cancelled', '2026-11-26', { status: 'cancelled' }),
		visit('next month', '2026-12-01', { status: 'planned' }),
		visit('taken away', '2026-11-27', { status: 'planned', deleted_at: TODAY })
	]);
	await db.visit_records.add(record('r', '2026-11-02', { visit_id: 'recorded' }));
	const { records, unrecorded } = await month();
	expect(records.map((each) => each.record.id)).toEqual(['r']);
	expect(unrecorded.map(({ id }) => id)).toEqual(['unrecorded', 'today', 'last']);
});

test('a record counts in the month of its visit, as it stands after its correction', async () => {
	await db.visits.bulkAdd([
		visit('october', '2026-10-31', { status: 'done' }),
		visit('november', '2026-11-30', { status: 'done' })
	]);
	await db.visit_records.bulkAdd([
		record('late for october', '2026-11-01', { visit_id: 'october' }),
		record('written in december', '2026-12-02', { visit_id: 'november' }),
		record('wrong', '2026-11-05'),
		record('right', '2026-11-06', { corrects_id: 'wrong' }),
		record('before', '2026-10-20'),
		record('somebody else', '2026-11-05', { case_id: anId() })
	]);
	expect((await month()).records.map(({ day, record: { id } }) => [id, day]).sort()).toEqual([
		['right', '2026-11-06'],
		['written in december', '2026-11-30']
	]);
});

test('the class of co-pay is known where its row is, and the prices are those of the place', async () => {
	expect(await month()).toMatchObject({ copayClass: null, remoteArea: false });
	await db.case_staff_details.add(aRow('case_staff_details', { case_id: CASE, copay_class: 2 }));
	await db.organizations.add(aRow('organizations', { id: ORG, remote_area: true }));
	expect(await month()).toMatchObject({ copayClass: 2, remoteArea: true });
});

test('a span of days holds its first and its last one whole, in Taipei', async () => {
	await db.visits.bulkAdd([
		visit('too early', '2026-11-15', { starts_at: '2026-11-15T15:59:59.000Z' }),
		visit('first', '2026-11-16', { starts_at: '2026-11-15T16:00:00.000Z' }),
		visit('last', '2026-11-22', { starts_at: '2026-11-22T15:59:59.000Z' }),
		visit('too late', '2026-11-23', { starts_at: '2026-11-22T16:00:00.000Z' })
	]);
	const span = { fromDay: '2026-11-16', toDay: '2026-11-22' };
	expect((await caseVisits(db, CASE, span)).map(({ id }) => id)).toEqual(['first', 'last']);
});
