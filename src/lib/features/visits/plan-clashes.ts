/** The clashes of a plan: of its one visit, or of each dated visit of a series. */
import type { PlanGround } from '#lib/db/queries/clashes.ts';
import type { PlanClash } from '#lib/db/queries/cover.ts';
import { clashesOf } from '#lib/domain/clashes.ts';
import type { Occurrence } from '#lib/domain/recurrence.ts';

export interface FoundClash {
	readonly clash: PlanClash;
	/** Instant at which the planned visit starts. */
	readonly startsAt: string;
}

export function planClashes(
	occurrences: readonly Occurrence[],
	plan: {
		readonly caseId: string;
		/** Empty: nobody yet. */
		readonly workerId: string;
		readonly codes: readonly string[];
	},
	ground: PlanGround
): readonly FoundClash[] {
	return occurrences.flatMap(({ startsAt, endsAt }) => {
		const wanted = {
			id: null,
			case_id: plan.caseId,
			worker_id: plan.workerId === '' ? null : plan.workerId,
			starts_at: startsAt,
			ends_at: endsAt,
			planned_codes: plan.codes
		};
		return clashesOf(wanted, ground).map((clash) => ({ clash, startsAt }));
	});
}
