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

/** What of the form the visit itself has. */
interface VisitFields {
	readonly day: string;
	readonly startTime: string;
	readonly minutes: string;
	readonly workerId: string;
	readonly codes: readonly string[];
}

/** Only what was put otherwise: what a colleague changes meanwhile in the rest is not undone by it. */
export type ChangeDraft = Partial<VisitFields> & { readonly scope: ChangeScope };

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
		this.reset();
	}

	/** As the visit stands. */
	reset(): void {
		const { codes, ...fields } = this.#asItStands;
		Object.assign(this, fields, { codes: [...codes], scope: 'this' });
	}

	readonly #asItStands: VisitFields = $derived.by(() => {
		const { visit } = this.#found();
		return {
			day: taipeiDay(visit.starts_at),
			startTime: taipeiTime(visit.starts_at),
			minutes: String(minutesOf(visit)),
			workerId: visit.worker_id ?? '',
			codes: visit.planned_codes
		};
	});

	/** To be kept while the form stands open; null: nothing was put otherwise. */
	readonly draft: ChangeDraft | null = $derived.by(() => {
		const stands = this.#asItStands;
		const { day, startTime, minutes, workerId } = this;
		const codes = $state.snapshot(this.codes);
		const changed: Partial<VisitFields> = {
			...(day === stands.day ? {} : { day }),
			...(startTime === stands.startTime ? {} : { startTime }),
			...(minutes === stands.minutes ? {} : { minutes }),
			...(workerId === stands.workerId ? {} : { workerId }),
			...(codes.join() === stands.codes.join() ? {} : { codes })
		};
		return Object.keys(changed).length === 0 ? null : { ...changed, scope: this.scope };
	});

	/**
	 * @param draft as it was kept, perhaps by an earlier release
	 * @returns whether it put anything otherwise
	 */
	restore(draft: unknown): boolean {
		if (typeof draft !== 'object' || draft === null) return false;
		const kept = new Map<string, unknown>(Object.entries(draft));
		const text = (key: string, now: string) => {
			const value = kept.get(key);
			return typeof value === 'string' ? value : now;
		};
		this.day = text('day', this.day);
		this.startTime = text('startTime', this.startTime);
		this.minutes = text('minutes', this.minutes);
		this.workerId = text('workerId', this.workerId);
		const codes = kept.get('codes');
		if (Array.isArray(codes))
			this.codes = codes.filter((code): code is string => typeof code === 'string');
		const scope = kept.get('scope');
		if (scope === 'later' || scope === 'all') this.scope = scope;
		return this.draft !== null;
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
