/** Asking a colleague to make a visit, and taking the question back. */
import type { VisitOfferRow, VisitRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** @param expiresAt instant until which they may answer */
export async function askSomebody(
	ws: Workspace,
	visit: VisitRow,
	colleague: { readonly id: string; readonly name: string; readonly orgId: string },
	expiresAt: string
): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'visit_offer.make',
		{
			row: {
				id: ws.newId(),
				case_id: visit.case_id,
				visit_id: visit.id,
				org_id: colleague.orgId,
				user_id: colleague.id,
				user_name: colleague.name,
				starts_at: visit.starts_at,
				ends_at: visit.ends_at,
				expires_at: expiresAt
			}
		},
		{ holdMs: undoMs }
	);
	return [mid];
}

export async function askNoMore(ws: Workspace, { id }: VisitOfferRow): Promise<readonly string[]> {
	const { mid } = await ws.commit('visit_offer.withdraw', { id, at: ws.now() }, { holdMs: undoMs });
	return [mid];
}
