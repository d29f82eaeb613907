/** Finds pieces of what was said in one's threads, on this phone, with or without signal. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { excerptOf, type Excerpt } from '#lib/domain/excerpt.ts';
import type { MessageRow } from '#lib/domain/rows.ts';
import { foldText } from '#lib/domain/text.ts';
import { isKept } from './kept.ts';
import type { Thread } from './messages.ts';

export interface MessageHit {
	readonly message: MessageRow;
	readonly caseId: string;
	readonly caseName: string;
	readonly thread: Thread;
	readonly excerpt: Excerpt;
}

export interface MessageHits {
	/** Newest first, at most `MOST_HITS`. */
	readonly hits: readonly MessageHit[];
	readonly count: number;
}

/** More are not looked through: a longer piece finds fewer. */
export const MOST_HITS = 50;

/** @param place one thread; null: all of them. Rows of threads that this person does not see are not on this phone. */
export async function searchMessages(
	db: LocalDb,
	text: string,
	place: { readonly caseId: string; readonly thread: Thread } | null
): Promise<MessageHits> {
	const wanted = foldText(text.trim());
	if (wanted === '') return { hits: [], count: 0 };
	const rows = await (place === null
		? db.messages.toArray()
		: db.messages
				.where('[case_id+audience+recorded_at]')
				.between([place.caseId, place.thread, ''], [place.caseId, place.thread, '\uffff'])
				.toArray());
	const found = rows
		.filter((row) => row.case_id !== null && isKept(row) && foldText(row.body).includes(wanted))
		.sort((a, b) => (b.recorded_at ?? '').localeCompare(a.recorded_at ?? ''));
	const shown = found.slice(0, MOST_HITS);
	const people = await db.cases.bulkGet([...new Set(shown.flatMap((row) => row.case_id ?? []))]);
	const names = new Map(people.flatMap((person) => (person ? [[person.id, person.name]] : [])));
	return {
		count: found.length,
		hits: shown.flatMap((message): MessageHit[] => {
			const { case_id: caseId, audience } = message;
			const excerpt = excerptOf(message.body, wanted);
			const caseName = names.get(caseId ?? '');
			if (caseId === null || audience === 'organization') return [];
			if (excerpt === null || caseName === undefined) return [];
			return [{ message, caseId, caseName, thread: audience, excerpt }];
		})
	};
}
