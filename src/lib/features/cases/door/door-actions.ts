/** Making the sheet of a household's door. */
import { codeProof, proofDigest } from '#lib/care-ui/household/code-proof.ts';
import { newCode } from '#lib/domain/household-code.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

/**
 * Makes a code and stores what phones compare it by; older sheets stop counting.
 * @returns the digits, which stand nowhere else from then on than on the sheet
 */
export async function makeDoorCode(ws: Workspace, caseId: string): Promise<string> {
	const digits = newCode(crypto.getRandomValues(new Uint8Array(64)));
	const digest = await proofDigest(await codeProof(digits, caseId));
	await ws.commit('household_code.add', { row: { id: ws.newId(), case_id: caseId, digest } });
	return digits;
}
