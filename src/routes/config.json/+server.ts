/** Tells the app which Supabase to talk to: public values only. */
import { env as privateEnv } from '$env/dynamic/private';
import { env as publicEnv } from '$env/dynamic/public';
import { configResponse, publicConfig, readConfig } from '#lib/server/config.ts';
import { embeddedBackend } from '#lib/server/process-backend.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
	const config = readConfig({ ...privateEnv, ...publicEnv });
	if (config.kind === 'remote') {
		return configResponse(publicConfig(config.supabaseUrl, config.publishableKey, false));
	}
	const { keys, info } = await embeddedBackend(config);
	return configResponse(publicConfig(url.origin, keys.publishableKey, info.demo));
};
