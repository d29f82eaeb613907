/** Single questions to the server that a person waits for: invitations, devices, who am I. Sync has its own road (rpc-port.ts). */
import * as v from 'valibot';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { AuthParts } from './auth.ts';
import { renewSession } from './auth.ts';
import type { PostgrestAnswer } from './exchange.ts';
import { exchange, garbled } from './exchange.ts';
import { LazySupabase } from './supabase.ts';

type Client = Awaited<ReturnType<LazySupabase['client']>>;
/** One request; must give the signal to postgrest-js. */
export type Question = (client: Client, signal: AbortSignal) => PromiseLike<PostgrestAnswer>;

/** A person looks at a spinner meanwhile. */
const LIMIT_MS = 20_000;

export class Calls {
	readonly #auth: AuthParts;
	readonly #userId: string | null;
	readonly #supabase: LazySupabase;

	/** @param userId null asks as nobody, for what needs no account */
	constructor(auth: AuthParts, userId: string | null) {
		this.#auth = auth;
		this.#userId = userId;
		const { config, sessions, fetch: ownFetch } = auth;
		const accessToken = () =>
			userId === null ? null : (sessions.read(userId)?.accessToken ?? null);
		this.#supabase = new LazySupabase({ config, accessToken, fetch: ownFetch });
	}

	/** An RPC by name. */
	async rpc<Value>(
		name: string,
		args: Readonly<Record<string, unknown>>,
		schema: v.GenericSchema<unknown, Value>,
		limitMs?: number
	): Promise<RemoteAnswer<Value>> {
		return await this.ask(
			(client, signal) => client.rpc(name, args).abortSignal(signal),
			schema,
			limitMs
		);
	}

	/** Asks once more with a fresh token when the old one has run out. */
	async ask<Value>(
		question: Question,
		schema: v.GenericSchema<unknown, Value>,
		limitMs = LIMIT_MS
	): Promise<RemoteAnswer<Value>> {
		const first = await this.#once(question, schema, limitMs);
		if (first.ok || first.kind !== 'unauthenticated' || this.#userId === null) return first;
		const renewed = await renewSession(this.#auth, this.#userId);
		return renewed === 'renewed' ? await this.#once(question, schema, limitMs) : first;
	}

	async #once<Value>(
		question: Question,
		schema: v.GenericSchema<unknown, Value>,
		limitMs: number
	): Promise<RemoteAnswer<Value>> {
		const client = await this.#supabase.client().catch(() => null);
		if (!client) {
			return {
				ok: false,
				kind: 'offline',
				retryAfterMs: null,
				code: null,
				bytesSent: 0,
				bytesReceived: 0
			};
		}
		const answer = await exchange(
			(signal) => question(client, signal),
			new AbortController().signal,
			limitMs
		);
		if (!answer.ok) return answer;
		const parsed = v.safeParse(schema, answer.data);
		if (!parsed.success) return garbled(answer);
		const { bytesSent, bytesReceived } = answer;
		return { ok: true, value: parsed.output, bytesSent, bytesReceived };
	}
}
