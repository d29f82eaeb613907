/** Checking in with what the sheet at the door says. */
import { codeProof, proofDigest } from '#lib/care-ui/household/code-proof.ts';
import type { HouseholdCodeRow, VisitPlaceRow } from '#lib/domain/arrival-rows.ts';
import type { VisitRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export interface ShownCode {
	readonly via: VisitPlaceRow['via'];
	readonly proof: string;
	/** As far as this phone knows the sheets; the server compares again. */
	readonly verdict: NonNullable<VisitPlaceRow['verdict']>;
}

/** @param codes the household's sheets, the one that counts first */
export async function compareCode(
	digits: string,
	via: VisitPlaceRow['via'],
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
	{ via, proof }: ShownCode
): Promise<() => Promise<boolean>> {
	const { mids } = await ws.commitAll(
		[
			{ name: 'visit.check_in', args: { id: visit.id, at: ws.now() } },
			{
				name: 'visit_place.add',
				args: { row: { id: ws.newId(), case_id: visit.case_id, visit_id: visit.id, via, proof } }
			}
		],
		{ holdMs: undoMs }
	);
	return () => ws.retract(mids);
}
