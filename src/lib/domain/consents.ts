/** Whether a person in care may be photographed now (長期照顧服務法 §43: only with written consent). */
import type { CaseConsentRow } from './photo-rows.ts';

/** The consent that holds now; of several the one given last. Null: no picture may be taken. */
export function validConsent(consents: readonly CaseConsentRow[]): CaseConsentRow | null {
	const holding = consents.filter(
		({ withdrawn_at, deleted_at }) => withdrawn_at === null && deleted_at === null
	);
	return holding.sort(newestFirst)[0] ?? null;
}

/** For a list: what holds first, then by the day on which it was given. */
export function newestFirst(a: CaseConsentRow, b: CaseConsentRow): number {
	const held = Number(a.withdrawn_at !== null) - Number(b.withdrawn_at !== null);
	return held || b.given_on.localeCompare(a.given_on) || b.id.localeCompare(a.id);
}
