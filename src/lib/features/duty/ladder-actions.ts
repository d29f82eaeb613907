/** What a supervisor does with an order of telling people: one intent each, that can be taken back. */
import type { EmergencySeverity } from '#lib/domain/rows.ts';
import type { Ladder } from '#lib/domain/duty-rows.ts';
import { ladderId } from '#lib/domain/ladders.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** Which order: of an organisation (case null) or of one of its cases. */
export interface LadderPlace {
	readonly orgId: string;
	readonly caseId: string | null;
	readonly severity: EmergencySeverity;
}

/** @param active false: what is above it holds again, the steps are kept in the history */
export async function setLadder(
	ws: Workspace,
	{ orgId, caseId, severity }: LadderPlace,
	{ steps, repeat_minutes, repeats }: Ladder,
	active: boolean
): Promise<readonly string[]> {
	const row = {
		id: ladderId(orgId, caseId, severity),
		org_id: orgId,
		case_id: caseId,
		severity,
		steps,
		repeat_minutes,
		repeats,
		active
	};
	const { mid } = await ws.commit('ladder.set', { row }, { holdMs: undoMs });
	return [mid];
}
