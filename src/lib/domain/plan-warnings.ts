/**
 * What visits would go beyond: a person's approved plan, and the month's quota of the CMS level. It warns and never forbids, for whoever
 * plans may know of a later decision. The payment system checks a month's count and amount too (its error codes E5202 and E5203), when
 * it is too late to plan otherwise.
 */
import { monthQuota } from './month-quota.ts';
import {
	allUses,
	isPlanOnRecord,
	limitAt,
	planCodesAt,
	timesIn,
	unitsIn,
	type PlanFacts,
	type PlanLine,
	type PlannedUse,
	type Use
} from './plan-codes.ts';
import { startOfWeek, taipeiDay } from './taiwan-dates.ts';
import { priceSnapshot, type CodeQuantity } from './visit-prices.ts';
import { baseCode, familyOf, type VisitWarning } from './visit-warnings.ts';

/** Not among the codes that are in force on these Taipei days. */
interface Outside {
	readonly kind: 'outside';
	readonly code: string;
	readonly days: readonly string[];
}
/** More than the plan has: units in the month `span` (YYYY-MM), or visits in the week of the Monday `span`. */
interface Amount {
	readonly kind: 'units' | 'times';
	readonly code: string;
	readonly span: string;
	readonly used: number;
	readonly limit: number;
}
/** More than the quota of the month; what is over is paid in full by the person, of whichever class. */
interface Quota {
	readonly kind: 'quota';
	readonly span: string;
	readonly usedNtd: number;
	readonly quotaNtd: number;
}
export type PlanWarning = Outside | Amount | Quota;

/**
 * What a change of visits adds to what the plan does not have. What was so before, and does not become worse, was somebody's decision
 * and is not said again.
 * @param wanted visits as they are to stand; one that is planned already has its id
 */
export function planWarnings(wanted: readonly PlannedUse[], facts: PlanFacts): PlanWarning[] {
	const ids = new Set(wanted.map(({ id }) => id));
	const others = facts.planned.filter(({ id }) => id === null || !ids.has(id));
	const after = { ...facts, planned: [...others, ...wanted] };
	const asked = [...wanted]
		.filter(({ starts_at }) => isPlanOnRecord(facts.lines, starts_at))
		.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
	return [
		...newlyOutside(asked, facts),
		...amountsOver(asked, facts.lines, allUses(after), allUses(facts)),
		...quotasOver(asked, after, facts)
	];
}

/**
 * What a visit's record adds to what was recorded before: visits that are only planned do not count, they can still be planned
 * otherwise.
 * @param visit `id`: whose earlier record does not count beside the one that is written
 */
export function recordOveruse(
	visit: {
		readonly id: string;
		readonly startsAt: string;
		readonly codes: readonly CodeQuantity[];
	},
	facts: PlanFacts
): VisitWarning[] {
	const { id, startsAt, codes } = visit;
	if (!isPlanOnRecord(facts.lines, startsAt)) return [];
	const day = taipeiDay(startsAt);
	const before = {
		...facts,
		done: facts.done.filter(({ visitId }) => visitId !== id),
		planned: []
	};
	const own = { visitId: id, day, codes: priceSnapshot(codes, day, facts.remoteArea) };
	const after = { ...before, done: [...before.done, own] };
	const asked = [{ id, starts_at: startsAt, planned_codes: codes.map(({ code }) => code) }];
	return [
		...amountsOver(asked, facts.lines, after.done, before.done).map(
			({ kind, code, limit, used }): VisitWarning => ({
				code: kind === 'units' ? 'E5202' : 'PLAN_TIMES_WEEK',
				services: [code],
				limit,
				used
			})
		),
		...quotasOver(asked, after, before).map(({ quotaNtd, usedNtd }): VisitWarning => ({
			code: 'E5203',
			services: [],
			limit: quotaNtd,
			used: usedNtd
		}))
	];
}

function newlyOutside(asked: readonly PlannedUse[], { lines, planned }: PlanFacts): Outside[] {
	const stood = new Map(planned.map((visit) => [visit.id, visit]));
	const days = new Map<string, string[]>();
	for (const visit of asked) {
		const before = visit.id === null ? undefined : stood.get(visit.id);
		const known = before ? codesOutside(before, lines) : [];
		for (const code of codesOutside(visit, lines)) {
			if (known.includes(code)) continue;
			days.set(code, [...(days.get(code) ?? []), taipeiDay(visit.starts_at)]);
		}
	}
	return [...days].map(([code, ofCode]) => ({ kind: 'outside', code, days: ofCode }));
}

/** A codes are add-ons, and come with the services that they are added to. */
function codesOutside(visit: PlannedUse, lines: readonly PlanLine[]): string[] {
	const inPlan = planCodesAt(lines, visit.starts_at)?.map(baseCode);
	if (inPlan === undefined) return [];
	return [...new Set(visit.planned_codes)].filter(
		(code) => familyOf(code) !== 'A' && !inPlan.includes(baseCode(code))
	);
}

/** @param asked in order of time: an amount that was changed holds for the whole of the month or week in which it was */
function amountsOver(
	asked: readonly PlannedUse[],
	lines: readonly PlanLine[],
	after: readonly Use[],
	before: readonly Use[]
): Amount[] {
	const over = new Map<string, Amount | null>();
	for (const { starts_at, planned_codes } of asked) {
		const day = taipeiDay(starts_at);
		const note = (kind: Amount['kind'], code: string, span: string, count: typeof unitsIn) => {
			const limit = limitAt(
				lines,
				code,
				kind === 'units' ? 'units_month' : 'times_week',
				starts_at
			);
			const used = count(span, after, code);
			const isMore = limit !== null && used > limit && used > count(span, before, code);
			over.set(`${kind} ${code} ${span}`, isMore ? { kind, code, span, used, limit } : null);
		};
		for (const code of new Set(planned_codes.map(baseCode))) {
			note('units', code, day.slice(0, 7), unitsIn);
			note('times', code, startOfWeek(day), timesIn);
		}
	}
	return [...over.values()].filter((amount) => amount !== null);
}

function quotasOver(asked: readonly PlannedUse[], after: PlanFacts, before: PlanFacts): Quota[] {
	const months = new Set(asked.map(({ starts_at }) => taipeiDay(starts_at).slice(0, 7)));
	return [...months].flatMap((span): Quota[] => {
		const [quota, stood] = [quotaOf(span, after), quotaOf(span, before)];
		if (quota === null || quota.usedNtd <= quota.quotaNtd) return [];
		return quota.usedNtd <= (stood?.usedNtd ?? 0) ? [] : [{ kind: 'quota', span, ...quota }];
	});
}

function quotaOf(
	month: string,
	{ cmsLevel, remoteArea, done, planned }: PlanFacts
): Pick<Quota, 'usedNtd' | 'quotaNtd'> | null {
	const quota = monthQuota({
		cmsLevel,
		copayClass: null,
		done: done.filter(({ day }) => day.startsWith(month)).flatMap(({ codes }) => codes),
		planned: planned.flatMap(({ starts_at, planned_codes }) => {
			const day = taipeiDay(starts_at);
			const codes = planned_codes.map((code) => ({ code, quantity: 1 }));
			return day.startsWith(month) ? priceSnapshot(codes, day, remoteArea) : [];
		})
	});
	return quota && { usedNtd: quota.doneNtd + quota.plannedNtd, quotaNtd: quota.quotaNtd };
}
