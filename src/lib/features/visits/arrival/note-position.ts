/** How far from the house a step was taken, where the person allows it: asked once, waited for by nobody, kept as an intent of its own. */
import { fixOf } from '#lib/care-ui/household/house-point.ts';
import { isPositionOn } from '#lib/care-ui/household/position-choice.ts';
import { askPosition, type PositionAnswer } from '#lib/care-ui/household/position.ts';
import { householdPoint } from '#lib/db/queries/arrivals.ts';
import type { VisitStep } from '#lib/domain/arrival-rows.ts';
import type { VisitRow } from '#lib/domain/rows.ts';
import { keptDistance, type Fix } from '#lib/domain/visit-position.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** Later it would say where somebody went afterwards. */
const WITHIN_MS = 10_000;

/**
 * Begins to ask, after the step has been stored.
 * @returns takes it back with the step, whether or not the phone has found its position yet
 */
export function notePosition(
	ws: Workspace,
	visit: Pick<VisitRow, 'id' | 'case_id'>,
	step: VisitStep
): () => Promise<void> {
	let isTakenBack = false;
	const noted = isPositionOn(ws.me.userId)
		? note().catch(() => {
				// The step stands, and that is what counts: a phone that cannot keep this has said so at the step.
				return null;
			})
		: Promise.resolve(null);

	async function note(): Promise<string | null> {
		const house = fixOf(await householdPoint(ws.db, visit.case_id));
		if (house === null || isTakenBack) return null;
		const answer = await askPosition({ withinMs: WITHIN_MS, exact: false });
		if (isTakenBack) return null;
		const { mid } = await ws.commit(
			'visit_place.add',
			{
				row: {
					id: ws.newId(),
					case_id: visit.case_id,
					visit_id: visit.id,
					via: 'position',
					step,
					...columnsOf(answer, house)
				}
			},
			{ holdMs: undoMs }
		);
		return mid;
	}

	return async () => {
		isTakenBack = true;
		const mid = await noted;
		if (mid !== null) await ws.retract([mid]);
	};
}

/** A step is taken back with what was noted of its place; one that is on its way stays whole. */
export function undoOf(
	ws: Workspace,
	mids: readonly string[],
	forget: () => Promise<void>
): () => Promise<boolean> {
	return async () => {
		const isUndone = await ws.retract(mids);
		if (isUndone) await forget();
		return isUndone;
	};
}

/** Never where the phone was. */
function columnsOf(answer: PositionAnswer, house: Fix) {
	return answer.kind === 'fix'
		? { position: 'measured' as const, ...keptDistance(house, answer.fix) }
		: { position: answer.kind };
}
