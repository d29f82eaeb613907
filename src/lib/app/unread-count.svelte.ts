/** The number of unread messages, as a rune. */
import { live, type Live } from '#lib/db/live.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import {
	countUnheard,
	heardOutside,
	heardWithin,
	readMarks,
	type HeardMessage,
	type ReadMarks
} from '#lib/db/queries/unread.ts';
import { uuidV7 } from '#lib/domain/ids.ts';

const DAY_MS = 86_400_000;

/**
 * A phone may hold thousands of messages, and to read them all after each change would hold up whatever is being saved. Ids made on phones
 * are in the order of time: what is written from now on is read again at each change, the rest once, and again when something of it changes.
 */
export class UnreadCount {
	readonly #marks: Live<ReadMarks>;
	readonly #outside: Live<HeardMessage[]>;
	readonly #within: Live<HeardMessage[]>;

	/** 0 until everything has been read. */
	readonly current = $derived.by(() => {
		const [marks, outside, within] = [
			this.#marks.current,
			this.#outside.current,
			this.#within.current
		];
		return marks && outside && within ? countUnheard([...outside, ...within], marks) : 0;
	});

	/** @param nowMs device time */
	constructor(db: LocalDb, userId: string, nowMs: number) {
		const zeros = new Uint8Array(10);
		const fresh = { from: uuidV7(nowMs, zeros), to: uuidV7(nowMs + DAY_MS, zeros) };
		this.#marks = live(() => readMarks(db, userId));
		this.#outside = live(() => heardOutside(db, userId, fresh));
		this.#within = live(() => heardWithin(db, userId, fresh));
	}
}
