import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { caseMeasurements } from '#lib/db/queries/case-measurements.ts';
import {
	caseTimeline,
	TIMELINE_KINDS,
	type TimelineEntry,
	type TimelineQuery
} from '#lib/db/queries/case-timeline.ts';
import { caseHead, caseList, colleagues, membersOf } from '#lib/db/queries/cases.ts';
import { oldestHeld } from '#lib/db/queries/oldest-held.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import { aCase, anEmergency, anId, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const TODAY = '2026-11-22';
const caseId = anId();
const me = anId();
let db: LocalDb;

beforeEach(() => {
	db = new LocalDb(me, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

const at = (daysAgo: number, time = '09:00') => instantAt(addDays(TODAY, -daysAgo), time);

function query(part: Partial<TimelineQuery> = {}): TimelineQuery {
	return { caseId, kinds: TIMELINE_KINDS, now: NOW, limit: 30, circleOnly: false, ...part };
}
const kindsOf = (entries: readonly TimelineEntry[]) => entries.map((entry) => entry.kind);

describe('list', () => {
	test('open emergencies come first, worst first, then the time of the visit, then the name', async () => {
		const [mild, severe, soon, none] = [
			aCase({ name: '一' }),
			aCase({ name: '二' }),
			aCase({ name: '三' }),
			aCase({ name: '四' })
		];
		await db.cases.bulkAdd([none, soon, mild, severe]);
		await db.emergencies.bulkAdd([
			anEmergency({ case_id: mild.id, severity: 'yellow' }),
			anEmergency({ case_id: severe.id, severity: 'yellow' }),
			anEmergency({ case_id: severe.id, severity: 'red', status: 'acting' }),
			anEmergency({ case_id: none.id, severity: 'red', status: 'closed' })
		]);
		await db.visits.add(aVisit({ case_id: soon.id }));
		await db.case_members.add(aRow('case_members', { case_id: soon.id, user_id: me }));
		const list = await caseList(db, { userId: me, today: TODAY });
		expect(list.map(({ person, openSeverity }) => [person.name, openSeverity])).toEqual([
			['二', 'red'],
			['一', 'yellow'],
			['三', 'none'],
			['四', 'none']
		]);
		expect(list.map(({ isMine }) => isMine)).toEqual([false, false, true, false]);
		expect(list[2]?.nextVisitAt).toBe(NOW);
	});

	test('ended membership and deleted people do not count', async () => {
		const person = aCase();
		await db.cases.bulkAdd([person, aCase({ deleted_at: NOW })]);
		await db.case_members.add(
			aRow('case_members', { case_id: person.id, user_id: me, ended_at: NOW })
		);
		const list = await caseList(db, { userId: me, today: TODAY });
		expect(list.map(({ isMine }) => isMine)).toEqual([false]);
	});
});

describe('one person', () => {
	test('is null when this phone does not have them', async () => {
		expect(await caseHead(db, caseId, TODAY)).toBeNull();
	});

	test('shows open emergencies, visits of today and tomorrow, and undecided proposals', async () => {
		await db.cases.add(aCase({ id: caseId }));
		await db.emergencies.bulkAdd([
			anEmergency({ case_id: caseId }),
			anEmergency({ case_id: caseId, status: 'closed' })
		]);
		await db.visits.bulkAdd([
			aVisit({ case_id: caseId, starts_at: at(1) }),
			aVisit({ case_id: caseId, starts_at: at(0) }),
			aVisit({ case_id: caseId, starts_at: at(-1) }),
			aVisit({ case_id: caseId, starts_at: at(-2) }),
			aVisit({ case_id: caseId, starts_at: at(0), status: 'cancelled' })
		]);
		await db.record_history.bulkAdd([
			aRow('record_history', { case_id: caseId, kind: 'proposal' }),
			aRow('record_history', { case_id: caseId, kind: 'proposal', decision: 'declined' }),
			aRow('record_history', { case_id: caseId, kind: 'overwritten' })
		]);
		const head = await caseHead(db, caseId, TODAY);
		expect(head?.openEmergencies).toHaveLength(1);
		expect(head?.visits.map((visit) => visit.starts_at)).toEqual([at(0), at(-1)]);
		expect(head?.proposals).toHaveLength(1);
	});

	test('the circle has who left last; supervisors are not offered as colleagues', async () => {
		await db.case_members.bulkAdd([
			aRow('case_members', { case_id: caseId, user_id: anId(), ended_at: NOW, display_name: '舊' }),
			aRow('case_members', { case_id: caseId, user_id: anId(), display_name: '新' })
		]);
		expect((await membersOf(db, caseId)).map((member) => member.display_name)).toEqual([
			'新',
			'舊'
		]);
		await db.memberships.bulkAdd([
			aRow('memberships', { user_id: anId(), role: 'nurse', display_name: '許' }),
			aRow('memberships', { user_id: anId(), role: 'supervisor', display_name: '周' }),
			aRow('memberships', { user_id: anId(), role: 'worker', display_name: '離', ended_at: NOW })
		]);
		expect((await colleagues(db)).map((each) => each.membership.display_name)).toEqual(['許']);
	});
});

describe('timeline', () => {
	test('merges every kind, newest first', async () => {
		await db.visits.add(aVisit({ case_id: caseId, starts_at: at(1), status: 'done' }));
		await db.measurements.add(
			aRow('measurements', { case_id: caseId, measured_at: at(2), value: 120, value2: 80 })
		);
		await db.emergencies.add(anEmergency({ case_id: caseId, occurred_at: at(3) }));
		await db.tasks.add(aRow('tasks', { case_id: caseId, recorded_at: at(4) }));
		await db.messages.add(aRow('messages', { case_id: caseId, recorded_at: at(5) }));
		await db.record_history.add(aRow('record_history', { case_id: caseId, recorded_at: at(6) }));
		await db.case_members.add(
			aRow('case_members', { case_id: caseId, user_id: me, recorded_at: at(7) })
		);
		const { entries, hasMore } = await caseTimeline(db, query());
		expect(kindsOf(entries)).toEqual([
			'visit',
			'measurement',
			'emergency',
			'task',
			'message',
			'change',
			'member'
		]);
		expect(hasMore).toBe(false);
	});

	test('what is planned for later is not past', async () => {
		await db.visits.add(aVisit({ case_id: caseId, starts_at: at(-1) }));
		expect((await caseTimeline(db, query())).entries).toEqual([]);
	});

	test('a visit that was begun before its time is there at once', async () => {
		const early = aVisit({ case_id: caseId, starts_at: at(0, '23:00'), status: 'checked_in' });
		await db.visits.bulkAdd([
			early,
			aVisit({ case_id: caseId, starts_at: at(0, '23:30') }),
			aVisit({ case_id: caseId, starts_at: at(0, '23:30'), status: 'cancelled' })
		]);
		const { entries } = await caseTimeline(db, query());
		expect(entries.map(({ id }) => id)).toEqual([early.id]);
	});

	test('a visit brings its record and readings; with visits hidden the readings stand alone', async () => {
		const visit = aVisit({ case_id: caseId, starts_at: at(1), status: 'done' });
		await db.visits.add(visit);
		await db.visit_records.add(
			aRow('visit_records', { case_id: caseId, visit_id: visit.id, recorded_at: at(1) })
		);
		await db.measurements.bulkAdd([
			aRow('measurements', { case_id: caseId, visit_id: visit.id, measured_at: at(1, '09:10') }),
			aRow('measurements', {
				case_id: caseId,
				visit_id: visit.id,
				kind: 'pulse',
				measured_at: at(1, '09:12')
			})
		]);
		const { entries } = await caseTimeline(db, query());
		expect(entries).toHaveLength(1);
		expect(entries[0]).toMatchObject({ kind: 'visit', records: [{ isCorrected: false }] });
		const alone = await caseTimeline(db, query({ kinds: ['measurement'] }));
		expect(alone.entries).toHaveLength(1);
		expect(alone.entries[0]).toMatchObject({ kind: 'measurement' });
	});

	test('a correction stands in place of what it corrects, also twice', async () => {
		const visit = aVisit({ case_id: caseId, starts_at: at(1), status: 'done' });
		await db.visits.add(visit);
		const part = { case_id: caseId, visit_id: visit.id, recorded_at: at(1) };
		const first = aRow('visit_records', part);
		const second = aRow('visit_records', { ...part, corrects_id: first.id });
		const third = aRow('visit_records', { ...part, corrects_id: second.id, note: '對' });
		await db.visit_records.bulkAdd([first, second, third]);
		const { entries } = await caseTimeline(db, query());
		expect(entries[0]).toMatchObject({ records: [{ record: { note: '對' }, isCorrected: true }] });
	});

	test('a page never leaves out an entry between two that it shows', async () => {
		await db.visits.bulkAdd(
			Array.from({ length: 60 }, (_, day) =>
				aVisit({ case_id: caseId, starts_at: at(day + 1), status: 'done' })
			)
		);
		await db.tasks.bulkAdd([
			aRow('tasks', { case_id: caseId, recorded_at: at(5, '12:00') }),
			aRow('tasks', { case_id: caseId, recorded_at: at(50, '12:00') })
		]);
		const page = await caseTimeline(db, query({ limit: 10 }));
		expect(page.hasMore).toBe(true);
		expect(page.oldestAt).toBe(at(10));
		expect(kindsOf(page.entries).filter((kind) => kind === 'task')).toHaveLength(1);
		const all = await caseTimeline(db, query({ limit: 100 }));
		expect(all.entries).toHaveLength(62);
		expect(all.entries.slice(0, page.entries.length)).toEqual(page.entries);
		expect(all.hasMore).toBe(false);
	});

	test('the family sees no staff row and no change, whatever the phone holds', async () => {
		await db.messages.bulkAdd([
			aRow('messages', { case_id: caseId, audience: 'staff', recorded_at: at(1) }),
			aRow('messages', { case_id: caseId, audience: 'circle', recorded_at: at(2) })
		]);
		await db.tasks.add(aRow('tasks', { case_id: caseId, audience: 'staff' }));
		await db.emergencies.add(anEmergency({ case_id: caseId, audience: 'restricted' }));
		await db.record_history.add(aRow('record_history', { case_id: caseId }));
		const { entries } = await caseTimeline(db, query({ circleOnly: true }));
		expect(entries).toMatchObject([{ kind: 'message', thread: 'circle' }]);
	});

	test('messages are counted by thread and day', async () => {
		await db.messages.bulkAdd([
			aRow('messages', { case_id: caseId, recorded_at: at(1, '08:00') }),
			aRow('messages', { case_id: caseId, recorded_at: at(1, '20:00') }),
			aRow('messages', { case_id: caseId, recorded_at: at(2) })
		]);
		const { entries } = await caseTimeline(db, query());
		expect(entries.map((entry) => entry.kind === 'message' && entry.messages.length)).toEqual([
			2, 1
		]);
	});

	test('older history begins at the oldest thing held', async () => {
		expect(await oldestHeld(db, caseId)).toBeNull();
		await db.visits.add(aVisit({ case_id: caseId, starts_at: at(80) }));
		await db.measurements.add(aRow('measurements', { case_id: caseId, measured_at: at(89) }));
		await db.emergencies.add(anEmergency({ case_id: caseId, occurred_at: at(700) }));
		expect(await oldestHeld(db, caseId)).toBe(at(89));
	});
});

test('measurements come by kind, oldest first, from the day asked for, without corrected ones', async () => {
	const wrong = aRow('measurements', { case_id: caseId, value: 210, measured_at: at(3) });
	await db.measurements.bulkAdd([
		aRow('measurements', { case_id: caseId, kind: 'pulse', measured_at: at(1) }),
		wrong,
		aRow('measurements', {
			case_id: caseId,
			value: 121,
			measured_at: at(3),
			corrects_id: wrong.id
		}),
		aRow('measurements', { case_id: caseId, value: 130, measured_at: at(2) }),
		aRow('measurements', { case_id: caseId, value: 99, measured_at: at(40) }),
		aRow('measurements', { case_id: caseId, value: 150, measured_at: at(1), audience: 'staff' })
	]);
	const found = await caseMeasurements(db, { caseId, since: at(30), circleOnly: true });
	expect(found.series.map(({ kind, rows }) => [kind, rows.map((row) => row.value)])).toEqual([
		['blood_pressure', [121, 130]],
		['pulse', [0]]
	]);
	expect(found.oldestAt).toBe(at(40));
});
