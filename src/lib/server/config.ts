/** Which Supabase this server uses, read from the environment. */
import { StartupProblem } from './startup-problem.ts';
import packageJson from '../../../package.json' with { type: 'json' };

export type Environment = Readonly<Record<string, string | undefined>>;

export interface RemoteConfig {
	kind: 'remote';
	supabaseUrl: string;
	publishableKey: string;
}

export interface EmbeddedConfig {
	kind: 'embedded';
	dataDir: string;
	migrationsDir: string;
	/** Fill a new data folder with the demo organisations. */
	demo: boolean;
}

export type ServerConfig = RemoteConfig | EmbeddedConfig;

/** What `GET /config.json` tells the app: public values only. */
export interface PublicConfig {
	supabaseUrl: string;
	publishableKey: string;
	version: string;
	/** The demo's published accounts may be offered at sign-in. */
	demo: boolean;
	/** Taipei day on which this browser last held data, as its cookie says (held-cookie.ts). */
	heldOn?: string | null;
}

/** @throws StartupProblem when the Supabase variables are not both there: a guess would hide a typo. */
export function readConfig(env: Environment): ServerConfig {
	const supabaseUrl = env.PUBLIC_SUPABASE_URL?.replace(/\/+$/, '');
	const publishableKey = env.PUBLIC_SUPABASE_PUBLISHABLE_KEY;
	if (supabaseUrl && publishableKey) {
		if (!URL.canParse(supabaseUrl)) {
			throw new StartupProblem(
				`PUBLIC_SUPABASE_URL is not an address (${supabaseUrl}); it looks like https://abcd.supabase.co.`
			);
		}
		return { kind: 'remote', supabaseUrl, publishableKey };
	}
	if (supabaseUrl || publishableKey) {
		throw new StartupProblem(
			'Only one of PUBLIC_SUPABASE_URL and PUBLIC_SUPABASE_PUBLISHABLE_KEY is set; set both, or neither of them.'
		);
	}
	return {
		kind: 'embedded',
		dataDir: env.DATA_DIR || '.data',
		migrationsDir: 'supabase/migrations',
		demo: env.CONNECT10_DEMO !== 'off'
	};
}

/**
 * The address at which others reach this server; null when it is not said.
 *
 * @throws StartupProblem what is no address of a website
 */
export function publicOrigin(env: Environment): string | null {
	const given = env['ORIGIN']?.trim();
	if (!given) return null;
	const address = URL.parse(given);
	if (address === null || !/^https?:$/.test(address.protocol)) {
		throw new StartupProblem(
			`ORIGIN is not the address of a website (${given}); it looks like https://care.example.org. Leave it out if there is no proxy.`
		);
	}
	return address.origin;
}

/** The origin that the app's requests go to, when it is not the app's own. */
export function foreignOrigin(config: ServerConfig): string | null {
	return config.kind === 'remote' ? new URL(config.supabaseUrl).origin : null;
}

export function publicConfig(
	supabaseUrl: string,
	publishableKey: string,
	demo: boolean
): PublicConfig {
	return { supabaseUrl, publishableKey, version: packageJson.version, demo };
}

export function configResponse(config: PublicConfig): Response {
	return Response.json(config, { headers: { 'cache-control': 'no-store' } });
}
