/** What people do with questions to a profession, one intent each. */
import { SUBJECT_TABLES, type AskedRole, type QuestionFact } from '#lib/domain/question-rows.ts';
import type { QuestionRow } from '#lib/domain/rows.ts';
import { cleanText } from '#lib/domain/text.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

export interface NewQuestion {
	readonly role: AskedRole;
	readonly body: string;
	readonly facts: readonly QuestionFact[];
	readonly answerMinutes: number;
	/** `table:id` of what it is about; null: about the person. */
	readonly about: string | null;
}

/** @returns its id @throws {StorageError} */
export async function askQuestion(
	ws: Workspace,
	caseId: string,
	{ role, body, facts, answerMinutes, about }: NewQuestion
): Promise<string> {
	const id = ws.newId();
	const [named, subject_id = null] = (about ?? '').split(':');
	const subject_table = SUBJECT_TABLES.find((table) => table === named) ?? null;
	await ws.commit('question.ask', {
		row: {
			id,
			case_id: caseId,
			asked_role: role,
			body: cleanText(body),
			facts,
			answer_minutes: answerMinutes,
			subject_table,
			subject_id: subject_table === null ? null : subject_id
		}
	});
	return id;
}

/** @throws {StorageError} */
export async function answerQuestion(
	ws: Workspace,
	{ id, case_id }: QuestionRow,
	body: string
): Promise<void> {
	await ws.commit('question_answer.add', {
		row: { id: ws.newId(), case_id, question_id: id, body: cleanText(body) }
	});
}

/** @throws {StorageError} */
export async function withdrawQuestion(ws: Workspace, { id }: QuestionRow): Promise<void> {
	await ws.commit('question.withdraw', { id });
}
