/** Showing the sheet at the door: with the check-in, or any time while the visit runs. */
import { codeProof, proofDigest } from '#lib/care-ui/household/code-proof.ts';
import type { HouseholdCodeRow, VisitPlaceRow } from '#lib/domain/arrival-rows.ts';
import type { VisitRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import { notePosition, undoOf } from './note-position.ts';

/** How a code is read. */
export type CodeWay = Exclude<VisitPlaceRow['via'], 'position'>;

export interface ShownCode {
	readonly via: CodeWay;
	readonly proof: string;
	/** As far as this phone knows the sheets; the server compares again. */
	readonly verdict: NonNullable<VisitPlaceRow['verdict']>;
}

/** @param codes the household's sheets, the one that counts first */
export async function compareCode(
	digits: string,
	via: CodeWay,
	caseId: string,
	codes: readonly Pick<HouseholdCodeRow, 'digest'>[]
): Promise<ShownCode> {
	const proof = await codeProof(digits, caseId);
	const digest = await proofDigest(proof);
	const place = codes.findIndex((code) => code.digest === digest);
	return { via, proof, verdict: place === 0 ? 'matches' : place === -1 ? 'differs' : 'older' };
}

/** The check-in and what was shown at it, stored together or not at all. */
export async function checkInWithCode(
	ws: Workspace,
	visit: VisitRow,
	shown: ShownCode
): Promise<() => Promise<boolean>> {
	const { mids } = await ws.commitAll(
		[
			{ name: 'visit.check_in', args: { id: visit.id, at: ws.now() } },
			{ name: 'visit_place.add', args: placeOf(ws, visit, shown) }
		],
		{ holdMs: undoMs }
	);
	return undoOf(ws, mids, notePosition(ws, visit, 'check_in'));
}

/** Beside a check-in that was tapped before, which stays as it is. */
export async function showCode(
	ws: Workspace,
	visit: VisitRow,
	shown: ShownCode
): Promise<() => Promise<boolean>> {
	const { mid } = await ws.commit('visit_place.add', placeOf(ws, visit, shown), {
		holdMs: undoMs
	});
	return () => ws.retract([mid]);
}

function placeOf(ws: Pick<Workspace, 'newId'>, visit: VisitRow, { via, proof }: ShownCode) {
	return { row: { id: ws.newId(), case_id: visit.case_id, visit_id: visit.id, via, proof } };
}
