/** Asking and sending for many visits in one act: each visit is an intent of its own, so that one that is refused stops no other. */
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import { sending } from '#lib/features/visits/leave-actions.ts';
import { questionTo } from '#lib/features/visits/offer-actions.ts';
import type { Arranged } from './cover-all.ts';

export async function coverAll(
	ws: Workspace,
	arranged: readonly Arranged[]
): Promise<readonly string[]> {
	const { mids } = await ws.commitAll(
		arranged.flatMap((one) => intentOf(ws, one) ?? []),
		{ holdMs: undoMs }
	);
	return mids;
}

type Intent = Parameters<Workspace['commitAll']>[0][number];

function intentOf(ws: Workspace, { line: { visit }, worker, question }: Arranged): Intent | null {
	if (worker === null) return null;
	if (question === null) return { name: 'visit.patch', args: sending(worker, visit) };
	const { orgId, expiresAt } = question;
	const args = questionTo({ ...worker, orgId }, { ws, visit, expiresAt });
	return { name: 'visit_offer.make', args };
}
