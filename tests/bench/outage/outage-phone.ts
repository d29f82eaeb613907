/**
 * A phone that comes back from an outage: the engine's own scheduler and its own road to the server, without a store. Batches, numbers
 * and halving are those of cycle.ts; what it holds is a list in memory, so that a thousand of them fit beside the server.
 */
import { randomUUID } from 'node:crypto';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { PushedMutation, SyncResponse } from '#lib/protocol/sync.ts';
import { APP_SCHEMA, MAX_PUSH, PROTOCOL_VERSION } from '#lib/protocol/sync.ts';
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { CycleOutcome } from '#lib/sync/cycle.ts';
import { browserClock, browserRandom } from '#lib/sync/environment.ts';
import { Scheduler } from '#lib/sync/scheduler.ts';
import type { PostgrestServer } from '../../fixtures/postgrest-server.ts';
import { memoryStorage } from '../../sync/support/backend.ts';
import type { Worker } from './district.ts';

export interface Call {
	readonly ms: number;
	/** `ok`, or how it failed. */
	readonly kind: string;
	readonly sent: number;
}

export class OutagePhone {
	readonly edits: PushedMutation[];
	readonly calls: Call[] = [];
	readonly verdicts = new Map<string, string>();
	readonly #port: RpcPort;
	readonly #client = randomUUID();
	readonly #scheduler: Scheduler;
	#epoch: string | null = null;
	#cursors: Record<string, number> = {};
	#turn = 0;
	#ackedN = 0;
	#batch = MAX_PUSH;
	#waiting: PushedMutation[];
	#done: () => void = () => undefined;

	constructor(server: PostgrestServer, { userId, caseIds }: Worker, edits: number) {
		const sessions = new SessionStore(memoryStorage());
		sessions.write({
			userId,
			email: 'somebody@example.org',
			accessToken: server.tokenFor(userId),
			refreshToken: 'none',
			expiresAtMs: Date.now() + 24 * 3_600_000
		});
		const config = {
			supabaseUrl: server.url,
			publishableKey: server.publishableKey,
			version: 'bench',
			demo: false
		};
		this.#port = new RpcPort({ config, sessions }, userId);
		this.edits = Array.from({ length: edits }, (_, index) => anEdit(index, caseIds));
		this.#waiting = [...this.edits];
		this.#scheduler = new Scheduler({
			clock: browserClock,
			network: {
				online: () => true,
				visible: () => true,
				saving: () => false,
				onChange: () => () => undefined
			},
			random: browserRandom,
			runCycle: (signal) => this.#cycle(signal),
			pokesLive: () => true,
			onChange: () => undefined,
			onWiped: () => undefined
		});
	}

	/** What it held before the outage. */
	async catchUp(): Promise<void> {
		for (;;) {
			const answer = await this.#ask([], new AbortController().signal);
			if (!answer.ok) throw new Error(`The first sync failed: ${answer.kind}`);
			if (!Object.values(answer.value.buckets).some(({ more }) => more)) break;
		}
		this.calls.length = 0;
	}

	/** The line is back. Resolves when nothing waits any more. */
	async comeBack(): Promise<void> {
		const drained = new Promise<void>((resolve) => (this.#done = resolve));
		this.#scheduler.lead();
		await drained;
		await this.#scheduler.stop();
	}

	async #cycle(signal: AbortSignal): Promise<CycleOutcome> {
		const push = this.#waiting.slice(0, this.#batch);
		const answer = await this.#ask(push, signal);
		if (!answer.ok) {
			if (['timeout', 'too_large', 'server'].includes(answer.kind))
				this.#batch = Math.max(1, Math.ceil(this.#batch / 2));
			return { kind: 'failed', problem: answer.kind, retryAfterMs: answer.retryAfterMs };
		}
		this.#batch = Math.min(MAX_PUSH, this.#batch * 2);
		const again =
			this.#waiting.length > 0 || Object.values(answer.value.buckets).some(({ more }) => more);
		if (!again) this.#done();
		return {
			kind: 'done',
			again,
			changed: true,
			releaseInMs: null,
			completeShare: 1,
			problem: null
		};
	}

	async #ask(
		push: readonly PushedMutation[],
		signal: AbortSignal
	): Promise<RemoteAnswer<SyncResponse>> {
		const startMs = performance.now();
		const answer = await this.#port.sync(
			{
				v: PROTOCOL_VERSION,
				schema: APP_SCHEMA,
				epoch: this.#epoch,
				client: this.#client,
				turn: this.#turn,
				acked: this.#ackedN,
				push: [...push],
				cursors: this.#cursors
			},
			signal
		);
		const kind = answer.ok ? 'ok' : answer.kind;
		this.calls.push({ ms: performance.now() - startMs, kind, sent: push.length });
		if (answer.ok) this.#take(answer.value);
		return answer;
	}

	#take({ epoch, turn, buckets, results }: SyncResponse): void {
		this.#epoch = epoch;
		this.#turn = turn ?? 0;
		for (const [bucket, { seq }] of Object.entries(buckets)) this.#cursors[bucket] = seq;
		const answered = new Map(results.map(({ n, verdict }) => [n, verdict]));
		for (const { n, mid } of this.#waiting) {
			const verdict = answered.get(n);
			if (verdict) this.verdicts.set(mid, verdict);
		}
		this.#waiting = this.#waiting.filter(({ n }) => !answered.has(n));
		this.#ackedN = Math.max(this.#ackedN, ...answered.keys());
	}
}

/** A day's work without signal: of five, three vital signs, a record and a message. */
function anEdit(index: number, caseIds: readonly string[]): PushedMutation {
	const at = new Date().toISOString();
	const row = { id: randomUUID(), case_id: caseIds[Math.floor(index / 5) % caseIds.length] };
	const [name, more] =
		index % 5 < 3
			? ['measurement.add', { kind: 'pulse', value: 60 + (index % 40), measured_at: at }]
			: index % 5 === 3
				? ['visit_record.add', { note: '個案今日精神尚可，午餐吃完，已提醒服藥。' }]
				: ['message.send', { audience: 'circle', body: '今天一切都好。' }];
	return { n: index + 1, mid: randomUUID(), name, args: { row: { ...row, ...more } }, base: 0, at };
}
