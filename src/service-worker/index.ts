/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/** Keeps the app itself on the phone, so that it opens without a network. Never stores an answer of the API. */
import { build, files, version } from '$service-worker';
import { addRoute, cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';
import { isAppNavigation, SHELL_PATH } from './navigation.ts';

// The library types `self` as a window; in a worker it is this.
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Asked for by the page when the person agrees to the update; never done at install, because an open page still needs its old chunks. */
const SKIP_WAITING = 'SKIP_WAITING';

precache([
	// Their names carry a hash of their content.
	...build.map((url) => ({ url, revision: null })),
	...files.map((url) => ({ url, revision: version })),
	// The one page that every address gets; it is in neither list, because it is made per request.
	{ url: SHELL_PATH, revision: version }
]);
cleanupOutdatedCaches();

worker.addEventListener('message', (event) => {
	// What a page posts has any shape; only this one word means something here.
	const data = event.data as { readonly type?: unknown } | null;
	if (data?.type === SKIP_WAITING) void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
	const { mode, method, url } = event.request;
	const { origin, pathname } = new URL(url);
	if (origin === worker.location.origin && isAppNavigation(mode, method, pathname)) {
		event.respondWith(shell(event.request));
	}
});

// After the listener above: the first one to answer wins.
addRoute();

async function shell(request: Request): Promise<Response> {
	return (await matchPrecache(SHELL_PATH)) ?? fetch(request);
}
