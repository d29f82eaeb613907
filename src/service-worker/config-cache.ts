/** `/config.json` says which server to use: public values, asked for anew when there is a network, remembered for when there is none. */

export const CONFIG_PATH = '/config.json';

const CACHE_NAME = 'connect10-config';
/** One bar of signal may take for ever to say nothing. */
const WAIT_MS = 3_000;

/** Network first; the remembered answer when the network fails, is too slow, or gives something else than JSON (a captive portal). */
export async function answerConfig(
	request: Request,
	caches: CacheStorage,
	ask: (request: Request) => Promise<Response>
): Promise<Response> {
	const cache = await caches.open(CACHE_NAME);
	const fresh = ask(request).then(async (response) => {
		if (!isConfig(response)) return null;
		await cache.put(CONFIG_PATH, response.clone());
		return response;
	});
	const inTime = await Promise.race([fresh.catch(() => null), after(WAIT_MS)]);
	return (
		inTime ??
		(await cache.match(CONFIG_PATH)) ??
		(await fresh.catch(() => null)) ??
		Response.error()
	);
}

function isConfig(response: Response): boolean {
	return response.ok && (response.headers.get('content-type') ?? '').includes('json');
}

function after(delayMs: number): Promise<null> {
	return new Promise((resolve) => setTimeout(resolve, delayMs, null));
}
