/** By itself, because Today asks for it and for nothing else of the questions. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

/** Whether anything waits for this person's answer. */
export async function hasToAnswer(db: LocalDb, userId: string): Promise<boolean> {
	const open = await db.questions.where('status').equals('open').toArray();
	return open.some((question) => question.holder_id === userId && isKept(question));
}
