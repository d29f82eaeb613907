/**
 * 核定項目: the service codes of a person's approved plan, and how much of them a month's visits use. The plan is a copy of what the
 * county approved; where none is on record there is nothing to compare with.
 */
import type { CasePlanCodeRow } from './care-list-rows.ts';
import type { DoneCode } from './rows.ts';
import { startOfWeek, taipeiDay } from './taiwan-dates.ts';
import type { CodeQuantity } from './visit-prices.ts';
import { baseCode } from './visit-warnings.ts';

export type PlanLine = Pick<
	CasePlanCodeRow,
	'code' | 'units_month' | 'times_week' | 'valid_from' | 'valid_until' | 'ended_at'
>;

/** A visit that counts by what is planned for it: one unit of each code, as nobody has said how many. */
export interface PlannedUse {
	/** Null while it is not planned yet. */
	readonly id: string | null;
	readonly starts_at: string;
	readonly planned_codes: readonly string[];
}

/** What was recorded as done. */
export interface DoneUse {
	readonly visitId: string | null;
	/** Taipei day of the visit. */
	readonly day: string;
	readonly codes: readonly DoneCode[];
}

/** All that is known of one person's plan and of what counts against it, in whole weeks and months around what is asked. */
export interface PlanFacts {
	readonly lines: readonly PlanLine[];
	readonly cmsLevel: number | null;
	readonly remoteArea: boolean;
	readonly done: readonly DoneUse[];
	readonly planned: readonly PlannedUse[];
}

/** @param at instant at which a visit starts */
function isInForce(line: PlanLine, at: string): boolean {
	const day = taipeiDay(at);
	return isNotEnded(line, at) && line.valid_from <= day && (line.valid_until ?? day) >= day;
}

/** Whether there is a plan to compare with: one that has run out is one still, one of which every entry was ended is none. */
export function isPlanOnRecord(lines: readonly PlanLine[], at: string): boolean {
	const day = taipeiDay(at);
	return lines.some((line) => isNotEnded(line, at) && line.valid_from <= day);
}

/** Codes in force when a visit starts; null where no plan is on record. */
export function planCodesAt(lines: readonly PlanLine[], at: string): readonly string[] | null {
	if (!isPlanOnRecord(lines, at)) return null;
	return [...new Set(lines.filter((line) => isInForce(line, at)).map(({ code }) => code))];
}

/** How much of one code's month and week is used. Entries of the same code share it. */
export interface LineUse {
	readonly doneUnits: number;
	/** Of visits to come, and of visits that were made and have no record yet. */
	readonly plannedUnits: number;
	/** Null where the plan counts no units of this code; below zero: so many are over. */
	readonly leftUnits: number | null;
	/** Visits of this week with the code, planned and recorded. */
	readonly weekTimes: number;
}

/** @param now instant; its month and week are looked at */
export function lineUse(code: string, facts: PlanFacts, now: string): LineUse {
	const today = taipeiDay(now);
	const month = today.slice(0, 7);
	const doneUnits = unitsIn(month, facts.done, code);
	const plannedUnits = unitsIn(month, plannedUses(facts.planned), code);
	const limit = limitAt(facts.lines, code, 'units_month', now);
	return {
		doneUnits,
		plannedUnits,
		leftUnits: limit === null ? null : limit - doneUnits - plannedUnits,
		weekTimes: timesIn(startOfWeek(today), allUses(facts), code)
	};
}

/** What counts on a day. */
export interface Use {
	/** Taipei day. */
	readonly day: string;
	readonly codes: readonly CodeQuantity[];
}

function plannedUses(planned: readonly PlannedUse[]): Use[] {
	return planned.map(({ starts_at, planned_codes }) => ({
		day: taipeiDay(starts_at),
		codes: planned_codes.map((code) => ({ code, quantity: 1 }))
	}));
}

export function allUses({ done, planned }: Pick<PlanFacts, 'done' | 'planned'>): Use[] {
	return [...done, ...plannedUses(planned)];
}

/** The entries of a code together; null when one of them sets no such number, or none is in force. @param at instant */
export function limitAt(
	lines: readonly PlanLine[],
	code: string,
	field: 'units_month' | 'times_week',
	at: string
): number | null {
	const amounts = lines
		.filter((line) => baseCode(line.code) === baseCode(code) && isInForce(line, at))
		.map((line) => line[field]);
	if (amounts.length === 0) return null;
	return amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount));
}

/** @param month YYYY-MM */
export function unitsIn(month: string, uses: readonly Use[], code: string): number {
	return uses
		.filter(({ day }) => day.startsWith(month))
		.reduce((sum, use) => sum + quantityOf(use, code), 0);
}

/** Visits, whatever their units. @param monday first day of the week */
export function timesIn(monday: string, uses: readonly Use[], code: string): number {
	return uses.filter((use) => startOfWeek(use.day) === monday && quantityOf(use, code) > 0).length;
}

function quantityOf({ codes }: Use, code: string): number {
	return codes
		.filter((line) => baseCode(line.code) === baseCode(code))
		.reduce((sum, { quantity }) => sum + quantity, 0);
}

function isNotEnded({ ended_at }: PlanLine, at: string): boolean {
	return ended_at === null || Date.parse(at) < Date.parse(ended_at);
}
