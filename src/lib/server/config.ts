/** Which Supabase this server uses, read from the environment. */
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
}

/** @throws Error when only one of the two Supabase variables is set: a guess would hide a typo. */
export function readConfig(env: Environment): ServerConfig {
	const supabaseUrl = env.PUBLIC_SUPABASE_URL?.replace(/\/+$/, '');
	const publishableKey = env.PUBLIC_SUPABASE_PUBLISHABLE_KEY;
	if (supabaseUrl && publishableKey) return { kind: 'remote', supabaseUrl, publishableKey };
	if (supabaseUrl || publishableKey) {
		throw new Error(
			'Set both PUBLIC_SUPABASE_URL and PUBLIC_SUPABASE_PUBLISHABLE_KEY, or neither of them.'
		);
	}
	return {
		kind: 'embedded',
		dataDir: env.DATA_DIR || '.data',
		migrationsDir: 'supabase/migrations',
		demo: env.CONNECT10_DEMO !== 'off'
	};
}

export function publicConfig(supabaseUrl: string, publishableKey: string): PublicConfig {
	return { supabaseUrl, publishableKey, version: packageJson.version };
}

export function configResponse(config: PublicConfig): Response {
	return Response.json(config, { headers: { 'cache-control': 'no-store' } });
}
