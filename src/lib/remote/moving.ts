/** Handing a case over to another organisation, and refused work about the cases that somebody supervises. */
import * as v from 'valibot';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { Calls } from './calls.ts';
import { freshSchema, type Fresh } from './people.ts';

const openSchema = v.array(
	v.object({ id: v.string(), author_name: v.nullable(v.string()), expires_at: v.string() })
);
const offerSchema = v.object({
	case_name: v.string(),
	from_org_id: v.string(),
	from_org_name: v.string(),
	author_name: v.nullable(v.string())
});
const acceptedSchema = v.object({ case_id: v.string() });
const refusedSchema = v.array(
	v.object({
		mid: v.string(),
		case_name: v.string(),
		author_name: v.nullable(v.string()),
		name: v.string(),
		args: v.record(v.string(), v.unknown()),
		code: v.nullable(v.string()),
		at: v.string()
	})
);

type Open = v.InferOutput<typeof openSchema>[number];
type Offer = v.InferOutput<typeof offerSchema>;
type Refused = v.InferOutput<typeof refusedSchema>[number];

export async function createHandover(calls: Calls, caseId: string): Promise<RemoteAnswer<Fresh>> {
	return await calls.rpc('create_handover', { request: { case_id: caseId } }, freshSchema);
}

export async function openHandovers(
	calls: Calls,
	caseId: string
): Promise<RemoteAnswer<readonly Open[]>> {
	return await calls.rpc('open_handovers', { of_case: caseId }, openSchema);
}

export async function revokeHandover(calls: Calls, id: string): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('revoke_handover', { id }, v.unknown());
}

export async function previewHandover(calls: Calls, token: string): Promise<RemoteAnswer<Offer>> {
	return await calls.rpc('preview_handover', { token }, offerSchema);
}

/** @returns the id of the case */
export async function acceptHandover(
	calls: Calls,
	token: string,
	orgId: string
): Promise<RemoteAnswer<v.InferOutput<typeof acceptedSchema>>> {
	return await calls.rpc('accept_handover', { request: { token, org_id: orgId } }, acceptedSchema);
}

/** Newest first; at most 200. */
export async function refusedWork(calls: Calls): Promise<RemoteAnswer<readonly Refused[]>> {
	return await calls.rpc('refused_work', {}, refusedSchema);
}

export async function settleRefused(
	calls: Calls,
	mid: string,
	takeOver: boolean
): Promise<RemoteAnswer<unknown>> {
	return await calls.rpc('settle_refused', { request: { mid, take_over: takeOver } }, v.unknown());
}
