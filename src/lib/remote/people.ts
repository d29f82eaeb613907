/** What the server says about people and their phones: who I am, invitations, devices. */
import * as v from 'valibot';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { Calls } from './calls.ts';

const STAFF_ROLES = [
	'worker',
	'nurse',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker',
	'care_manager',
	'supervisor'
] as const;

const nullableText = v.optional(v.nullable(v.string()), null);

const whoamiSchema = v.object({
	display_name: nullableText,
	memberships: v.array(
		v.object({ org_id: v.string(), org_name: v.string(), role: v.picklist(STAFF_ROLES) })
	)
});
export type Whoami = v.InferOutput<typeof whoamiSchema>;

const offerSchema = v.object({
	org_name: v.string(),
	inviter_name: nullableText,
	role: v.string(),
	display_name: v.string(),
	relation: nullableText,
	case_name: nullableText
});
export type Offer = v.InferOutput<typeof offerSchema>;

/** A link that was just made; its token is told this once. */
export const freshSchema = v.object({ id: v.string(), token: v.string(), expires_at: v.string() });
export type Fresh = v.InferOutput<typeof freshSchema>;

const sentSchema = v.array(
	v.object({
		id: v.string(),
		case_id: nullableText,
		role: v.string(),
		display_name: v.string(),
		relation: nullableText,
		created_at: v.string(),
		expires_at: v.string(),
		accepted_at: nullableText,
		revoked_at: nullableText
	})
);
export type Sent = v.InferOutput<typeof sentSchema>[number];

const feedSchema = v.nullable(
	v.object({ token: nullableText, made_at: v.string(), read_at: nullableText })
);
export type FeedRow = v.InferOutput<typeof feedSchema>;

const devicesSchema = v.array(
	v.object({
		client_id: v.string(),
		seen_at: v.string(),
		wipe_requested_at: nullableText,
		wiped_at: nullableText
	})
);
export type DeviceRow = v.InferOutput<typeof devicesSchema>[number];

export interface InvitationRequest {
	readonly org_id: string;
	readonly case_id: string | null;
	readonly role: string;
	readonly display_name: string;
	readonly relation: string | null;
}

const nothing = v.unknown();

export async function whoami(calls: Calls): Promise<RemoteAnswer<Whoami>> {
	return await calls.rpc('whoami', {}, whoamiSchema);
}

/** Needs no account: whoever holds the token may know what it offers. */
export async function previewInvitation(calls: Calls, token: string): Promise<RemoteAnswer<Offer>> {
	return await calls.rpc('preview_invitation', { token }, offerSchema);
}

export async function acceptInvitation(
	calls: Calls,
	token: string
): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('accept_invitation', { token }, nothing);
}

export async function createInvitation(
	calls: Calls,
	request: InvitationRequest
): Promise<RemoteAnswer<Fresh>> {
	return await calls.rpc('create_invitation', { request }, freshSchema);
}

/** Those that the caller may see, newest first; at most 100. */
export async function sentInvitations(
	calls: Calls,
	orgId: string
): Promise<RemoteAnswer<readonly Sent[]>> {
	return await calls.ask(
		(client, signal) =>
			client
				.from('invitations')
				.select(
					'id, case_id, role, display_name, relation, created_at, expires_at, accepted_at, revoked_at'
				)
				.eq('org_id', orgId)
				.order('created_at', { ascending: false })
				.limit(100)
				.abortSignal(signal),
		sentSchema
	);
}

export async function revokeInvitation(calls: Calls, id: string): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('revoke_invitation', { id }, nothing);
}

export async function myDevices(calls: Calls): Promise<RemoteAnswer<readonly DeviceRow[]>> {
	return await calls.rpc('my_devices', {}, devicesSchema);
}

export async function requestWipe(calls: Calls, clientId: string): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('request_wipe', { client_id: clientId }, nothing);
}

/** The token is told when the address is made, and never again. */
export async function myCalendarFeed(
	calls: Calls,
	act: 'look' | 'make' | 'revoke'
): Promise<RemoteAnswer<FeedRow>> {
	return await calls.rpc('my_calendar_feed', { act }, feedSchema);
}
