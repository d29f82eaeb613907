/** What a phone and the server tell each other about notices (migration 001200). */
import * as v from 'valibot';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { Calls } from './calls.ts';

const checkSchema = v.object({
	key: v.nullable(v.string()),
	known: v.boolean(),
	ticked_at: v.nullish(v.string(), null),
	asked_at: v.string(),
	last: v.nullish(
		v.object({
			state: v.picklist(['queued', 'accepted', 'shown', 'opened', 'failed']),
			at: v.string()
		}),
		null
	)
});
export type PushCheck = v.InferOutput<typeof checkSchema>;

const healthSchema = v.nullable(
	v.object({
		ticked_at: v.nullable(v.string()),
		asked_at: v.string(),
		oldest_due_at: v.nullable(v.string()),
		waiting: v.number(),
		failed_today: v.number(),
		subscriptions: v.number()
	})
);

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

/** How it is with the engine that tells people; null where it has never run. Supervisors only. */
export async function engineHealth(
	calls: Calls
): Promise<RemoteAnswer<v.InferOutput<typeof healthSchema>>> {
	return await calls.rpc('engine_health', {}, healthSchema);
}
