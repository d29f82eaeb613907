/** For which organisation somebody travels, and which months this phone has whole. */
import { addDays } from '#lib/domain/taiwan-dates.ts';
import type { Me } from '#lib/sync/workspace.ts';

/** A phone keeps what was noted in the last 90 days; of older ones it cannot tell whether they were corrected. */
export const KEPT_DAYS = 89;

/** Who holds the case pays, where I work for them; otherwise whom I work for. */
export function orgOf({ memberships }: Pick<Me, 'memberships'>, caseOrgId: string | null): string {
	const place = memberships.find(({ orgId }) => orgId === caseOrgId) ?? memberships[0];
	return place?.orgId ?? '';
}

/** Of which organisations I see everybody's journeys. */
export function supervised({ memberships }: Pick<Me, 'memberships'>): readonly string[] {
	return memberships.filter(({ role }) => role === 'supervisor').map(({ orgId }) => orgId);
}

/** YYYY-MM, the newest first. @param today Taipei day */
export function wholeMonths(today: string): readonly string[] {
	const months = [today.slice(0, 7)];
	for (;;) {
		const before = addDays(`${months.at(-1)}-01`, -1).slice(0, 7);
		if (`${before}-01` < addDays(today, -KEPT_DAYS)) return months;
		months.push(before);
	}
}
