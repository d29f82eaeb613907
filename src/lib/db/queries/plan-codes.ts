/** What visits are compared with before they are planned: people's plans, and what counts against them, read from this phone. */
import type { CasePlanCodeRow } from '#lib/domain/care-list-rows.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { PlanFacts } from '#lib/domain/plan-codes.ts';
import { addDays, startOfWeek } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { caseUse, lastDay } from './case-month.ts';
import { isKept } from './kept.ts';

/** Taipei days, both included. */
export interface PlanSpan {
	readonly fromDay: string;
	readonly toDay: string;
	readonly today: string;
}

/** By case id; of people of whom no plan is on record there is nothing. */
export async function planFacts(
	db: LocalDb,
	caseIds: readonly string[],
	span: PlanSpan
): Promise<ReadonlyMap<string, PlanFacts>> {
	const lines = await whereAny(db.case_plan_codes, 'case_id', [...new Set(caseIds)]);
	const byCase = groupBy(lines.filter(isKept), ({ case_id }) => case_id);
	const facts = await Promise.all(
		[...byCase].map(async ([caseId, ofCase]) => {
			const found = await factsOf(db, caseId, ofCase, span);
			return [caseId, found] as const;
		})
	);
	return new Map(facts);
}

async function factsOf(
	db: LocalDb,
	caseId: string,
	lines: readonly CasePlanCodeRow[],
	{ fromDay, toDay, today }: PlanSpan
): Promise<PlanFacts> {
	// The whole months, and the whole weeks at their ends.
	const first = startOfWeek(`${fromDay.slice(0, 7)}-01`);
	const last = addDays(startOfWeek(lastDay(toDay.slice(0, 7))), 6);
	const [{ records, unrecorded }, person] = await Promise.all([
		caseUse(db, caseId, { fromDay: first, toDay: last, today }),
		db.cases.get(caseId)
	]);
	const organization = person && (await db.organizations.get(person.org_id));
	return {
		lines,
		cmsLevel: person?.cms_level ?? null,
		remoteArea: organization?.remote_area ?? false,
		done: records.map(({ day, record }) => ({
			visitId: record.visit_id,
			day,
			codes: record.done_codes
		})),
		planned: unrecorded
	};
}
