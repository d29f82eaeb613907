/** The wire of rpc('sync'), version 1: what a phone sends and what the server answers (docs/sync.md). */
import * as v from 'valibot';

export const PROTOCOL_VERSION = 1;
/** Version of the tables that this release knows; the server keeps accepting the previous one. */
export const APP_SCHEMA = 1;
/** More would pass 64 subtransactions in one transaction, where Postgres slows down. */
export const MAX_PUSH = 50;

export type KnownVerdict = 'ok' | 'dup' | 'conflict' | 'rejected' | 'blocked' | 'fork' | 'later';

const uuid = v.pipe(v.string(), v.uuid());
const json = v.unknown();
const instant = v.string();

const pushedMutation = v.object({
	n: v.pipe(v.number(), v.integer(), v.minValue(1)),
	mid: uuid,
	name: v.string(),
	args: json,
	/** Highest seq among the rows written, as the author saw them; 0 = new. */
	base: v.number(),
	/** Device instant of the intent. */
	at: instant,
	/** Device clock minus server clock, milliseconds. */
	offset_ms: v.optional(v.number()),
	/** The server has done it before it was set back: what it rests on may still have to come from other phones (`later`). */
	again: v.optional(v.boolean()),
	/** The code with which the server had refused it before it was set back: to be written down again, not to be done. */
	refused: v.optional(v.string())
});

export const syncRequestSchema = v.object({
	v: v.literal(PROTOCOL_VERSION),
	schema: v.number(),
	epoch: v.nullable(uuid),
	client: uuid,
	/** Number of the latest answer that this phone has stored. */
	turn: v.optional(v.number()),
	/** Highest n whose verdict this phone has stored. */
	acked: v.number(),
	push: v.pipe(v.array(pushedMutation), v.maxLength(MAX_PUSH)),
	cursors: v.record(v.string(), v.number()),
	limit: v.optional(v.number())
});
export type SyncRequest = v.InferOutput<typeof syncRequestSchema>;
export type PushedMutation = v.InferOutput<typeof pushedMutation>;

/** Columns beyond these are passed on as they come: a newer server may send more, and enum values that this release does not know. */
const wireRow = v.looseObject({ id: v.string(), bucket_id: v.number(), seq: v.number() });
export type WireRow = v.InferOutput<typeof wireRow>;

const resultSchema = v.object({
	n: v.number(),
	/** A KnownVerdict, or a word of a newer server. */
	verdict: v.string(),
	code: v.optional(v.nullable(v.string())),
	data: v.optional(json)
});
export type MutationResult = v.InferOutput<typeof resultSchema>;

const bucketState = v.object({
	/** The phone's new cursor. */
	seq: v.number(),
	more: v.boolean(),
	reset: v.optional(v.nullable(v.boolean())),
	/** Rows of the bucket inside the window, and the sum of their seq; with more = false. */
	live: v.optional(v.nullable(v.number())),
	sum: v.optional(v.nullable(v.number()))
});
export type BucketState = v.InferOutput<typeof bucketState>;

const rowsByTable = v.optional(v.record(v.string(), v.array(wireRow)), {});

/** `epoch`, `now` and `last_n` must be there: other JSON (a captive portal's) is no answer. The rest may be left out when empty. */
export const syncResponseSchema = v.object({
	epoch: uuid,
	/** Server time. */
	now: instant,
	/** Start of the window, 90 days back. */
	since: v.optional(v.nullable(instant)),
	/** Numbers the answers to this phone: one that has heard a higher number speaks to a server that was set back. */
	turn: v.optional(v.nullable(v.number())),
	last_n: v.number(),
	results: v.optional(v.array(resultSchema), []),
	buckets: v.optional(v.record(v.string(), bucketState), {}),
	rows: rowsByTable,
	gone: v.optional(v.record(v.string(), v.array(v.string())), {}),
	removed: v.optional(v.array(v.number()), []),
	wipe: v.optional(v.nullable(v.boolean()))
});
export type SyncResponse = v.InferOutput<typeof syncResponseSchema>;

export const historyResponseSchema = v.object({
	rows: rowsByTable,
	more: v.boolean()
});
export type HistoryResponse = v.InferOutput<typeof historyResponseSchema>;

export interface HistoryRequest {
	readonly case: string;
	/** ISO instant; rows before it. */
	readonly before: string;
	readonly limit: number;
}

/** What a repeated mutation was answered the first time. */
export const storedVerdictSchema = v.object({
	verdict: v.string(),
	code: v.optional(v.nullable(v.string())),
	data: v.optional(json)
});
