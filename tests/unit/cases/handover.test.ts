/** The hand-over note on the phone: what its form starts from, what it keeps, and where the note stands. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { draftPlace } from '#lib/care-ui/draft-place.ts';
import { saveDraft } from '#lib/db/drafts.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { caseTimeline, TIMELINE_KINDS } from '#lib/db/queries/case-timeline.ts';
import { handoverNotes } from '#lib/db/queries/handover.ts';
import type { HandoverFact } from '#lib/domain/handover-facts.ts';
import {
	hasLine,
	NO_TEXTS,
	resumeDraft,
	storedTexts,
	withLine
} from '#lib/features/cases/handover-form.ts';
import { startHandover } from '#lib/features/cases/handover-start.ts';
import { factWords } from '#lib/features/cases/handover-words.ts';
import {
	aCase,
	aCaseMember,
	anEmergency,
	anId,
	aPerson,
	aRow,
	NOW
} from '../../fixtures/builders.ts';

const caseId = anId();
const me = aPerson();
const hours = (count: number) => new Date(Date.parse(NOW) + count * 3_600_000).toISOString();
let db: LocalDb;

beforeEach(async () => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.cases.add(aCase({ id: caseId, allergies: ['盤尼西林'] }));
	await db.case_members.add(aCaseMember({ case_id: caseId, user_id: me.userId, role: 'worker' }));
});
afterEach(() => db.close());

const start = (correctsId: string | null = null) =>
	startHandover({ db, me }, { caseId, correctsId, now: NOW });
const aNote = (part: Parameters<typeof aRow<'handover_notes'>>[1] = {}) =>
	aRow('handover_notes', {
		case_id: caseId,
		situation: '咳嗽',
		covers_from: hours(-20),
		covers_until: hours(-10),
		recorded_at: hours(-10),
		...part
	});

describe('the form', () => {
	test('is filled with what came after the note before, in words that hold tomorrow too', async () => {
		const before = aNote();
		await db.handover_notes.add(before);
		await db.visit_records.bulkAdd([
			aRow('visit_records', {
				case_id: caseId,
				note: '已交代',
				recorded_at: hours(-12),
				received_at: hours(-12)
			}),
			aRow('visit_records', {
				case_id: caseId,
				note: '走得很穩',
				appetite: 'little',
				done_codes: [{ code: 'BA01', quantity: 1, unit: 'time', price_ntd: 260 }],
				recorded_at: hours(-2)
			})
		]);
		await db.emergencies.bulkAdd([
			anEmergency({ case_id: caseId }),
			anEmergency({ case_id: caseId, incident_type: 'ABUSE', audience: 'restricted' })
		]);
		const draft = (await start())!.draft;
		expect(draft).toMatchObject({ from: hours(-10), sinceId: before.id });
		expect(draft.texts).toEqual({
			situation: '跌倒（重度），待處理，11/22 09:00',
			background: '過敏：盤尼西林',
			assessment: '11/22 07:00 基本身體清潔；進食：只吃一點；走得很穩',
			recommendation: ''
		});
	});

	test('goes on with what was typed, also after the rows have changed; a draft that cannot be read is left', async () => {
		const kept = { texts: { ...NO_TEXTS, situation: '我寫的' }, from: hours(-30), sinceId: '' };
		await saveDraft(db, `handover:${caseId}`, kept);
		await db.handover_notes.add(aNote());
		expect((await start())?.draft).toEqual(kept);
		expect(resumeDraft({ ...kept, from: 'yesterday' })).toBeNull();
		expect(resumeDraft({ ...kept, texts: { situation: 5, background: 'b' } })?.texts).toEqual({
			...NO_TEXTS,
			background: 'b'
		});
	});

	test('is not opened for the family, nor for a note of somebody else', async () => {
		const [own, other] = [aNote({ created_by: me.userId }), aNote({ created_by: anId() })];
		await db.handover_notes.bulkAdd([own, other]);
		expect((await start(own.id))?.draft).toMatchObject({
			texts: { situation: '咳嗽' },
			from: own.covers_from
		});
		expect(await start(other.id)).toBeNull();
		await db.case_members.toCollection().modify({ role: 'care_manager' });
		expect((await start(other.id))?.corrects?.id).toBe(other.id);
		await db.case_members.toCollection().modify({ role: 'family' });
		expect(await start()).toBeNull();
		expect(await start(own.id)).toBeNull();
	});

	test('a line that was taken out can be put back, once; a note must say something', () => {
		const offered = { part: 'situation', line: '咳嗽' } as const;
		const texts = withLine({ ...NO_TEXTS, situation: '發燒\n' }, offered);
		expect(texts.situation).toBe('發燒\n咳嗽');
		expect([hasLine(texts, offered), hasLine(NO_TEXTS, offered)]).toEqual([true, false]);
		expect(storedTexts({ ...NO_TEXTS, background: ' \n ' })).toBeNull();
		expect(storedTexts({ ...NO_TEXTS, background: ' 怕狗 ' })).toEqual({
			...NO_TEXTS,
			background: '怕狗'
		});
	});

	test('a draft leads back to its form, and one of a correction to that', () => {
		expect(draftPlace('handover:c1')?.href).toBe('/cases/c1/handovers/new');
		expect(draftPlace('handover:c1:n1')?.href).toBe('/cases/c1/handovers/new?corrects=n1');
	});
});

test('every kind of fact is said with its source’s date, never with "today"', () => {
	const source = { table: 'visits', id: 'v', at: hours(0), by: '王照服' } as const;
	const reading = {
		kind: 'pulse',
		value: 82,
		value2: null,
		context: null,
		severity: 'red'
	} as const;
	const old = { ...source, at: '2024-11-09T06:30:00.000Z' };
	const facts: HandoverFact[] = [
		{ part: 'situation', code: 'vital_alarm', reading, source },
		{
			part: 'assessment',
			code: 'vital_trend',
			reading,
			before: { ...reading, value: 70 },
			direction: 'up',
			source
		},
		{
			part: 'assessment',
			code: 'visit_failed',
			status: 'no_answer',
			reason: '外出',
			source
		},
		{
			part: 'assessment',
			code: 'emergency_closed',
			incidentType: 'FALL',
			outcome: '已就醫',
			source
		},
		{
			part: 'recommendation',
			code: 'task_open',
			title: '量血壓',
			dueAt: hours(24),
			assignee: '許護理',
			source
		},
		{ part: 'recommendation', code: 'visit_next', worker: '王照服', source },
		{ part: 'recommendation', code: 'visit_next', worker: null, source: old }
	];
	expect(facts.map((fact) => factWords(fact, '2026-11-22'))).toEqual([
		'脈搏 82 次/分（重度），11/22 09:00',
		'脈搏 82 次/分（前次 70 次/分，上升），11/22 09:00',
		'11/22 09:00 的訪視：無人應門；外出',
		'跌倒已結案，11/22 09:00；已就醫',
		'待辦：量血壓；11/23 09:00 前；許護理',
		'下次訪視 11/22 09:00；王照服',
		'下次訪視 民國113年11月9日 14:30'
	]);
});

describe('notes', () => {
	test('stand newest first; a corrected one stays and says so', async () => {
		const wrong = aNote();
		const right = aNote({ corrects_id: wrong.id, recorded_at: hours(-1) });
		await db.handover_notes.bulkAdd([wrong, right, aNote({ case_id: anId() })]);
		expect(
			(await handoverNotes(db, caseId)).map(({ note, isReplaced }) => [note.id, isReplaced])
		).toEqual([
			[right.id, false],
			[wrong.id, true]
		]);
	});

	test('stand in the timeline of the staff, not in the one that the family sees', async () => {
		const note = aNote();
		await db.handover_notes.add(note);
		const timeline = async (circleOnly: boolean) =>
			(
				await caseTimeline(db, { caseId, kinds: TIMELINE_KINDS, now: NOW, limit: 30, circleOnly })
			).entries.filter(({ kind }) => kind === 'handover');
		expect(await timeline(false)).toMatchObject([{ id: note.id, at: note.recorded_at }]);
		expect(await timeline(true)).toEqual([]);
	});
});
