/** Asking a colleague to make a visit, and taking the question back. */
import type { MutationArgs } from '#lib/domain/mutations/catalogue.ts';
import type { VisitOfferRow, VisitRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

interface Colleague {
	readonly id: string;
	readonly name: string;
	/** For which they are asked. */
	readonly orgId: string;
}

/** @param expiresAt instant until which they may answer */
export async function askSomebody(
	ws: Workspace,
	visit: VisitRow,
	colleague: Colleague,
	expiresAt: string
): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'visit_offer.make',
		questionTo(colleague, { ws, visit, expiresAt }),
		{ holdMs: undoMs }
	);
	return [mid];
}

/** What is asked, as an intent carries it. */
export function questionTo(
	{ id, name, orgId }: Colleague,
	{
		ws,
		visit,
		expiresAt
	}: {
		readonly ws: Pick<Workspace, 'newId'>;
		readonly visit: VisitRow;
		/** Instant. */
		readonly expiresAt: string;
	}
): MutationArgs['visit_offer.make'] {
	return {
		row: {
			id: ws.newId(),
			case_id: visit.case_id,
			visit_id: visit.id,
			org_id: orgId,
			user_id: id,
			user_name: name,
			starts_at: visit.starts_at,
			ends_at: visit.ends_at,
			expires_at: expiresAt
		}
	};
}

export async function askNoMore(ws: Workspace, { id }: VisitOfferRow): Promise<readonly string[]> {
	const { mid } = await ws.commit('visit_offer.withdraw', { id, at: ws.now() }, { holdMs: undoMs });
	return [mid];
}
