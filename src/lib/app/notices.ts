/** Notices on this phone: the browser's subscription and the server's knowledge of it, kept the same. Loaded when it is needed. */
import type {
	LastState,
	NoticeFacts,
	NoticesPort,
	TurnOnOutcome
} from '#lib/features/settings/notices-port.ts';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import { Calls } from '#lib/remote/calls.ts';
import { pushCheck, pushForget, pushRegister, pushTest, type PushCheck } from '#lib/remote/push.ts';
import { fetchConfig, rememberedConfig } from '#lib/remote/server-config.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { canNotify, setTurnedOff } from './notice-wish.ts';
import { phoneMemory } from './phone-memory.ts';

/** @param clientId of the app on this phone */
export function noticesPort(userId: string, clientId: () => Promise<string | null>): NoticesPort {
	async function ask<Value>(
		question: (calls: Calls) => Promise<RemoteAnswer<Value>>
	): Promise<Value | null> {
		const config = rememberedConfig() ?? (await fetchConfig());
		if (config === null || !navigator.onLine) return null;
		const calls = new Calls({ config, sessions: new SessionStore(phoneMemory.storage) }, userId);
		const answer = await question(calls);
		return answer.ok ? answer.value : null;
	}

	async function look(): Promise<NoticeFacts> {
		const subscription = await currentSubscription();
		const endpoint = subscription?.endpoint ?? null;
		const check = await ask((calls) => pushCheck(calls, endpoint));
		const isSupported = canNotify();
		return {
			supported: isSupported,
			needsInstall: isIos() && !isInstalled(),
			permission: isSupported ? Notification.permission : 'default',
			subscribed: subscription !== null,
			server: check && {
				offers: check.key !== null,
				known: check.known && hasKey(subscription, check.key),
				tickedAt: check.ticked_at,
				askedAt: check.asked_at,
				last: lastOf(check)
			}
		};
	}

	async function turnOn(): Promise<TurnOnOutcome> {
		if ((await Notification.requestPermission()) !== 'granted') return 'not_allowed';
		setTurnedOff(userId, false, localStorage);
		return await subscribe();
	}

	async function subscribe(): Promise<TurnOnOutcome> {
		const client = await clientId();
		const check = await ask((calls) => pushCheck(calls, null));
		if (check === null || client === null) return 'unreachable';
		const { key } = check;
		if (key === null) return 'not_offered';
		const subscription = await subscriptionWith(key);
		if (subscription === null) return 'no_push_service';
		const { p256dh = '', auth = '' } = subscription.toJSON().keys ?? {};
		const { endpoint } = subscription;
		const registered = await ask(async (calls) => {
			return await pushRegister(calls, { client, endpoint, p256dh, auth, key });
		});
		return registered === null ? 'unreachable' : 'on';
	}

	return {
		look,
		turnOn,
		async turnOff() {
			setTurnedOff(userId, true, localStorage);
			const subscription = await currentSubscription();
			if (subscription === null) return;
			const { endpoint } = subscription;
			// Without a network the server learns it from the push service, with the next notice.
			await ask((calls) => pushForget(calls, endpoint));
			await subscription.unsubscribe();
		},
		async test() {
			const endpoint = (await currentSubscription())?.endpoint;
			if (endpoint === undefined) return false;
			return (await ask((calls) => pushTest(calls, endpoint))) !== null;
		}
	};
}

/**
 * At each start, where they are wanted (notice-wish.ts): browsers lose and renew subscriptions without a word, and servers change their key.
 * Whoever signs in on this phone is who is told on it from then on. Without a network nothing changes.
 */
export async function keepSubscribed(
	userId: string,
	clientId: () => Promise<string | null>
): Promise<void> {
	const port = noticesPort(userId, clientId);
	const { server } = await port.look();
	if (server?.offers && !server.known) await port.turnOn();
}

function isIos(): boolean {
	return /iPhone|iPad|iPod/.test(navigator.userAgent);
}

function isInstalled(): boolean {
	return window.matchMedia('(display-mode: standalone)').matches;
}

async function currentSubscription(): Promise<PushSubscription | null> {
	if (!canNotify()) return null;
	const registration = await navigator.serviceWorker.getRegistration();
	return (await registration?.pushManager.getSubscription()) ?? null;
}

/** One made with another key cannot be used: it makes way. Null when the push service does not answer. */
async function subscriptionWith(key: string): Promise<PushSubscription | null> {
	const { pushManager } = await navigator.serviceWorker.ready;
	const current = await pushManager.getSubscription();
	if (current && hasKey(current, key)) return current;
	await current?.unsubscribe();
	try {
		return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
	} catch (failure) {
		console.warn('The push service gave no subscription', failure);
		return null;
	}
}

function hasKey(subscription: PushSubscription | null, key: string | null): boolean {
	const used = subscription?.options.applicationServerKey;
	if (!used || key === null) return false;
	const text = btoa(String.fromCharCode(...new Uint8Array(used)));
	return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === key;
}

function lastOf({ last }: PushCheck): { state: LastState; at: string } | null {
	return last && { state: last.state, at: last.at };
}
