/** Visits that somebody is about to plan, held against the approved plans of those they are for. */
import { live } from '#lib/db/live.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { planFacts } from '#lib/db/queries/plan-codes.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { PlanFacts, PlannedUse } from '#lib/domain/plan-codes.ts';
import { planWarnings, type PlanWarning } from '#lib/domain/plan-warnings.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';

export interface WantedVisit extends PlannedUse {
	readonly case_id: string;
}

export interface CaseWarning {
	readonly caseId: string;
	/** The first of its kind, of one code. */
	readonly warning: PlanWarning;
	/** In how many more weeks or months the same is so. */
	readonly others: number;
}

/** As it changes; empty while the phone reads. @param today Taipei day */
export function planCheck(
	db: LocalDb,
	wanted: () => readonly WantedVisit[],
	today: () => string
): { readonly current: readonly CaseWarning[] } {
	// As words, so that what is typed into a form does not make the phone read again.
	const caseIds = $derived([...new Set(wanted().map(({ case_id }) => case_id))].sort().join(' '));
	const fromDay = $derived(spanOf(wanted()).fromDay);
	const toDay = $derived(spanOf(wanted()).toDay);
	const facts = live(async () =>
		caseIds === ''
			? null
			: await planFacts(db, caseIds.split(' '), { fromDay, toDay, today: today() })
	);
	const found = $derived(facts.current ? againstPlans(wanted(), facts.current) : []);
	return {
		get current() {
			return found;
		}
	};
}

/** Once. @param today Taipei day */
export async function checkPlan(
	db: LocalDb,
	wanted: readonly WantedVisit[],
	today: string
): Promise<readonly CaseWarning[]> {
	const caseIds = wanted.map(({ case_id }) => case_id);
	return againstPlans(wanted, await planFacts(db, caseIds, { ...spanOf(wanted), today }));
}

function againstPlans(
	wanted: readonly WantedVisit[],
	facts: ReadonlyMap<string, PlanFacts>
): CaseWarning[] {
	return [...groupBy(wanted, ({ case_id }) => case_id)].flatMap(([caseId, visits]) => {
		const ofCase = facts.get(caseId);
		return ofCase ? firstOfEach(caseId, planWarnings(visits, ofCase)) : [];
	});
}

/** A series that goes beyond the plan does so each week. */
function firstOfEach(caseId: string, warnings: readonly PlanWarning[]): CaseWarning[] {
	const alike = groupBy(warnings, (each) => `${each.kind} ${'code' in each ? each.code : ''}`);
	return [...alike.values()].flatMap(([warning, ...others]) =>
		warning ? [{ caseId, warning, others: others.length }] : []
	);
}

function spanOf(wanted: readonly WantedVisit[]): {
	readonly fromDay: string;
	readonly toDay: string;
} {
	const days = wanted.map(({ starts_at }) => taipeiDay(starts_at)).sort();
	return { fromDay: days[0] ?? '', toDay: days.at(-1) ?? '' };
}
