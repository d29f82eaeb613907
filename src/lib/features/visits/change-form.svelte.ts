/** The state of changing planned visits: what is wanted, for which of them, and what stands against it. */
import type { VisitToChange } from '#lib/db/queries/visit-change.ts';
import type { PlanGround } from '#lib/db/queries/clashes.ts';
import { clashesOf } from '#lib/domain/clashes.ts';
import { isDay, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import {
	changeBetween,
	minutesOf,
	planChange,
	visitsInScope,
	type ChangePlan,
	type ChangeScope,
	type VisitChange
} from '#lib/domain/visit-change.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { standingOf, type Joining } from './joining.ts';
import type { FoundClash } from './plan-clashes.ts';
import { isMinutes, isTime } from './plan-form.svelte.ts';

export type ChangeProblem = 'day' | 'time' | 'minutes';

const NO_CHANGE: ChangePlan = { changed: [], own: [] };

export class ChangeForm {
	day = $state('');
	startTime = $state('');
	minutes = $state('');
	/** Empty: nobody. */
	workerId = $state('');
	codes = $state<string[]>([]);
	scope = $state<ChangeScope>('this');
	includeOwn = $state(false);

	readonly #found: () => VisitToChange;
	readonly #now: () => string;
	readonly #me: Me;

	/** @param found as this phone has it now; a colleague may change it while the form stands open */
	constructor(found: () => VisitToChange, now: () => string, me: Me) {
		this.#found = found;
		this.#now = now;
		this.#me = me;
		const { visit } = found();
		this.day = taipeiDay(visit.starts_at);
		this.startTime = taipeiTime(visit.starts_at);
		this.minutes = String(minutesOf(visit));
		this.workerId = visit.worker_id ?? '';
		this.codes = [...visit.planned_codes];
	}

	readonly problems: readonly ChangeProblem[] = $derived.by(() => [
		...(isDay(this.day) ? [] : (['day'] as const)),
		...(isTime(this.startTime) ? [] : (['time'] as const)),
		...(isMinutes(this.minutes) ? [] : (['minutes'] as const))
	]);

	/** Colleagues who would enter the circle with the visit. */
	readonly joiners: readonly Joining[] = $derived.by(() => {
		const { person, circle, colleagues } = this.#found();
		const memberships = new Map(colleagues.map((row) => [row.user_id, row]));
		return [...memberships.values()].flatMap((membership) => {
			const facts = { me: this.#me, person, memberships: [membership], circle };
			const standing = standingOf(membership.user_id, facts);
			return standing.kind === 'joins' ? [standing] : [];
		});
	});

	/** The one of them who is chosen. */
	readonly joining: Joining | null = $derived.by(
		() => this.joiners.find(({ membership }) => membership.user_id === this.workerId) ?? null
	);

	readonly change: VisitChange = $derived.by(() => {
		if (this.problems.length > 0) return {};
		const { visit, workers } = this.#found();
		const id = this.workerId === '' ? null : this.workerId;
		const name =
			this.joining?.membership.display_name ??
			workers.find((worker) => worker.id === id)?.name ??
			null;
		return changeBetween(visit, {
			day: this.day,
			startTime: this.startTime,
			minutes: Number(this.minutes),
			worker: { id, name },
			codes: $state.snapshot(this.codes)
		});
	});

	readonly plan: ChangePlan = $derived.by(() => {
		if (Object.keys(this.change).length === 0) return NO_CHANGE;
		const { visit, siblings, series } = this.#found();
		return planChange(visit, this.inScope(siblings), this.change, {
			series,
			includeOwn: this.includeOwn
		});
	});

	/** The visits that each choice would touch. */
	count(scope: ChangeScope): number {
		const { visit, siblings } = this.#found();
		return visitsInScope(visit, siblings, scope, this.#now()).length;
	}

	inScope(siblings = this.#found().siblings) {
		return visitsInScope(this.#found().visit, siblings, this.scope, this.#now());
	}
}

/** What stands against the changed visits, as they would stand among all others. */
export function changeClashes(plan: ChangePlan, ground: PlanGround): readonly FoundClash[] {
	const after = new Map(plan.changed.map((changed) => [changed.visit.id, changed.after]));
	const visits = ground.visits.map((visit) => after.get(visit.id) ?? visit);
	return [...after.values()].flatMap((visit) =>
		clashesOf(visit, { ...ground, visits }).map((clash) => ({ clash, startsAt: visit.starts_at }))
	);
}
