/** The engine's round asked for from outside: by pg_cron and pg_net, or any clock that can send a request (docs/escalation.md). */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Environment } from '#lib/server/config.ts';
import { StartupProblem } from '#lib/server/startup-problem.ts';
import type { Engine } from './engine.ts';

/** Letters; as many as 32 bytes of chance need in base64. */
const SHORTEST_SECRET = 32;
/** Milliseconds; after a disaster there is more to say than one request may wait for, and the next one goes on. */
const LIMIT_MS = 25_000;

/** Null where nobody shall ask. @throws {StartupProblem} one that could be guessed */
export function readTickSecret(env: Environment): string | null {
	const secret = env['ENGINE_TICK_SECRET'] || null;
	if (secret !== null && secret.length < SHORTEST_SECRET)
		throw new StartupProblem(
			`ENGINE_TICK_SECRET has to have ${SHORTEST_SECRET} letters or more; make one with: openssl rand -base64 32`
		);
	return secret;
}

/**
 * One round, which may be asked for as often as one likes, by several at once. Answers when all that was due is said and written down, or after 25 seconds:
 * a server that sleeps when nobody asks may sleep from then on. 200 with how many steps were rung and messages taken on, for whoever reads the log of the
 * clock that asks; 202 when it is not done yet. 404 where no secret is set or no engine runs, 401 for another one.
 */
export async function answerTick(
	request: Request,
	secret: string | null,
	engine: Pick<Engine, 'tick' | 'settled'> | null
): Promise<Response> {
	if (secret === null || engine === null) return answer(404);
	const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
	if (!timingSafeEqual(digest(given), digest(secret))) return answer(401);
	let limit: NodeJS.Timeout | undefined;
	const tooLong = new Promise<null>((resolve) => {
		limit = setTimeout(() => resolve(null), LIMIT_MS);
	});
	const said = engine.tick().then(async (round) => {
		await engine.settled();
		return round;
	});
	const round = await Promise.race([said, tooLong]).finally(() => clearTimeout(limit));
	return round === null ? answer(202) : answer(200, JSON.stringify(round));
}

function answer(status: number, body: string | null = null): Response {
	const type = body === null ? undefined : { 'content-type': 'application/json' };
	return new Response(body, { status, headers: { 'cache-control': 'no-store', ...type } });
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
