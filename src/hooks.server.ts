/** SvelteKit's server side: the embedded Supabase behind its two paths, and the security headers. */
import { dev } from '$app/environment';
import { env as privateEnv } from '$env/dynamic/private';
import { env as publicEnv } from '$env/dynamic/public';
import type { Handle, ServerInit } from '@sveltejs/kit';
import { pushWords } from '#lib/features/emergencies/push-words.ts';
import { foreignOrigin, readConfig } from '#lib/server/config.ts';
import { joinPolicies, securityHeaders } from '#lib/server/http-headers.ts';
import { processEngine } from '#lib/server/notifier/process-engine.ts';
import { embeddedBackend } from '#lib/server/process-backend.ts';
import { StartupProblem } from '#lib/server/startup-problem.ts';

const config = () => readConfig({ ...privateEnv, ...publicEnv });

export const init: ServerInit = async () => {
	try {
		await processEngine(config(), { ...privateEnv, ...publicEnv }, pushWords);
	} catch (error) {
		// scripts/serve.mjs says it in the build; under `vite dev` nobody else would in plain words.
		if (!dev || !(error instanceof StartupProblem)) throw error;
		console.error(error.message);
		process.exit(1);
	}
};

export const handle: Handle = async ({ event, resolve }) => {
	const current = config();
	if (current.kind === 'embedded' && isApi(event.url.pathname)) {
		const backend = await embeddedBackend(current);
		return backend.handle(event.request, event.getClientAddress());
	}
	const response = await resolve(event);
	for (const [name, value] of Object.entries(securityHeaders(foreignOrigin(current)))) {
		const isPolicy = name === 'content-security-policy';
		response.headers.set(name, isPolicy ? joinPolicies(response.headers.get(name), value) : value);
	}
	// A kept page would ask for files of a build that is no more; offline, the worker's copy serves.
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-cache');
	return response;
};

/** Everything under the API's roots, so that what is not offered answers as an API does. */
function isApi(pathname: string): boolean {
	return /^\/(auth|rest|realtime|storage|functions)\/v1(\/|$)/.test(pathname);
}
