/** A question as its phone keeps it: with what is known of the person, and its answers beside it, before the server has said anything. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { questionsToAnswer } from '#lib/db/queries/questions-to-answer.ts';
import { askable, questionList, questionPage } from '#lib/db/queries/questions.ts';
import { questionEntries } from '#lib/db/queries/timeline-notes.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#lib/features/questions/actions.ts';
import { factWords } from '#lib/features/questions/question-words.ts';
import { aCase, aCaseMember, anId, aPerson, aRow, NOW, NOW_MS } from '../../fixtures/builders.ts';
import { aWorkspace } from '../../fixtures/unit-workspace.ts';

const me = aPerson();
const person = aCase();
let db: LocalDb;

beforeEach(async () => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.cases.add(person);
	const circle = [
		[me.userId, 'worker', '陳怡君'],
		[anId(), 'nurse', '許美玲'],
		[anId(), 'nurse', '何靜宜']
	] as const;
	await db.case_members.bulkAdd(
		circle.map(([user_id, role, display_name]) =>
			aCaseMember({ case_id: person.id, user_id, role, display_name })
		)
	);
});
afterEach(() => {
	db.close();
});

const workspace = () => aWorkspace(db, me);
const reading = (hours: number, part = {}) =>
	aRow('measurements', {
		case_id: person.id,
		kind: 'blood_pressure',
		value: 150,
		value2: 90,
		measured_at: new Date(NOW_MS + hours * 3_600_000).toISOString(),
		...part
	});
const about = (what: string | null) =>
	askable(db, me, { caseId: person.id, about: what, now: NOW });
const blank = {
	role: 'nurse',
	body: ' 要停藥嗎？ ',
	facts: [],
	answerMinutes: 240,
	about: null
} as const;

test('the newest reading of each kind goes with it, corrected ones and old ones do not, and who asks is asked by nobody', async () => {
	const slip = reading(-3, { value: 250 });
	const newest = reading(-1, { corrects_id: slip.id });
	const pulse = reading(-30, { kind: 'pulse', value: 90, value2: null });
	await db.measurements.bulkAdd([
		slip,
		newest,
		pulse,
		reading(-20),
		reading(-24 * 20, { kind: 'weight', value: 60, value2: null })
	]);
	const ask = await about(null);
	expect(ask?.facts.map(({ id }) => id).sort()).toEqual([newest.id, pulse.id].sort());
	expect(ask?.roles).toEqual([{ role: 'nurse', names: ['何靜宜', '許美玲'] }]);
});

test('the record that is asked about stands first, of this person only, and never a restricted report', async () => {
	const record = aRow('visit_records', { case_id: person.id, note: '頭暈', recorded_at: NOW });
	const other = aRow('visit_records', { case_id: anId(), recorded_at: NOW });
	const secret = aRow('emergencies', { case_id: person.id, audience: 'restricted' });
	await db.visit_records.bulkAdd([record, other]);
	await db.emergencies.add(secret);
	await db.measurements.add(reading(-1));
	expect((await about(`visit_records:${record.id}`))?.facts[0]).toMatchObject({
		kind: 'record',
		note: '頭暈'
	});
	for (const what of [`visit_records:${other.id}`, `emergencies:${secret.id}`, 'tasks:1', 'x'])
		expect((await about(what))?.facts.map(({ kind }) => kind)).toEqual(['measurement']);
});

test('a reading, a hand-over note and a picture of a wound are asked about as they stand; other pictures and removed ones are not', async () => {
	const value = reading(-24 * 30, { value: 188 });
	const note = aRow('handover_notes', {
		case_id: person.id,
		situation: '咳三天',
		background: '',
		assessment: '',
		recommendation: '明天量體溫',
		author_name: '陳怡君',
		recorded_at: NOW
	});
	const long = aRow('handover_notes', { case_id: person.id, situation: '長'.repeat(3000) });
	const wound = aRow('attachments', {
		case_id: person.id,
		kind: 'wound',
		body_site: 'heel_left',
		wound: { label: '外側' },
		caption: '約 2 公分',
		taken_at: NOW
	});
	const plain = aRow('attachments', { case_id: person.id, kind: 'photo' });
	const gone = aRow('attachments', { case_id: person.id, kind: 'wound', removed_at: NOW });
	const secret = aRow('attachments', { case_id: person.id, kind: 'wound', audience: 'restricted' });
	await db.measurements.add(value);
	await db.handover_notes.bulkAdd([note, long]);
	await db.attachments.bulkAdd([wound, plain, gone, secret]);
	const first = async (what: string) => (await about(what))?.facts[0];
	expect(await first(`measurements:${value.id}`)).toMatchObject({ id: value.id, value: 188 });
	const said = await first(`handover_notes:${note.id}`);
	expect(said).toMatchObject({ kind: 'handover', text: '咳三天\n明天量體溫' });
	expect(factWords(said!, '2026-11-24')).toContain('陳怡君的交班：咳三天\n明天量體溫');
	expect(await first(`handover_notes:${long.id}`)).toMatchObject({ text: '長'.repeat(1000) });
	const seen = await first(`attachments:${wound.id}`);
	expect(seen).toMatchObject({ kind: 'wound', body_site: 'heel_left', label: '外側' });
	expect(factWords(seen!, '2026-11-24')).toMatch(/^傷口・.*外側.*・約 2 公分・/);
	for (const { id } of [plain, gone, secret])
		expect(await first(`attachments:${id}`)).toBeUndefined();
});

test('asked, answered and withdrawn without signal, it is there at once, in its lists and in the timeline', async () => {
	const ws = workspace();
	const id = await askQuestion(ws, person.id, blank);
	expect(await db.questions.get(id)).toMatchObject({
		body: '要停藥嗎？',
		status: 'open',
		answer_minutes: 240,
		subject_table: null
	});
	const question = (await questionPage(db, me, id))!.question;
	await answerQuestion(ws, question, '先不要');
	expect((await questionPage(db, me, id))?.answers).toMatchObject([{ body: '先不要' }]);
	expect((await questionList(db, me.userId)).asked).toMatchObject([{ personName: person.name }]);
	expect(await questionEntries(db, person.id)).toMatchObject([
		{ kind: 'question', answers: [{ body: '先不要' }] }
	]);
	await withdrawQuestion(ws, question);
	expect((await questionPage(db, me, id))?.question.status).toBe('withdrawn');
});

test('what waits for my answer is told to me and to nobody else, and no longer once it is answered', async () => {
	const held = aRow('questions', { case_id: person.id, holder_id: me.userId });
	await db.questions.bulkAdd([held, aRow('questions', { case_id: person.id, holder_id: anId() })]);
	expect(await questionsToAnswer(db, me.userId)).toBe(1);
	expect((await questionList(db, me.userId)).toAnswer).toHaveLength(1);
	await db.questions.update(held.id, { status: 'answered' });
	expect(await questionsToAnswer(db, me.userId)).toBe(0);
});
