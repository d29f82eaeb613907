/** Noting a journey of one's own, and correcting one: each one intent that can be taken back. */
import type { Journey } from '#lib/domain/travel.ts';
import type { TravelNoteRow } from '#lib/domain/travel-rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export type TravelValues = Pick<
	TravelNoteRow,
	'travelled_on' | 'means' | 'minutes' | 'km' | 'note'
>;

export interface TravelEnds {
	readonly orgId: string;
	readonly fromVisitId: string | null;
	readonly toVisitId: string | null;
}

export async function noteJourney(
	ws: Workspace,
	ends: TravelEnds,
	values: TravelValues
): Promise<readonly string[]> {
	return await say(ws, ends, values, null);
}

/** `values.note` says why. */
export async function correctJourney(
	ws: Workspace,
	{ id, now }: Journey,
	values: TravelValues
): Promise<readonly string[]> {
	const ends = {
		orgId: now.org_id,
		fromVisitId: now.from_visit_id,
		toVisitId: now.to_visit_id
	};
	return await say(ws, ends, values, id);
}

/** It was not made after all. */
export async function takeBackJourney(
	ws: Workspace,
	journey: Journey,
	reason: string
): Promise<readonly string[]> {
	const { travelled_on, means, km } = journey.now;
	return await correctJourney(ws, journey, { travelled_on, means, km, minutes: 0, note: reason });
}

async function say(
	ws: Workspace,
	{ orgId, fromVisitId, toVisitId }: TravelEnds,
	values: TravelValues,
	correctsId: string | null
): Promise<readonly string[]> {
	const row = {
		id: ws.newId(),
		org_id: orgId,
		user_id: ws.me.userId,
		user_name: ws.me.displayName,
		from_visit_id: fromVisitId,
		to_visit_id: toVisitId,
		corrects_id: correctsId,
		...values
	};
	const { mid } = await ws.commit('travel.add', { row }, { holdMs: undoMs });
	return [mid];
}
