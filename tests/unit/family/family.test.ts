import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { familyView, relativesOf } from '#lib/db/queries/family.ts';
import type { FamilyFact } from '#lib/domain/family-summary.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import { factWords, headline } from '#lib/features/family/fact-words.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { aCase, anEmergency, anId, aRow, aTask, aVisit, NOW } from '../../fixtures/builders.ts';

overwriteGetLocale(() => 'zh-TW');

const TODAY = '2026-11-22';
const me = anId();
const caseId = anId();
let db: LocalDb;
beforeEach(() => {
	db = new LocalDb(me, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => db.close());

const at = (daysAgo: number) => instantAt(addDays(TODAY, -daysAgo), '09:00');
const view = () =>
	familyView(db, { caseId, userId: me, sinceDay: addDays(TODAY, -29), today: TODAY });

describe('what the family reads', () => {
	test('only relatives in whose circle they stand as family, now', async () => {
		const [mother, patient, former] = [aCase({ name: '母' }), aCase(), aCase()];
		await db.cases.bulkAdd([mother, patient, former]);
		const member = (id: string, role: 'family' | 'worker', endedAt: string | null = null) =>
			aRow('case_members', { case_id: id, user_id: me, role, ended_at: endedAt });
		await db.case_members.bulkAdd([
			member(mother.id, 'family'),
			member(patient.id, 'worker'),
			member(former.id, 'family', NOW)
		]);
		expect((await relativesOf(db, me)).map(({ name }) => name)).toEqual(['母']);
	});

	test('rows for staff stay out, also when the phone holds them', async () => {
		await db.visit_records.bulkAdd([
			aRow('visit_records', { case_id: caseId, audience: 'staff', recorded_at: at(1) }),
			aRow('visit_records', { case_id: caseId, audience: 'circle', recorded_at: at(1) })
		]);
		await db.measurements.add(
			aRow('measurements', { case_id: caseId, audience: 'staff', measured_at: at(1) })
		);
		await db.emergencies.add(anEmergency({ case_id: caseId, audience: 'restricted' }));
		await db.tasks.bulkAdd([
			aTask({ case_id: caseId, assignee_id: me, audience: 'staff' }),
			aTask({ case_id: caseId, assignee_id: me, audience: 'circle' })
		]);
		const found = await view();
		expect(found.records).toHaveLength(1);
		expect(found.measurements).toEqual([]);
		expect(found.emergencies).toEqual([]);
		expect(found.tasks).toHaveLength(1);
	});

	test('the month behind and two weeks ahead; an open emergency however old', async () => {
		await db.visits.bulkAdd(
			[at(40), at(2), at(-3), at(-20)].map((startsAt) =>
				aVisit({ case_id: caseId, starts_at: startsAt })
			)
		);
		await db.emergencies.bulkAdd([
			anEmergency({ case_id: caseId, occurred_at: at(700) }),
			anEmergency({ case_id: caseId, occurred_at: at(700), status: 'closed' })
		]);
		const found = await view();
		expect(found.visits.map((visit) => visit.starts_at)).toEqual([at(2), at(-3)]);
		expect(found.emergencies).toHaveLength(1);
	});

	test('unread are messages of others that arrived after the own mark, however old they are', async () => {
		const message = (arrivedAt: string, part = {}) =>
			aRow('messages', { case_id: caseId, recorded_at: at(3), received_at: arrivedAt, ...part });
		await db.messages.bulkAdd([
			message(at(3)),
			message(at(1)),
			message(at(1), { created_by: me }),
			message(at(1), { audience: 'staff' })
		]);
		expect((await view()).unreadCount).toBe(2);
		await db.message_reads.add(
			aRow('message_reads', { case_id: caseId, user_id: me, read_through: at(2) })
		);
		expect((await view()).unreadCount).toBe(1);
	});
});

describe('plain words', () => {
	const visit = { visitId: 'v', by: '陳怡君', at: at(1) };
	const last: FamilyFact = { code: 'visit_last', ...visit };

	test('a fact says what was seen and when, and leads to what it is about', () => {
		expect(factWords(last, NOW)).toMatchObject({
			text: '陳怡君來照顧過了',
			when: '昨天 週六 09:00',
			tone: 'fine',
			href: '/visits/v'
		});
		expect(factWords({ ...last, by: null }, NOW).text).toBe('照顧服務員來照顧過了');
	});

	test('what is outside the range is watched, in the words of the severity', () => {
		const words = factWords(
			{ code: 'vitals_watch', severity: 'yellow', kinds: ['blood_pressure', 'pulse'], at: at(0) },
			NOW
		);
		expect(words.text).toContain('血壓、脈搏');
		expect(words.text).toContain('輕度');
		expect(words.tone).toBe('watch');
	});

	test('the headline is as worried as the gravest fact and no more', () => {
		const open: FamilyFact = {
			code: 'incident_open',
			emergencyId: 'e',
			incidentType: 'FALL',
			severity: 'orange',
			at: at(1)
		};
		const watch: FamilyFact = { code: 'needs_watching', at: at(1) };
		expect(headline([open, last, watch], '林阿嬤')).toContain('通報正在處理');
		expect(headline([{ code: 'visit_now', ...visit }, watch], '林阿嬤')).toContain('有人陪著');
		expect(headline([last, watch], '林阿嬤')).toContain('留意');
		expect(headline([last], '林阿嬤')).toContain('都好');
		expect(headline([{ code: 'visit_none_yet' }], '林阿嬤')).toContain('正要開始');
	});
});
