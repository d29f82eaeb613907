/** When the browser gives this phone a new address (Push API, "pushsubscriptionchange"), the server hears of it without the app being opened. */

/** What the server is told: the secret of the old address proves that it is the same phone. */
export interface MoveRequest {
	readonly was: { readonly endpoint: string; readonly auth: string };
	readonly endpoint: string;
	readonly p256dh: string;
	readonly auth: string;
}

/** As much of a PushSubscription as is needed. */
export interface Address {
	readonly options: PushSubscriptionOptions;
	toJSON(): PushSubscriptionJSON;
}

export interface Moved {
	/** Null where the browser does not say: then the next start of the app puts it right (app/notices.ts). */
	readonly oldSubscription?: Address | null;
	/** Null where the worker has to ask for it. */
	readonly newSubscription?: Address | null;
}

/** @throws what subscribing or telling throws: no network, permission taken back; the next start of the app tries again */
export async function takeMove(
	{ oldSubscription, newSubscription }: Moved,
	subscribe: (options: PushSubscriptionOptions) => Promise<Address>,
	tell: (request: MoveRequest) => Promise<void>
): Promise<void> {
	if (!oldSubscription) return;
	const was = addressOf(oldSubscription);
	const now = addressOf(newSubscription ?? (await subscribe(oldSubscription.options)));
	if (was === null || now === null || was.endpoint === now.endpoint) return;
	await tell({ was: { endpoint: was.endpoint, auth: was.auth }, ...now });
}

function addressOf(subscription: Address): Omit<MoveRequest, 'was'> | null {
	const { endpoint, keys } = subscription.toJSON();
	const { p256dh, auth } = keys ?? {};
	return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : null;
}
