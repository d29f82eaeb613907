/** By itself, because Today asks for it and for nothing else of the questions. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

/** How many questions wait for this person's answer. */
export async function questionsToAnswer(db: LocalDb, userId: string): Promise<number> {
	const open = await db.questions.where('status').equals('open').toArray();
	return open.filter((question) => question.holder_id === userId && isKept(question)).length;
}
