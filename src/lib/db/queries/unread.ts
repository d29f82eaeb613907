/** What the number beside "messages" is made of, in parts of which each changes seldom or is small. */
import type { MessageRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isKept } from './kept.ts';

/** A message that somebody else wrote in a thread of a case: as much of it as counting takes. */
export interface HeardMessage {
	readonly thread: string;
	/** ISO instant; '' for one that the server has not taken yet. */
	readonly receivedAt: string;
}

/** ISO instant up to which this person has read, by thread. */
export type ReadMarks = ReadonlyMap<string, string>;

/** Ids from `from` to before `to`. */
export interface IdRange {
	readonly from: string;
	readonly to: string;
}

/** Messages of others with an id of this range. */
export async function heardWithin(
	db: LocalDb,
	userId: string,
	{ from, to }: IdRange
): Promise<HeardMessage[]> {
	return heardOf(await db.messages.where(':id').between(from, to).toArray(), userId);
}

/** Messages of others with any other id. */
export async function heardOutside(
	db: LocalDb,
	userId: string,
	{ from, to }: IdRange
): Promise<HeardMessage[]> {
	const [below, above] = await Promise.all([
		db.messages.where(':id').below(from).toArray(),
		db.messages.where(':id').aboveOrEqual(to).toArray()
	]);
	return heardOf([...below, ...above], userId);
}

export async function readMarks(db: LocalDb, userId: string): Promise<ReadMarks> {
	const marks = await db.message_reads.where('user_id').equals(userId).toArray();
	return new Map(
		marks.map(({ case_id, audience, read_through }) => [threadOf(case_id, audience), read_through])
	);
}

/** Messages that this person has not read on any phone. */
export function countUnheard(messages: readonly HeardMessage[], marks: ReadMarks): number {
	return messages.filter(({ thread, receivedAt }) => {
		const readThrough = marks.get(thread);
		return readThrough === undefined || receivedAt > readThrough;
	}).length;
}

function heardOf(messages: readonly MessageRow[], userId: string): HeardMessage[] {
	return messages.flatMap((message) => {
		const { case_id, audience, created_by, received_at } = message;
		if (case_id === null || created_by === userId || !isKept(message)) return [];
		return [{ thread: threadOf(case_id, audience), receivedAt: received_at ?? '' }];
	});
}

function threadOf(caseId: string, audience: string): string {
	return `${caseId}/${audience}`;
}
