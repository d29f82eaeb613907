/** What a phone and the server tell each other about notices (migration 001200). */
import * as v from 'valibot';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { Calls } from './calls.ts';

const checkSchema = v.object({
	key: v.nullable(v.string()),
	known: v.boolean(),
	ticked_at: v.nullish(v.string(), null),
	last: v.nullish(
		v.object({
			state: v.picklist(['queued', 'accepted', 'shown', 'opened', 'failed']),
			at: v.string()
		}),
		null
	)
});
export type PushCheck = v.InferOutput<typeof checkSchema>;

export interface Registration {
	/** Of the app on this phone. */
	readonly client: string;
	readonly endpoint: string;
	readonly p256dh: string;
	readonly auth: string;
	/** The server's key that the subscription was made with. */
	readonly key: string;
}

const anything = v.unknown();

export async function pushCheck(
	calls: Calls,
	endpoint: string | null
): Promise<RemoteAnswer<PushCheck>> {
	return await calls.rpc('push_check', { request: { endpoint } }, checkSchema);
}

export async function pushRegister(
	calls: Calls,
	request: Registration
): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('push_register', { request }, anything);
}

export async function pushForget(calls: Calls, endpoint: string): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('push_forget', { request: { endpoint } }, anything);
}

export async function pushTest(calls: Calls, endpoint: string): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('push_test', { request: { endpoint } }, anything);
}
