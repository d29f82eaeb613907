/** The engine's three doors in the database (migration 001200), through supabase-js with the secret key. */
import { createClient, type PostgrestSingleResponse } from '@supabase/supabase-js';
import type { PushAbout } from '#lib/domain/notice-kind.ts';

export interface VapidKeys {
	readonly public: string;
	readonly private: string;
}

export type Channel = 'push' | 'second';

/** One attempt that is due, leased to whoever asked. */
export interface Delivery {
	readonly id: string;
	readonly token: string;
	readonly kind: 'emergency' | 'test' | 'notice';
	/** Of a notice: its sort. */
	readonly about: PushAbout | null;
	/** The emergency, the test, or the notice. */
	readonly subject: string;
	readonly severity: 'yellow' | 'orange' | 'red' | null;
	/** Who is told. */
	readonly user: string;
	readonly channel: Channel;
	/** This one included. */
	readonly attempts: number;
	/** Seconds that it is worth keeping. */
	readonly ttl_s: number;
	/** To be shown without a sound: this person's quiet hours. */
	readonly soft: boolean;
	readonly locale: string | null;
	/** Of the second channel. */
	readonly phone: string | null;
	/** Of a push; null when the phone has been forgotten meanwhile. */
	readonly endpoint: string | null;
	readonly p256dh: string | null;
	readonly auth: string | null;
}

/**
 * accepted: taken, which is not yet shown · gone: that phone is not there any more · refused: our key or name is not accepted, somebody
 * has to look · failed: it will never be taken · retry: later.
 */
export type Outcome =
	| { readonly outcome: 'accepted' | 'gone' | 'refused' | 'failed' }
	| { readonly outcome: 'retry'; readonly retry_s: number };

export type Result = { readonly id: string } & Outcome;

export interface Ticked {
	/** Steps of ladders that were due and are on their way now. */
	readonly rung: number;
	/** Parts of the round that could not be done, which holds up no alarm; the names of our own functions, and the database's codes. */
	readonly failed: readonly string[];
	readonly deliveries: readonly Delivery[];
}

export interface EnginePort {
	/** @returns the keys that count: those of the first server that ever started */
	start(offer: VapidKeys, second: boolean, hosts: readonly string[]): Promise<VapidKeys>;
	/** @param limit how many deliveries can be taken on; steps of ladders are rung in any case */
	tick(limit: number): Promise<Ticked>;
	settle(results: readonly Result[]): Promise<void>;
}

/** @throws {Error} from each call, with the database's code only: nothing of what was asked */
export function enginePort(
	supabaseUrl: string,
	secretKey: string,
	fetch: typeof globalThis.fetch
): EnginePort {
	const client = createClient(supabaseUrl, secretKey, {
		auth: { persistSession: false, autoRefreshToken: false },
		global: { fetch }
	});
	const call = async <T>(name: string, request: object): Promise<T> => {
		// The answer of one of our own functions (migration 001200).
		const { data, error } = (await client.rpc(name, { request })) as PostgrestSingleResponse<T>;
		if (error) throw new Error(`${name}: ${error.code || 'unreachable'}`);
		return data;
	};
	return {
		start: (offer, second, hosts) => call('engine_start', { ...offer, second, hosts }),
		tick: (limit) => call('engine_tick', { limit, lease_s: LEASE_S }),
		settle: async (results) => void (await call('engine_settle', { results }))
	};
}

/** Longer than any attempt takes; then somebody else tries. */
const LEASE_S = 60;
