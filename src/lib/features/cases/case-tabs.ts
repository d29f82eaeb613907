/** The parts of a care recipient's page. */
import { m } from '#lib/paraglide/messages.js';
import type { Choice } from '#lib/ui/choice.ts';

export type CaseTab = 'overview' | 'care' | 'timeline' | 'vitals' | 'circle' | 'changes';

/**
 * @param circleOnly the family does not see who changed what
 * @param proposalCount clinical values that wait for a decision
 */
export function caseTabs(circleOnly: boolean, proposalCount: number): Choice<CaseTab>[] {
	return [
		{ value: 'overview', label: m.cases_tab_overview() },
		{ value: 'care', label: m.lists_tab() },
		{ value: 'timeline', label: m.cases_tab_timeline() },
		{ value: 'vitals', label: m.cases_tab_vitals() },
		{ value: 'circle', label: m.cases_tab_circle() },
		...(circleOnly
			? []
			: [
					{
						value: 'changes' as const,
						label: m.cases_tab_changes(),
						...(proposalCount > 0 ? { count: proposalCount } : {})
					}
				])
	];
}
