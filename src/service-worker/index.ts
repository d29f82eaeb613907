/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/** Keeps the app itself on the phone, so that it opens without a network, and shows notices while it is closed. Never stores an answer of the API. */
import { build, files, version } from '$service-worker';
import { addRoute, cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';
import { emergencyFacts } from '#lib/db/emergency-facts.ts';
import { GO_TO } from '#lib/protocol/worker-messages.ts';
import { takeMove, type Moved } from './moved.ts';
import { isAppNavigation, SHELL_PATH } from './navigation.ts';
import type { Notice } from './notice.ts';
import { takePush, takeTap } from './push.ts';

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

worker.addEventListener('push', (event) => {
	const show = ({ title, options }: Notice) => worker.registration.showNotification(title, options);
	event.waitUntil(takePush(event, { facts: emergencyFacts, show, tell: tellServer }));
});

worker.addEventListener('pushsubscriptionchange', (event) => {
	// The types of a worker's events do not know it yet.
	const moved = event as ExtendableEvent & Moved;
	const { pushManager } = worker.registration;
	moved.waitUntil(
		takeMove(
			moved,
			(options) => pushManager.subscribe(options),
			(request) => callServer('push_move', request)
		)
	);
});

worker.addEventListener('notificationclick', (event) => {
	event.notification.close();
	event.waitUntil(
		takeTap(event.notification.data, event.action, { open: openApp, tell: tellServer })
	);
});

// After the listener above: the first one to answer wins.
addRoute();

async function shell(request: Request): Promise<Response> {
	return (await matchPrecache(SHELL_PATH)) ?? fetch(request);
}

/** A window that is open goes there itself, without loading anew: what somebody is typing stays. */
async function openApp(path: string): Promise<void> {
	const [open] = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
	if (!open) {
		await worker.clients.openWindow(path);
		return;
	}
	open.postMessage({ type: GO_TO, path });
	await open.focus();
}

async function tellServer(token: string, state: 'shown' | 'opened'): Promise<void> {
	await callServer('push_receipt', { token, state });
}

/** What is said carries its own proof: nobody need be signed in. @throws {TypeError} no network */
async function callServer(name: 'push_receipt' | 'push_move', request: object): Promise<void> {
	const config: unknown = await (await fetch('/config.json')).json();
	// Made by the server of this app.
	const { supabaseUrl, publishableKey } = config as Record<string, string>;
	await fetch(`${supabaseUrl}/rest/v1/rpc/${name}`, {
		method: 'POST',
		headers: { apikey: String(publishableKey), 'content-type': 'application/json' },
		body: JSON.stringify({ request }),
		keepalive: true
	});
}
