/** One round trip: build the request, send it, apply the answer; and how to go on after each kind of failure. */
import { dropFullCopies } from '#lib/db/file-copies.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { StorageError, toStorageError } from '#lib/db/storage-error.ts';
import type { FailureKind, RemoteAnswer, Traffic } from '#lib/protocol/answers.ts';
import type { PushedMutation, SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { MAX_PUSH } from '#lib/protocol/sync.ts';
import type { Applied } from './apply.ts';
import { applyResponse } from './apply.ts';
import { isSameQuestion, nextQuestion } from './ask-ahead.ts';
import type { BuiltRequest } from './build-request.ts';
import { buildRequest, nextReleaseInMs } from './build-request.ts';
import type { Clock } from './environment.ts';
import { KeptSums } from './kept-sums.ts';
import type { RemotePort } from './remote-port.ts';
import { setAside } from './set-aside.ts';
import { verifyBuckets } from './verify.ts';

export type CycleOutcome =
	| {
			readonly kind: 'done';
			/** There is more to send or to fetch: go on at once. */
			readonly again: boolean;
			/** Something was sent or has arrived. */
			readonly changed: boolean;
			/** Milliseconds until a held intent may be sent. */
			readonly releaseInMs: number | null;
			readonly completeShare: number;
			readonly problem: string | null;
	  }
	| { readonly kind: 'failed'; readonly problem: string; readonly retryAfterMs: number | null }
	| { readonly kind: 'signed_out' }
	| { readonly kind: 'wiped'; readonly clientId: string };

/** A page is what a bad line brings in some two seconds (1,000 rows are 55 kB), and twice that where the last one came at once. */
const START_ROWS = 1000;
const MAX_ROWS = 2000;
const MIN_ROWS = 50;
const AT_ONCE_MS = 600;
const ROWS_WHILE_FULL = 1;
const FULL_PAUSE_MS = 10 * 60_000;
/** A mutation that makes the server fail this often, alone in its batch and with the server well otherwise, steps aside. */
const MAX_LONE_FAILURES = 5;
/** A server that forgets again within this time of getting its lost work back would be sent it without end. */
const FORGETS_AGAIN_MS = 2 * 60_000;
/** Longer exchanges tell too little of the clocks. */
const MAX_CLOCK_EXCHANGE_MS = 60_000;

export interface CycleParts {
	readonly db: LocalDb;
	readonly port: RemotePort;
	readonly clock: Clock;
	readonly newId: () => string;
	readonly onTraffic: (traffic: Traffic) => void;
}

interface Exchange {
	readonly answer: RemoteAnswer<SyncResponse>;
	/** Device time. */
	readonly sentAtMs: number;
	readonly receivedAtMs: number;
}

interface Asked {
	readonly request: BuiltRequest;
	readonly exchange: Exchange;
}

/** A question that was asked before its time. */
interface Ahead {
	readonly wire: SyncRequest;
	/** The state of the store that the answer will fit. */
	readonly round: number;
	readonly exchange: Promise<Exchange>;
	readonly signal: AbortSignal;
}

export class Cycle {
	readonly #parts: CycleParts;
	/** How much one round trip carries: halved when the server chokes, doubled when it does not. */
	#push = MAX_PUSH;
	#rows = START_ROWS;
	#ahead: Ahead | null = null;
	/** The last lone mutation failed: ask without any, to learn whether the server or the mutation is to blame. */
	#probing = false;
	readonly #sums = new KeptSums();
	#loneFailures = new Map<string, number>();
	/** The phone is full: until then (device time) it sends, but fetches nothing. */
	#fullUntilMs: number | null = null;
	/** Intents were last put back to be sent again (device time). */
	#requeuedAtMs: number | null = null;

	constructor(parts: CycleParts) {
		this.#parts = parts;
	}

	/** Try to fetch again after the phone was full. */
	retryStorage(): void {
		this.#fullUntilMs = null;
	}

	/** A clock that jumps back does not prolong it. */
	get #full(): boolean {
		const leftMs = (this.#fullUntilMs ?? 0) - this.#parts.clock.nowMs();
		return leftMs > 0 && leftMs <= FULL_PAUSE_MS;
	}

	/** Never throws; what goes wrong is in the outcome. */
	async run(signal: AbortSignal): Promise<CycleOutcome> {
		try {
			return await this.#run(signal);
		} catch (failure) {
			const { kind } = toStorageError(failure);
			if (kind === 'unexpected') console.error('Sync failed unexpectedly', failure);
			return {
				kind: 'failed',
				problem: kind === 'quota' ? 'quota' : 'storage',
				retryAfterMs: null
			};
		}
	}

	async #run(signal: AbortSignal): Promise<CycleOutcome> {
		const { request, exchange } = (await this.#askedAhead()) ?? (await this.#askNow(signal));
		const { answer } = exchange;
		if (!answer.ok) return await this.#afterFailure(answer.kind, answer.retryAfterMs, request);
		if (answer.value.wipe) return { kind: 'wiped', clientId: request.wire.client };
		this.#growBatch(exchange.receivedAtMs - exchange.sentAtMs);
		this.#askAhead(request, answer.value, signal);
		return await this.#afterAnswer(request, answer.value, exchange);
	}

	async #askNow(signal: AbortSignal): Promise<Asked> {
		const push = this.#probing ? 0 : this.#push;
		const request = await this.#build(push, this.#full ? ROWS_WHILE_FULL : this.#rows);
		return { request, exchange: await this.#ask(request.wire, signal) };
	}

	/** The question that is due, if it is the one that was asked ahead, with its answer. What has been tapped since travels with the next. */
	async #askedAhead(): Promise<Asked | null> {
		const ahead = this.#ahead;
		this.#ahead = null;
		if (!ahead || ahead.signal.aborted) return null;
		const request = await this.#build(0, ahead.wire.limit ?? START_ROWS);
		if (request.round !== ahead.round || !isSameQuestion(ahead.wire, request.wire)) return null;
		return { request, exchange: await ahead.exchange };
	}

	async #build(push: number, rows: number): Promise<BuiltRequest> {
		const { db, clock, newId } = this.#parts;
		return await buildRequest(db, clock.nowMs(), { push, rows }, newId);
	}

	async #ask(wire: SyncRequest, signal: AbortSignal): Promise<Exchange> {
		const { clock } = this.#parts;
		const sentAtMs = clock.nowMs();
		const answer = await this.#send(wire, signal);
		return { answer, sentAtMs, receivedAtMs: clock.nowMs() };
	}

	/** The line works while the store does. */
	#askAhead(request: BuiltRequest, response: SyncResponse, signal: AbortSignal): void {
		if (this.#full || this.#probing) return;
		const wire = nextQuestion(request, response, this.#rows);
		if (!wire) return;
		const exchange = this.#ask(wire, signal);
		// Whoever takes it hears of a failure; when nobody does, nobody misses it.
		exchange.catch(() => undefined);
		this.#ahead = { wire, round: request.round + 1, exchange, signal };
	}

	/** Once with the token at hand, once more with a fresh one. */
	async #send(wire: SyncRequest, signal: AbortSignal): Promise<RemoteAnswer<SyncResponse>> {
		const { port, onTraffic } = this.#parts;
		const first = await port.sync(wire, signal);
		onTraffic(first);
		if (first.ok || first.kind !== 'unauthenticated') return first;
		const session = await port.renewSession();
		if (session === 'unreachable') return { ...first, kind: 'offline' };
		if (session === 'ended') return first;
		const second = await port.sync(wire, signal);
		onTraffic(second);
		return second;
	}

	async #afterAnswer(
		request: BuiltRequest,
		response: SyncResponse,
		{ sentAtMs, receivedAtMs }: Exchange
	): Promise<CycleOutcome> {
		const { db } = this.#parts;
		const nowMs = receivedAtMs;
		const clockOffsetMs = measureOffset(response.now, sentAtMs, receivedAtMs);
		const applied = await this.#apply(request, response, nowMs, clockOffsetMs);
		this.#sums.follow(request.round, sinceOf(response), applied.sums, nowMs);
		const differing = this.#full ? [] : await verifyBuckets(db, response, nowMs, this.#sums);
		const probed = this.#probing;
		this.#probing = false;
		if (applied.requeued && this.#forgetsAgain(nowMs))
			return { kind: 'failed', problem: 'server', retryAfterMs: null };
		const unfinished = request.left > 0 || probed || applied.requeued || differing.length > 0;
		const promised = !this.#full && applied.more;
		if ((promised || request.left > 0) && !applied.progressed && !probed)
			return { kind: 'failed', problem: 'server', retryAfterMs: null };
		return {
			kind: 'done',
			again: unfinished || promised,
			changed: applied.progressed,
			releaseInMs: await nextReleaseInMs(db, nowMs),
			completeShare: applied.completeShare,
			problem: this.#full ? 'quota' : null
		};
	}

	/** Whatever the server says: once is a restore, twice in a row waits its turn as after any failure. */
	#forgetsAgain(nowMs: number): boolean {
		const lastMs = this.#requeuedAtMs;
		this.#requeuedAtMs = nowMs;
		return lastMs !== null && Math.abs(nowMs - lastMs) < FORGETS_AGAIN_MS;
	}

	/** When the phone has no room for rows, at least the verdicts must be kept. */
	async #apply(
		request: BuiltRequest,
		response: SyncResponse,
		nowMs: number,
		clockOffsetMs: number | null
	): Promise<Applied> {
		const { db, newId } = this.#parts;
		const followed = this.#sums.wholeAt(request.round, sinceOf(response));
		const options = { nowMs, clockOffsetMs, newId, followed };
		const apply = (verdictsOnly: boolean) =>
			applyResponse(db, request, response, { ...options, verdictsOnly });
		// A server that has forgotten takes nothing new before it has that back, whether there is room for its rows or not.
		if (this.#full && !hasForgotten(request, response)) return await apply(true);
		try {
			return await apply(false);
		} catch (failure) {
			if (!(failure instanceof StorageError) || failure.kind !== 'quota') throw failure;
			// Pictures that the server has, too, are the first to go; only then is the phone full.
			if (await dropFullCopies(db))
				return await this.#apply(request, response, nowMs, clockOffsetMs);
			this.#fullUntilMs = nowMs + FULL_PAUSE_MS;
			return await apply(true);
		}
	}

	async #afterFailure(
		kind: FailureKind,
		retryAfterMs: number | null,
		request: BuiltRequest
	): Promise<CycleOutcome> {
		if (kind === 'unauthenticated') return { kind: 'signed_out' };
		if (kind === 'too_large' || kind === 'timeout')
			this.#rows = Math.max(MIN_ROWS, Math.ceil(this.#rows / 2));
		if (kind === 'too_large' || kind === 'timeout' || kind === 'server')
			await this.#suspect(request.wire.push);
		return { kind: 'failed', problem: kind, retryAfterMs };
	}

	/** @param tookMs from asking to the answer; less than nothing when the clock was set back */
	#growBatch(tookMs: number): void {
		const wasQuick = tookMs >= 0 && tookMs <= AT_ONCE_MS;
		this.#push = Math.min(MAX_PUSH, this.#push * 2);
		this.#rows = Math.min(wasQuick ? MAX_ROWS : START_ROWS, this.#rows * 2);
	}

	/**
	 * The server failed, or could not take this much. It may be ill, or one mutation may be too much for it each time, which must
	 * not hold up the others: the batch is halved down to one; a lone one is left out of the next request, to see whether the server
	 * is well without it; if that happens five times, it goes to the tray.
	 */
	async #suspect(push: readonly PushedMutation[]): Promise<void> {
		if (push.length > 1) this.#push = Math.ceil(push.length / 2);
		const [lone] = push;
		if (push.length !== 1 || !lone) return;
		this.#probing = true;
		this.#push = 1;
		const failures = (this.#loneFailures.get(lone.mid) ?? 0) + 1;
		this.#loneFailures.set(lone.mid, failures);
		if (failures < MAX_LONE_FAILURES) return;
		this.#loneFailures.delete(lone.mid);
		await setAside(this.#parts.db, lone.mid);
	}
}

/** The server was set back to before what this phone had been told when it asked. */
function hasForgotten({ wire }: BuiltRequest, { last_n }: SyncResponse): boolean {
	return last_n < wire.acked;
}

/** Start of the window, in the form in which rows are stored. */
function sinceOf({ since }: SyncResponse): string {
	return since ? new Date(since).toISOString() : '';
}

/** Device clock minus server clock, taking the server's time as of half-way; null when the exchange was too long or a clock jumped. */
function measureOffset(serverNow: string, sentAtMs: number, receivedAtMs: number): number | null {
	const serverMs = Date.parse(serverNow);
	const tookMs = receivedAtMs - sentAtMs;
	if (Number.isNaN(serverMs) || tookMs < 0 || tookMs > MAX_CLOCK_EXCHANGE_MS) return null;
	return Math.round(sentAtMs + tookMs / 2 - serverMs);
}
