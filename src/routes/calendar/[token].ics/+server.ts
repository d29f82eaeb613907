/** GET: the visits of whoever made this address, for a phone's own calendar. Whoever holds the address may read it. */
import { env as privateEnv } from '$env/dynamic/private';
import { env as publicEnv } from '$env/dynamic/public';
import { visitEventWords } from '#lib/features/settings/visit-event-words.ts';
import { calendarFeed } from '#lib/server/calendar-feed.ts';
import { readConfig } from '#lib/server/config.ts';
import { embeddedBackend } from '#lib/server/process-backend.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url, fetch }) => {
	const config = readConfig({ ...privateEnv, ...publicEnv });
	const database =
		config.kind === 'remote'
			? config
			: {
					supabaseUrl: url.origin,
					publishableKey: (await embeddedBackend(config)).keys.publishableKey
				};
	return await calendarFeed(params.token, {
		supabaseUrl: database.supabaseUrl,
		publishableKey: database.publishableKey,
		fetch,
		now: new Date().toISOString(),
		wordsOf: (of) => visitEventWords(of === 'en' ? 'en' : 'zh-TW')
	});
};
