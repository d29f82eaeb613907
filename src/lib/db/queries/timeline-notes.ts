/** What staff say to each other about a person, as it stands in the timeline: hand-over notes, and questions with their answers. */
import type { HandoverNoteRow, QuestionAnswerRow, QuestionRow } from '#lib/domain/rows.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { handoverNotes } from './handover.ts';
import { isKept } from './kept.ts';
import { questionsOfCase } from './questions.ts';

interface Placed {
	readonly id: string;
	/** ISO instant by which it is ordered. */
	readonly at: string;
}
export interface HandoverPart {
	readonly kind: 'handover';
	readonly note: HandoverNoteRow;
	readonly isReplaced: boolean;
}
export interface QuestionPart {
	readonly kind: 'question';
	readonly question: QuestionRow;
	/** As they were written. */
	readonly answers: readonly QuestionAnswerRow[];
}

export async function handoverEntries(
	db: LocalDb,
	caseId: string
): Promise<(Placed & HandoverPart)[]> {
	return (await handoverNotes(db, caseId)).map(({ note, isReplaced }) => ({
		kind: 'handover',
		id: note.id,
		at: note.recorded_at ?? note.covers_until,
		note,
		isReplaced
	}));
}

/** Where the last of its answers is: that is what came to be known. */
export async function questionEntries(
	db: LocalDb,
	caseId: string
): Promise<(Placed & QuestionPart)[]> {
	const questions = await questionsOfCase(db, caseId);
	const all = await whereAny(
		db.question_answers,
		'question_id',
		questions.map(({ id }) => id)
	);
	return questions.map((question) => {
		const answers = all
			.filter((answer) => answer.question_id === question.id && isKept(answer))
			.sort(compareRecorded);
		const at = answers.at(-1)?.recorded_at ?? question.recorded_at ?? '';
		return { kind: 'question', id: question.id, at, question, answers };
	});
}
