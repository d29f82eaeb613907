/**
 * Who could go to all the visits that need somebody, looked at together: nobody is proposed for two places at one time, and who is
 * waited for elsewhere is not counted on. A proposal only: a person looks at it before anything is done.
 */
import { clashesOf, type KnownVisit } from './clashes.ts';
import { groupBy } from './group-by.ts';
import { taipeiDay } from './taiwan-dates.ts';

/** Somebody who is free at that time and does that work. */
export interface CoverCandidate {
	readonly id: string;
	readonly isInCircle: boolean;
	/** Was asked for this visit before, and has not said yes. */
	readonly wasAsked: boolean;
	/** Visits that they make on that day already. */
	readonly visitsThatDay: number;
}

export interface CoverNeed {
	readonly visit: KnownVisit;
	readonly candidates: readonly CoverCandidate[];
}

export interface CoverProposal {
	/** Null: nobody is left, or a person wants nobody here. */
	readonly workerId: string | null;
	/** Ids of candidates who fit with what is taken and chosen, the best first; a proposal gives way to a choice. */
	readonly possible: readonly string[];
}

interface CoverGround {
	/** Where people are waited for already, with who it is as worker. */
	readonly taken: readonly KnownVisit[];
	/** By case id. */
	readonly villages: ReadonlyMap<string, string | null>;
	/** What a person has chosen, by visit id; null for nobody. It stands as long as that candidate is there. */
	readonly chosen: ReadonlyMap<string, string | null>;
}

/**
 * By visit id. Where few can go is decided first; of those who can, the circle before others, who goes to that person in this
 * proposal already, and who has least to do that day.
 */
export function coverPlan(
	needs: readonly CoverNeed[],
	{ taken, villages, chosen }: CoverGround
): ReadonlyMap<string, CoverProposal> {
	const byWorker = new Map<string, readonly KnownVisit[]>(
		groupBy(taken, ({ worker_id }) => worker_id ?? '')
	);
	const workerOf = new Map<string, string | null>();
	const settle = ({ visit }: CoverNeed, workerId: string | null) => {
		workerOf.set(visit.id, workerId);
		if (workerId === null) return;
		const theirs = byWorker.get(workerId) ?? [];
		byWorker.set(workerId, [...theirs, { ...visit, worker_id: workerId }]);
	};
	const fits = ({ visit }: CoverNeed, workerId: string) => {
		const visits = byWorker.get(workerId) ?? [];
		const wanted = { ...visit, worker_id: workerId };
		return clashesOf(wanted, { visits, absences: [], villages }).length === 0;
	};
	const best = (need: CoverNeed) =>
		need.candidates
			.filter(({ id }) => fits(need, id))
			.map((candidate) => ({ candidate, ...merit(need, candidate, byWorker) }))
			.sort(
				(a, b) =>
					Number(a.candidate.wasAsked) - Number(b.candidate.wasAsked) ||
					Number(b.candidate.isInCircle) - Number(a.candidate.isInCircle) ||
					Number(b.goesThere) - Number(a.goesThere) ||
					a.load - b.load
			)
			.map(({ candidate }) => candidate.id);

	const isChosen = ({ visit, candidates }: CoverNeed) => {
		const choice = chosen.get(visit.id);
		return choice === null || candidates.some(({ id }) => id === choice);
	};
	for (const need of needs.filter(isChosen)) settle(need, chosen.get(need.visit.id) ?? null);
	const possible = new Map(needs.map((need) => [need.visit.id, best(need)]));
	const open = needs
		.filter((need) => !isChosen(need))
		.sort(
			(a, b) =>
				a.candidates.length - b.candidates.length ||
				a.visit.starts_at.localeCompare(b.visit.starts_at) ||
				a.visit.id.localeCompare(b.visit.id)
		);
	for (const need of open) settle(need, best(need)[0] ?? null);
	return new Map(
		needs.map(({ visit: { id } }) => [
			id,
			{ workerId: workerOf.get(id) ?? null, possible: possible.get(id) ?? [] }
		])
	);
}

function merit(
	{ visit }: CoverNeed,
	{ id, visitsThatDay }: CoverCandidate,
	byWorker: ReadonlyMap<string, readonly KnownVisit[]>
): { readonly goesThere: boolean; readonly load: number } {
	const theirs = byWorker.get(id) ?? [];
	const day = taipeiDay(visit.starts_at);
	return {
		goesThere: theirs.some(({ case_id }) => case_id === visit.case_id),
		load: visitsThatDay + theirs.filter(({ starts_at }) => taipeiDay(starts_at) === day).length
	};
}
