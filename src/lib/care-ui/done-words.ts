/** What was done in a visit, in words. */
import { newestServiceCode } from '#lib/domain/code-tables.ts';
import type { DoneCode } from '#lib/domain/rows.ts';
import { listWords } from './join-words.ts';
import { localName } from './state-names.ts';

/** `協助沐浴、測量生命徵象`. */
export function doneWords(record: {
	readonly done_codes: readonly Pick<DoneCode, 'code'>[];
}): string {
	return listWords(
		record.done_codes.map(({ code }) => {
			const known = newestServiceCode(code);
			return known ? localName(known) : code;
		})
	);
}
