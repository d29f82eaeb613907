/** Answers to the question whether somebody can make a visit. */
import type { DeclineReason } from '#lib/domain/offers.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export async function sayYes(ws: Workspace, offerId: string): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'visit_offer.accept',
		{ id: offerId, at: ws.now() },
		{ holdMs: undoMs }
	);
	return [mid];
}

export async function sayNo(
	ws: Workspace,
	offerId: string,
	decline_reason: DeclineReason
): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'visit_offer.decline',
		{ id: offerId, at: ws.now(), decline_reason },
		{ holdMs: undoMs }
	);
	return [mid];
}
