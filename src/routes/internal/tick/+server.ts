/** POST with the secret: the engine looks what is due. */
import { env as privateEnv } from '$env/dynamic/private';
import { env as publicEnv } from '$env/dynamic/public';
import { pushWords } from '#lib/features/emergencies/push-words.ts';
import { readConfig } from '#lib/server/config.ts';
import { processEngine } from '#lib/server/notifier/process-engine.ts';
import { answerTick, readTickSecret } from '#lib/server/notifier/tick-door.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request }) => {
	const env = { ...privateEnv, ...publicEnv };
	const engine = await processEngine(readConfig(env), env, pushWords);
	return await answerTick(request, readTickSecret(env), engine);
};
