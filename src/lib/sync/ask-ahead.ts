/**
 * While one page of a long pull is being stored, the next is already asked for. The question is the one that will be asked once the
 * page is stored, known beforehand because the answer names the cursors; its answer counts only if it then is that very question.
 */
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { bringsRowsAlone } from './apply.ts';
import type { BuiltRequest } from './build-request.ts';

/** What will be asked after this answer is stored; null when that cannot be known, or nothing. */
export function nextQuestion(
	{ wire, quiet, left }: BuiltRequest,
	response: SyncResponse,
	rows: number
): SyncRequest | null {
	const { buckets, epoch, last_n: lastN } = response;
	const foreseeable =
		quiet &&
		left === 0 &&
		bringsRowsAlone(response) &&
		(wire.epoch === null || wire.epoch === epoch) &&
		lastN >= wire.acked;
	if (!foreseeable || !Object.values(buckets).some(({ more }) => more)) return null;
	const moved = Object.entries(buckets).map(([bucket, { seq }]) => [bucket, seq] as const);
	// A server that promises more and brings nothing is not asked twice as often.
	if (moved.every(([bucket, seq]) => wire.cursors[bucket] === seq)) return null;
	const cursors = { ...wire.cursors, ...Object.fromEntries(moved) };
	return { ...wire, epoch, turn: response.turn ?? 0, cursors, limit: rows };
}

/** Nothing else has happened meanwhile: no tap that travels along, no other tab that has gone on, no bucket that starts anew. */
export function isSameQuestion(asked: SyncRequest, now: SyncRequest): boolean {
	const buckets = Object.keys(now.cursors);
	return (
		asked.push.length + now.push.length === 0 &&
		asked.epoch === now.epoch &&
		asked.client === now.client &&
		asked.turn === now.turn &&
		asked.acked === now.acked &&
		buckets.length === Object.keys(asked.cursors).length &&
		buckets.every((bucket) => asked.cursors[bucket] === now.cursors[bucket])
	);
}
