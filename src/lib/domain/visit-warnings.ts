/** The warnings about a visit's codes: what they are called, what they are about. */

import type { CaseRole, CaseStatus } from './rows.ts';
import type { CodeQuantity } from './visit-prices.ts';

export type VisitWarningCode =
	| 'E5007' // a BA record longer than 3 hours
	| 'E5009' // the same code twice in the same time
	| 'E5010' // codes of two families by one worker at the same time
	| 'E5013' // B with D
	| 'E5014' // B with G
	| 'E5019' // case closed
	| 'E5028' // quantity must be 1
	| 'E5030' // service suspended
	| 'EBA09A1' // BA09a without medical staff
	| 'EXCLUSIVE_WASH' // BA01, BA07, BA23 in one slot
	| 'EXCLUSIVE_PRESENCE' // BA02, BA18, BA20 at the same time
	| 'BA22_ALONE' // rounds are not combined with other B codes
	| 'AA08_WITH_AA09'
	| 'TIME_OF_DAY' // AA08 only 20–24 h, AA10 only 0–6 h
	| 'QUANTITY_DAY'
	| 'QUANTITY_WEEK'
	| 'QUANTITY_INVALID'
	| 'CMS_LEVEL_MIN'
	| 'CMS_LEVEL_CODE' // a day-care code of another level
	| 'UNKNOWN_CODE'
	| 'E5202' // more units than the plan has for the month
	| 'E5203' // more than the month's quota
	| 'PLAN_TIMES_WEEK' // more visits than the plan has for the week
	| 'OUTSIDE_PLAN_TELL_MANAGER' // not approved, but one of those that may be approved later
	| 'OUTSIDE_PLAN' // not approved 核定
	| 'SHORTER_THAN_CODES' // there for much less time than the codes by the half hour or hour stand for
	| 'UNPLANNED_TELL_MANAGER' // may be given first and approved later: tell the A unit at once
	| 'UNPLANNED'; // not in the plan, and not one of those that may be approved later

export interface VisitWarning {
	readonly code: VisitWarningCode;
	/** The service codes concerned, in the order of the table's rule. */
	readonly services: readonly string[];
	/** The bound of the rule (minutes, times, level), where it has one. */
	readonly limit: number | null;
	/** What has been used with it, where the rule counts over many visits. */
	readonly used?: number;
}

export interface VisitForRules {
	/** Check-in and check-out, instants; the planned times when a check is missing. */
	readonly startsAt: string;
	readonly endsAt: string;
	/** Checked in and out: the two instants are what happened, not what was planned. */
	readonly isOver: boolean;
	readonly codes: readonly CodeQuantity[];
	/** Codes that the visit was planned with; empty when that is not known, and then nothing counts as unplanned. */
	readonly plannedCodes: readonly string[];
	/** Codes of the person's approved plan that are in force; null where no plan is on record. They count before those of the visit. */
	readonly approvedCodes: readonly string[] | null;
	readonly performerRole: CaseRole;
	readonly caseStatus: CaseStatus;
	readonly cmsLevel: number | null;
	/** What other visits of this person have used, for limits by day and week; may be empty. */
	readonly earlier: readonly (CodeQuantity & { readonly day: string })[];
}

export function warning(
	code: VisitWarningCode,
	services: readonly string[],
	limit: number | null = null
): VisitWarning {
	return { code, services, limit };
}

/** BA15-2 is BA15 in another form: the system splits BA05, BA15 and BA16 into -1 自用 and -2 共用. */
export function baseCode(code: string): string {
	return code.replace(/-[12]$/, '');
}

/** First letter: B care, C professional, D rides, G respite, S short-term care, A add-ons and management. */
export function familyOf(code: string): string {
	return code.charAt(0);
}
