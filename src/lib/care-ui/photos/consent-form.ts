/** A consent to photos as it is entered: what is missing, and the intent that records it. */
import { isDay } from '#lib/domain/taiwan-dates.ts';
import type { CaseConsentRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export interface TypedConsent {
	relation: CaseConsentRow['relation'];
	givenBy: string;
	how: CaseConsentRow['how'];
	/** Taipei day. */
	givenOn: string;
}

export type ConsentProblem = 'givenBy' | 'givenOn';

/** @param today Taipei day */
export function consentProblems(typed: TypedConsent, today: string): readonly ConsentProblem[] {
	const isDayKnown = isDay(typed.givenOn) && typed.givenOn <= today;
	return [
		...(typed.givenBy.trim() === '' ? (['givenBy'] as const) : []),
		...(isDayKnown ? [] : (['givenOn'] as const))
	];
}

/** Answers the mid. @throws {StorageError} */
export async function recordConsent(
	ws: Workspace,
	caseId: string,
	{ relation, givenBy, how, givenOn }: TypedConsent
): Promise<readonly string[]> {
	const row = {
		id: ws.newId(),
		case_id: caseId,
		relation,
		given_by: givenBy.trim(),
		how,
		given_on: givenOn
	};
	const { mid } = await ws.commit('case_consent.add', { row });
	return [mid];
}

/** Can be taken back for ten seconds. @throws {StorageError} */
export async function withdrawConsent(ws: Workspace, id: string): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'case_consent.withdraw',
		{ id, at: ws.now() },
		{ holdMs: undoMs }
	);
	return [mid];
}
