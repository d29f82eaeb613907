/** What a thread keeps at its top. */
import type { MessagePinRow, MessageRow } from '#lib/domain/rows.ts';
import { newestFirst } from '#lib/domain/row-order.ts';

/** So many a thread; the server refuses one more. */
export const MOST_PINS = 5;

export interface PinnedMessage {
	readonly pin: MessagePinRow;
	/** Null when it is older than what this phone holds. */
	readonly message: MessageRow | null;
	/** What its author said instead, last. */
	readonly correction: MessageRow | null;
}

/**
 * The last pinned first.
 * @param pins all of the thread
 * @param written the messages of it that this phone holds
 * @param corrections the newest of each message that has one, by id of the message
 */
export function pinnedMessages(
	pins: readonly MessagePinRow[],
	written: readonly MessageRow[],
	corrections: ReadonlyMap<string, MessageRow>
): PinnedMessage[] {
	const byId = new Map(written.map((message) => [message.id, message]));
	const decided = new Set<string>();
	return newestFirst(pins).flatMap((pin) => {
		if (decided.has(pin.message_id)) return [];
		decided.add(pin.message_id);
		if (!pin.pinned) return [];
		const message = byId.get(pin.message_id) ?? null;
		return [{ pin, message, correction: corrections.get(pin.message_id) ?? null }];
	});
}
