/** What is asked of professions: lists, one question, and whom and with which facts somebody can ask; read from this phone. */
import { caseRole } from '#lib/domain/case-role.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import { ASKED_ROLES, type AskedRole, type QuestionFact } from '#lib/domain/question-rows.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import type {
	CaseMemberRow,
	CaseRole,
	CaseRow,
	MeasurementRow,
	QuestionAnswerRow,
	QuestionRow
} from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { membersOf } from './cases.ts';
import { isCurrent, isKept } from './kept.ts';
import type { Reader } from './messages.ts';
import { standingMeasurements } from './standing-records.ts';

export interface ListedQuestion {
	readonly question: QuestionRow;
	readonly personName: string | null;
}

export interface QuestionList {
	/** Open, and this person holds them. What is due first stands first. */
	readonly toAnswer: readonly ListedQuestion[];
	/** The newest first, as the others. */
	readonly asked: readonly ListedQuestion[];
	readonly others: readonly ListedQuestion[];
}

export async function questionList(db: LocalDb, userId: string): Promise<QuestionList> {
	const [rows, people] = await Promise.all([db.questions.toArray(), db.cases.toArray()]);
	const nameById = new Map(people.filter(isKept).map(({ id, name }) => [id, name]));
	const all = rows
		.filter(isKept)
		.sort((a, b) => compareRecorded(b, a))
		.map((question) => ({ question, personName: nameById.get(question.case_id) ?? null }));
	const waits = ({ question }: ListedQuestion) =>
		question.status === 'open' && question.holder_id === userId;
	const isOwn = ({ question }: ListedQuestion) => question.created_by === userId;
	return {
		toAnswer: all
			.filter(waits)
			.sort((a, b) =>
				(a.question.answer_due_at ?? '').localeCompare(b.question.answer_due_at ?? '')
			),
		asked: all.filter((each) => isOwn(each) && !waits(each)),
		others: all.filter((each) => !isOwn(each) && !waits(each))
	};
}

/** The newest first. */
export async function questionsOfCase(
	db: LocalDb,
	caseId: string
): Promise<readonly QuestionRow[]> {
	const rows = await db.questions.where('case_id').equals(caseId).toArray();
	return rows.filter(isKept).sort((a, b) => compareRecorded(b, a));
}

export interface QuestionPage {
	readonly question: QuestionRow;
	readonly person: CaseRow | null;
	readonly role: CaseRole | null;
	/** As they were written. */
	readonly answers: readonly QuestionAnswerRow[];
}

/** Null when it is not on this phone. */
export async function questionPage(
	db: LocalDb,
	me: Reader,
	questionId: string
): Promise<QuestionPage | null> {
	const question = await db.questions.get(questionId);
	if (!question || !isKept(question)) return null;
	const [person, members, answers] = await Promise.all([
		db.cases.get(question.case_id),
		membersOf(db, question.case_id),
		db.question_answers.where('question_id').equals(questionId).toArray()
	]);
	return {
		question,
		person: person && isKept(person) ? person : null,
		role: person ? caseRole(me, person.org_id, members) : null,
		answers: answers.filter(isKept).sort(compareRecorded)
	};
}

export interface Askable {
	readonly person: CaseRow;
	readonly role: CaseRole | null;
	/** Professions of which somebody else is in the circle, with their names. */
	readonly roles: readonly { readonly role: AskedRole; readonly names: readonly string[] }[];
	readonly facts: readonly QuestionFact[];
}

/** What the phone knows of late: readings of these days, one of each kind. */
const FACT_DAYS_MS = 14 * 86_400_000;
const MOST_FACTS = 12;
/** Characters of a note: the other facts want room, too (public.questions). */
const MOST_QUOTED = 1000;

/** Null when the person is not on this phone. @param about `table:id` of the record that is asked about */
export async function askable(
	db: LocalDb,
	me: Reader,
	{
		caseId,
		about,
		now
	}: { readonly caseId: string; readonly about: string | null; readonly now: string }
): Promise<Askable | null> {
	const person = await db.cases.get(caseId);
	if (!person || !isKept(person)) return null;
	const since = new Date(Date.parse(now) - FACT_DAYS_MS).toISOString();
	const [members, measurements, subject] = await Promise.all([
		membersOf(db, caseId),
		db.measurements
			.where('[case_id+measured_at]')
			.between([caseId, since], [caseId, '\uffff'])
			.toArray(),
		subjectFact(db, caseId, about)
	]);
	const latest = new Map(
		standingMeasurements(measurements.filter(isKept))
			.sort((a, b) => a.measured_at.localeCompare(b.measured_at))
			.map((row) => [row.kind, row])
	);
	const readings = [...latest.values()].map(readingFact);
	const facts = [...(subject ? [subject] : []), ...readings.filter(({ id }) => id !== subject?.id)];
	return {
		person,
		role: caseRole(me, person.org_id, members),
		roles: ASKED_ROLES.flatMap((role) => {
			const names = namesOf(members, role, me.userId);
			return names.length > 0 ? [{ role, names }] : [];
		}),
		facts: facts.slice(0, MOST_FACTS)
	};
}

function namesOf(members: readonly CaseMemberRow[], role: AskedRole, without: string): string[] {
	return members
		.filter((member) => member.role === role && member.user_id !== without && isCurrent(member))
		.map((member) => member.display_name)
		.sort(compareNames);
}

/** What is asked about, if it is on this phone and of this person. What is restricted goes into no question. */
async function subjectFact(
	db: LocalDb,
	caseId: string,
	about: string | null
): Promise<QuestionFact | null> {
	const [table, id = ''] = (about ?? '').split(':');
	if (table === 'visit_records') {
		const record = await db.visit_records.get(id);
		if (record?.case_id !== caseId) return null;
		const { recorded_at, author_name, note } = record;
		return { kind: 'record', id, at: recorded_at ?? '', author_name, note };
	}
	if (table === 'emergencies') {
		const emergency = await db.emergencies.get(id);
		if (emergency?.case_id !== caseId || emergency.audience === 'restricted') return null;
		const { occurred_at, incident_type, severity, description } = emergency;
		return { kind: 'emergency', id, at: occurred_at, incident_type, severity, description };
	}
	if (table === 'measurements') {
		const row = await db.measurements.get(id);
		return row?.case_id === caseId ? readingFact(row) : null;
	}
	if (table === 'handover_notes') {
		const note = await db.handover_notes.get(id);
		if (note?.case_id !== caseId) return null;
		const { situation, background, assessment, recommendation } = note;
		const said = [situation, background, assessment, recommendation].filter((part) => part !== '');
		const text = [...said.join('\n')].slice(0, MOST_QUOTED).join('');
		const at = note.recorded_at ?? note.covers_until;
		return { kind: 'handover', id, at, author_name: note.author_name, text };
	}
	if (table === 'attachments') {
		const picture = await db.attachments.get(id);
		if (picture?.case_id !== caseId || picture.kind !== 'wound') return null;
		if (picture.audience === 'restricted' || picture.removed_at !== null) return null;
		const { taken_at: at, body_site, wound, caption } = picture;
		return { kind: 'wound', id, at, body_site, label: wound?.label ?? null, caption };
	}
	return null;
}

function readingFact(row: MeasurementRow): QuestionFact {
	const { id, kind: vital, value, value2, context, severity, measured_at: at } = row;
	return { kind: 'measurement', id, at, vital, value, value2, context, severity };
}
