/** The engine's road to the server: rpc('sync') and rpc('history') through supabase-js, and the session behind them. */
import * as v from 'valibot';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type {
	HistoryRequest,
	HistoryResponse,
	SyncRequest,
	SyncResponse
} from '#lib/protocol/sync.ts';
import { historyResponseSchema, syncResponseSchema } from '#lib/protocol/sync.ts';
import type { AuthParts } from './auth.ts';
import { renewSession } from './auth.ts';
import { exchange, garbled } from './exchange.ts';
import { RealtimePokes } from './realtime.ts';
import { LazySupabase } from './supabase.ts';

/** A slow 2G line carries a first page in this time; past it, the next request asks for half. */
const SYNC_LIMIT_MS = 60_000;
const CALL_LIMIT_MS = 20_000;
const EXPIRY_MARGIN_MS = 30_000;

export class RpcPort {
	readonly pokes: RealtimePokes;
	readonly #auth: AuthParts;
	readonly #userId: string;
	readonly #supabase: LazySupabase;

	constructor(auth: AuthParts, userId: string) {
		this.#auth = auth;
		this.#userId = userId;
		const { config, sessions, fetch: ownFetch } = auth;
		this.#supabase = new LazySupabase({
			config,
			fetch: ownFetch,
			accessToken: () => sessions.read(userId)?.accessToken ?? null
		});
		this.pokes = new RealtimePokes(this.#supabase);
	}

	async sync(request: SyncRequest, signal: AbortSignal): Promise<RemoteAnswer<SyncResponse>> {
		return await this.#call('sync', request, syncResponseSchema, signal, SYNC_LIMIT_MS);
	}

	async history(
		request: HistoryRequest,
		signal: AbortSignal
	): Promise<RemoteAnswer<HistoryResponse>> {
		return await this.#call('history', request, historyResponseSchema, signal, CALL_LIMIT_MS);
	}

	async renewSession(): Promise<'renewed' | 'ended' | 'unreachable'> {
		return await renewSession(this.#auth, this.#userId);
	}

	async confirmWipe(clientId: string): Promise<void> {
		const supabase = await this.#supabase.client();
		const { error } = await supabase.rpc('confirm_wipe', { client_id: clientId });
		if (error) console.warn('The server was not told of the wipe', error.message);
	}

	/** Calls an RPC that takes one argument `request`, and checks what comes back. */
	async #call<Value>(
		name: string,
		request: unknown,
		schema: v.GenericSchema<unknown, Value>,
		signal: AbortSignal,
		limitMs: number
	): Promise<RemoteAnswer<Value>> {
		const session = await this.#usableSession();
		if (session !== 'renewed') return unsent(session === 'ended' ? 'unauthenticated' : 'offline');
		const supabase = await this.#supabase.client().catch(() => null);
		if (!supabase) return unsent('offline');
		const answer = await exchange(
			// The engine decides when to try again; postgrest-js must not on its own.
			(bounded) => supabase.rpc(name, { request }).abortSignal(bounded).retry(false),
			signal,
			limitMs
		);
		if (!answer.ok) return answer;
		const { bytesSent, bytesReceived } = answer;
		const parsed = v.safeParse(schema, answer.data);
		if (!parsed.success) return garbled(answer);
		return { ok: true, value: parsed.output, bytesSent, bytesReceived };
	}

	/** A token that is about to expire is renewed before it is sent: a refused round trip costs seconds on a bad line. */
	async #usableSession(): Promise<'renewed' | 'ended' | 'unreachable'> {
		const session = this.#auth.sessions.read(this.#userId);
		if (!session) return 'ended';
		const expires = session.expiresAtMs - Date.now() < EXPIRY_MARGIN_MS;
		return expires ? await this.renewSession() : 'renewed';
	}
}

function unsent(kind: 'unauthenticated' | 'offline'): RemoteAnswer<never> {
	return { ok: false, kind, retryAfterMs: null, code: null, bytesSent: 0, bytesReceived: 0 };
}
