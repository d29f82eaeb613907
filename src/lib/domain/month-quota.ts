/**
 * What this month's care costs against the quota of the CMS level. Sources: 長期照顧服務申請及給付辦法 §7, 10, 12, 14, 15 and its payment
 * table; whole NT$, shares in per mille. Only this month: what was left of earlier months of the six is the office's to know.
 */
import { careQuota } from './code-tables.ts';
import type { DoneCode } from './rows.ts';
import type { ServiceUnit } from './service-codes.ts';
import { familyOf } from './visit-warnings.ts';

export interface MonthQuota {
	readonly quotaNtd: number;
	/** Recorded as done. */
	readonly doneNtd: number;
	/** Planned, or made and not recorded yet. */
	readonly plannedNtd: number;
	/** Below zero: so much is over the quota, and paid in full by the person, of whichever class. */
	readonly leftNtd: number;
	/** The person's share of what is within the quota; null when the class is not known here. */
	readonly copayNtd: number | null;
	readonly copayPerMille: number | null;
	/** Codes without a known price, which are left out of the sums. */
	readonly unpriced: readonly string[];
}

/** Classes 1 to 3: 長照低收, 長照中低收, 一般戶. */
const CARE_COPAY_PER_MILLE: readonly number[] = [0, 50, 160];

/** How many visits make one unit that is paid once. */
const VISITS_A_UNIT: Readonly<Partial<Record<string, number>>> = {
	set_2: 2,
	set_3: 3,
	set_3_plus_1: 4,
	set_4: 4,
	set_6: 6
} satisfies Partial<Record<ServiceUnit, number>>;

/** @returns null for a level without a quota */
export function monthQuota({
	cmsLevel,
	copayClass,
	done,
	planned
}: {
	readonly cmsLevel: number | null;
	readonly copayClass: number | null;
	readonly done: readonly DoneCode[];
	readonly planned: readonly DoneCode[];
}): MonthQuota | null {
	const quota = cmsLevel === null ? null : careQuota(cmsLevel);
	if (quota === null) return null;
	const doneNtd = careSum(done);
	const totalNtd = careSum([...done, ...planned]);
	const copayPerMille = copayClass === null ? null : (CARE_COPAY_PER_MILLE[copayClass - 1] ?? null);
	const withinNtd = Math.min(totalNtd, quota.careMonthNtd);
	return {
		quotaNtd: quota.careMonthNtd,
		doneNtd,
		plannedNtd: totalNtd - doneNtd,
		leftNtd: quota.careMonthNtd - totalNtd,
		// Cut down to whole dollars, as the payment table does.
		copayNtd: copayPerMille === null ? null : Math.floor((withinNtd * copayPerMille) / 1000),
		copayPerMille,
		unpriced: [
			...new Set(
				[...done, ...planned]
					.filter(isOfQuota)
					.flatMap((line) => (line.price_ntd === null ? line.code : []))
			)
		]
	};
}

/** B and C share one pool; A uses none, D, E, F and G have pools of their own (§7: pools never mix). */
function isOfQuota({ code }: Pick<DoneCode, 'code'>): boolean {
	return familyOf(code) === 'B' || familyOf(code) === 'C';
}

function careSum(lines: readonly DoneCode[]): number {
	let sum = 0;
	/** Visits of codes that are paid once for several, by code and price. */
	const sets = new Map<string, { visits: number; size: number; priceNtd: number }>();
	for (const line of lines.filter(isOfQuota)) {
		if (line.price_ntd === null) continue;
		const size = VISITS_A_UNIT[line.unit];
		if (size === undefined) {
			sum += line.price_ntd * line.quantity;
			continue;
		}
		const key = `${line.code} ${line.price_ntd}`;
		const known = sets.get(key) ?? { visits: 0, size, priceNtd: line.price_ntd };
		sets.set(key, { ...known, visits: known.visits + line.quantity });
	}
	for (const { visits, size, priceNtd } of sets.values()) {
		sum += Math.ceil(visits / size) * priceNtd;
	}
	return sum;
}
