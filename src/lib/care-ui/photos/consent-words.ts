/** Consents in words. */
import { dateWithYear } from '#lib/care-ui/dates.ts';
import type { CaseConsentRow } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';

const RELATIONS = {
	self: m.photos_consent_relation_self,
	family: m.photos_consent_relation_family,
	guardian: m.photos_consent_relation_guardian
} as const;

const HOWS = { paper: m.photos_consent_how_paper, typed: m.photos_consent_how_typed } as const;

export function relationName(relation: CaseConsentRow['relation']): string {
	return RELATIONS[relation]();
}

export function howName(how: CaseConsentRow['how']): string {
	return HOWS[how]();
}

/** `王小明（家屬）同意，民國115年11月22日，紙本同意書`. */
export function consentLine({ given_by, relation, given_on, how }: CaseConsentRow): string {
	return m.photos_consent_line({
		name: given_by,
		relation: relationName(relation),
		day: dateWithYear(given_on),
		how: howName(how)
	});
}
