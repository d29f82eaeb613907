/** The composition root: joins the phone's memory, the server, updates and installation. Runs in the browser only. */
import { online } from 'svelte/reactivity/window';
import { dev } from '$app/environment';
import { goto } from '$app/navigation';
import { GO_TO } from '#lib/protocol/worker-messages.ts';
import { watchAbsence } from './auto-lock.ts';
import { after } from './after.ts';
import { HeldMark } from './held-mark.ts';
import { AppInstall } from './install.svelte.ts';
import { lazyServerAccess } from './lazy-server-access.ts';
import { Outdated } from './outdated.svelte.ts';
import { makeVerifier, passwordMatches } from './password-verifier.ts';
import { phoneMemory } from './phone-memory.ts';
import { askToPersist } from './phone-storage.ts';
import { preloadDoor } from './preload-door.ts';
import type { ServerAccess } from './server-access.ts';
import { ServerInfo } from './server-info.svelte.ts';
import { Session } from './session.svelte.ts';
import { AppUpdates, hasUnsavedDraft } from './updates.svelte.ts';
import { whenIdle } from './when-idle.ts';

const OPENING_AT_MOST_MS = 5_000;

export interface App {
	readonly session: Session;
	readonly server: ServerAccess;
	readonly serverInfo: ServerInfo;
	readonly updates: AppUpdates;
	readonly install: AppInstall;
	readonly outdated: Outdated;
	readonly heldMark: HeldMark;
	/** Reactive. */
	readonly isOnline: () => boolean;
}

/** Builds everything; nothing runs before `startApp`. */
export function createApp(): App {
	const server = lazyServerAccess();
	const outdated = new Outdated();
	const isOnline = () => online.current ?? true;
	const heldMark = new HeldMark({
		storage: localStorage,
		tell: async (holds) => {
			const { tellHeld } = await import('#lib/remote/held.ts');
			return await tellHeld(holds);
		}
	});
	const session = new Session({
		storage: phoneMemory.storage,
		nowMs: () => Date.now(),
		online: isOnline,
		server,
		// The engine and the store are not needed to show the sign-in screen.
		open: async (me, listeners) => {
			const { openWorkspace } = await import('./open-workspace.ts');
			return await openWorkspace(me, listeners, () => (outdated.isOutdated = true), heldMark);
		},
		erase: async (userId) => {
			const { erasePerson } = await import('./erase.ts');
			await erasePerson(userId, server);
			if (session.record.users.every(({ me }) => me.userId === userId)) void heldMark.clear();
		},
		passwords: {
			makeVerifier: (password) => makeVerifier(password, (bytes) => crypto.getRandomValues(bytes)),
			matches: passwordMatches
		},
		askToPersist
	});
	const updates = new AppUpdates({
		pauseSync: () => session.pauseSync(),
		resumeSync: () => session.resumeSync(),
		hasUnsavedDraft: () => hasUnsavedDraft(document),
		reload: () => location.reload()
	});
	return {
		session,
		server,
		serverInfo: new ServerInfo(),
		updates,
		install: new AppInstall(window),
		outdated,
		heldMark,
		isOnline
	};
}

/** Opens what this phone remembers, then looks after lock and updates. Answers a function that ends it. */
export function startApp({ session, serverInfo, updates, heldMark }: App): () => void {
	const onStorage = ({ key }: StorageEvent) => void session.recordChanged(key);
	const onVisible = () => {
		if (document.visibilityState === 'visible') void updates.check();
	};
	// A tap on a notice, while a window is open.
	const onWorker = ({
		data
	}: MessageEvent<{ readonly type?: unknown; readonly path?: unknown } | null>) => {
		if (data?.type === GO_TO && typeof data.path === 'string') void goto(data.path);
	};
	navigator.serviceWorker?.addEventListener('message', onWorker);
	window.addEventListener('storage', onStorage);
	document.addEventListener('visibilitychange', onVisible);
	const unwatch = watchAbsence(document, localStorage, () => session.lock());
	const opening = phoneMemory
		.restore()
		.then(() => session.start())
		.catch((failure: unknown) => console.error('The app did not start', failure));
	// Not for ever: a store that does not answer must not keep out the update that mends it.
	void Promise.race([opening, after(OPENING_AT_MOST_MS)])
		.then(whenIdle)
		.then(() => {
			const asked = serverInfo.refresh().then(() => {
				// Everybody signed out, and the server was not told.
				const isEmpty = session.phase === 'closed' && session.record.users.length === 0;
				if (serverInfo.heldOn !== null && isEmpty && !session.isBlank) void heldMark.clear();
			});
			asked.catch((failure: unknown) => {
				// Its code is not on this phone yet and there is no network: the next start asks again.
				console.warn('The server was not asked what it is', failure);
			});
			// The worker is made by the build; in development there is none.
			if (!dev && 'serviceWorker' in navigator) {
				void registerWorker(updates);
				if (session.workspace === null)
					preloadDoor().catch((failure: unknown) => {
						console.warn('Code was not read in advance', failure);
					});
			} else updates.state = 'unsupported';
		});
	return () => {
		navigator.serviceWorker?.removeEventListener('message', onWorker);
		window.removeEventListener('storage', onStorage);
		document.removeEventListener('visibilitychange', onVisible);
		unwatch();
	};
}

async function registerWorker(updates: AppUpdates): Promise<void> {
	try {
		await updates.register(async () => {
			const { Workbox } = await import('workbox-window');
			return new Workbox('/service-worker.js');
		});
	} catch (failure) {
		// Private windows and blocked storage refuse it; the app then works online only.
		console.warn('The service worker was not registered', failure);
		updates.state = 'unsupported';
	}
}
