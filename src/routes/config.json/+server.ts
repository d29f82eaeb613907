/** Tells the app which Supabase to talk to, and what this browser's cookie says of its data: public values only. */
import { env as privateEnv } from '$env/dynamic/private';
import { env as publicEnv } from '$env/dynamic/public';
import { configResponse, publicConfig, readConfig } from '#lib/server/config.ts';
import { HELD_COOKIE, readHeld } from '#lib/server/held-cookie.ts';
import { embeddedBackend } from '#lib/server/process-backend.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, cookies }) => {
	const heldOn = readHeld(cookies.get(HELD_COOKIE));
	const config = readConfig({ ...privateEnv, ...publicEnv });
	if (config.kind === 'remote') {
		const known = publicConfig(config.supabaseUrl, config.publishableKey, false);
		return configResponse({ ...known, heldOn });
	}
	const { keys, info } = await embeddedBackend(config);
	return configResponse({ ...publicConfig(url.origin, keys.publishableKey, info.demo), heldOn });
};
