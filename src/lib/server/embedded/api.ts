/** The HTTP side of the embedded Supabase: `/auth/v1` and `/rest/v1`, and nothing else of lite. */
import { App, ConsoleEmailDriver } from '@supabase/lite';
import { handleAdmin, isAdminPath } from './admin-users.ts';
import { guardAuth } from './auth-guard.ts';
import type { Database } from './database.ts';
import type { InstanceKeys } from './keys.ts';
import { withoutErrorOutput } from './lite-adjustments.ts';
import { readBody } from './request-body.ts';
import { compressed, problem } from './responses.ts';
import { createThrottle, DEFAULT_LIMITS, type ThrottleLimits } from './throttle.ts';

/** Past this many requests in the queue for the one database session, phones are told to wait. */
const MAX_QUEUE = 200;
/** Who has waited this long has given up, and asks again: doing the work now would double it. */
const MAX_WAIT_MS = 30_000;
const ACCESS_TOKEN_LIFETIME_S = 3600;

export interface ApiOptions {
	database: Database;
	keys: InstanceKeys;
	limits?: Partial<ThrottleLimits>;
}

export interface Api {
	/** @param address The client's network address, from the socket or a trusted proxy. */
	handle(request: Request, address: string): Promise<Response>;
}

function isApiPath(pathname: string): boolean {
	return pathname.startsWith('/auth/v1/') || pathname.startsWith('/rest/v1/');
}

export function createApi({ database, keys, limits }: ApiOptions): Api {
	const throttle = createThrottle({ ...DEFAULT_LIMITS, ...limits }, Date.now);
	const app = new App({
		connection: database.connection,
		auth: {
			enabled: true,
			enable_signup: true,
			jwt_secret: keys.jwtSecret,
			publishable_key: keys.publishableKey,
			secret_key: keys.secretKey,
			jwt_expiry: ACCESS_TOKEN_LIFETIME_S,
			minimum_password_length: 8,
			email: { enable_confirmations: false }
		},
		api: { enabled: true, schemas: ['public'], max_rows: 1000 },
		storage: { enabled: false },
		studio: { enabled: false },
		options: {
			server: { admin: false, disableStudio: true },
			drivers: { email: new ConsoleEmailDriver({ silent: true }) }
		}
	});

	return {
		async handle(request, address) {
			const url = new URL(request.url);
			if (!isApiPath(url.pathname)) return problem(404, 'not_found', 'There is nothing here.');
			const read = await readBody(request);
			if ('refused' in read) return read.refused;
			if (database.gate.load >= MAX_QUEUE) {
				return busy();
			}
			if (isAdminPath(url.pathname)) {
				return sealed(await handleAdmin(database, keys.secretKey, request, read.body));
			}
			const forward = () => forwardTo(app, database, request, read.body);
			const answer = url.pathname.startsWith('/auth/v1/')
				? await guardAuth({ request, url, body: read.body, address }, throttle, forward)
				: await forward();
			return compressed(request, sealed(answer));
		}
	};
}

function forwardTo(
	app: App,
	database: Database,
	request: Request,
	body: Uint8Array<ArrayBuffer>
): Promise<Response> {
	const bodiless = request.method === 'GET' || request.method === 'HEAD';
	const copy = new Request(request.url, {
		method: request.method,
		headers: request.headers,
		...(bodiless ? {} : { body })
	});
	const queuedAt = performance.now();
	return database.gate.run(async () => {
		if (performance.now() - queuedAt > MAX_WAIT_MS || request.signal.aborted) return busy();
		const response = await withoutErrorOutput(() => app.fetch(copy, { peerAddress: null }));
		if (response.status >= 500) {
			console.error(`${request.method} ${new URL(request.url).pathname}: ${response.status}`);
		}
		// Read to its end while the session is held, in case the body is made as it is read.
		const bytes = response.body === null ? null : await response.arrayBuffer();
		return new Response(bytes, { status: response.status, headers: response.headers });
	});
}

function busy(): Response {
	return problem(503, 'busy', 'The server is busy. Try again soon.', { 'retry-after': '5' });
}

function sealed(response: Response): Response {
	response.headers.set('cache-control', 'no-store');
	response.headers.set('x-content-type-options', 'nosniff');
	return response;
}
