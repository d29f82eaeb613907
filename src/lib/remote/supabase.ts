/** supabase-js, loaded when it is first needed and never before: it is not part of the first load. */
import type { AuthClient as AuthClientClass, SupabaseClient } from '@supabase/supabase-js';
import { observingFetch } from './exchange.ts';
import type { ServerConfig } from './server-config.ts';

export interface SupabaseParts {
	readonly config: ServerConfig;
	/** The token to send; must answer at once, without network. */
	readonly accessToken: () => string | null;
	readonly fetch?: typeof fetch;
}

export class LazySupabase {
	readonly #parts: SupabaseParts;
	#client: Promise<SupabaseClient> | null = null;

	constructor(parts: SupabaseParts) {
		this.#parts = parts;
	}

	/** @throws {TypeError} when the code itself cannot be loaded (no network before the app was cached) */
	async client(): Promise<SupabaseClient> {
		this.#client ??= this.#load();
		try {
			return await this.#client;
		} catch (failure) {
			this.#client = null;
			throw failure;
		}
	}

	async #load(): Promise<SupabaseClient> {
		const { createClient } = await import('@supabase/supabase-js');
		const { config, accessToken, fetch: ownFetch = fetch } = this.#parts;
		return createClient(config.supabaseUrl, config.publishableKey, {
			// supabase-js's own session handling waits 25 s for the network when it is gone; ours never waits (session-store.ts, auth.ts).
			accessToken: () => Promise.resolve(accessToken()),
			global: { fetch: observingFetch((input, init) => ownFetch(input, init)) }
		});
	}
}

export type AuthClient = InstanceType<typeof AuthClientClass>;

/** Signing in and up; keeps nothing itself. */
export async function loadAuthClient({
	config,
	fetch: ownFetch
}: Pick<SupabaseParts, 'config' | 'fetch'>): Promise<AuthClient> {
	const { AuthClient } = await import('@supabase/supabase-js');
	return new AuthClient({
		url: `${config.supabaseUrl}/auth/v1`,
		headers: { apikey: config.publishableKey },
		autoRefreshToken: false,
		persistSession: false,
		detectSessionInUrl: false,
		...(ownFetch ? { fetch: ownFetch } : {})
	});
}
