/** The form of one code of the approved plan: what is typed, what is wrong with it, and what it changes. */
import type { CasePlanCodeRow } from '#lib/domain/care-list-rows.ts';
import type { Patch } from '#lib/domain/mutations/catalogue.ts';
import { isDay } from '#lib/domain/taiwan-dates.ts';
import { cleanLine, cleanText } from '#lib/domain/text.ts';
import { isBackwards } from './list-forms.ts';
import { rowPatch } from '#lib/domain/row-patch.ts';

export type PlanCodeValues = Pick<
	CasePlanCodeRow,
	'code' | 'units_month' | 'times_week' | 'valid_from' | 'valid_until' | 'provider' | 'note'
>;

export interface TypedPlanCode {
	readonly code: string;
	readonly times: string;
	readonly units: string;
	readonly validFrom: string;
	readonly validUntil: string;
	readonly provider: string;
	readonly note: string;
}

export type PlanCodeProblem = 'code' | 'times' | 'units' | 'amount' | 'from' | 'backwards';

const MOST_TIMES = 99;
const MOST_UNITS = 999;

/** @param today Taipei day: where a new entry begins unless somebody says otherwise */
export function planCodeToTyped(row: PlanCodeValues | null, today: string): TypedPlanCode {
	return {
		code: row?.code ?? '',
		times: row?.times_week?.toString() ?? '',
		units: row?.units_month?.toString() ?? '',
		validFrom: row?.valid_from ?? today,
		validUntil: row?.valid_until ?? '',
		provider: row?.provider ?? '',
		note: row?.note ?? ''
	};
}

export function planCodeProblems(typed: TypedPlanCode): PlanCodeProblem[] {
	const { code, times, units, validFrom, validUntil } = typed;
	return [
		...(code === '' ? (['code'] as const) : []),
		...(isAmount(times, MOST_TIMES) ? [] : (['times'] as const)),
		...(isAmount(units, MOST_UNITS) ? [] : (['units'] as const)),
		...(times.trim() === '' && units.trim() === '' ? (['amount'] as const) : []),
		...(isDay(validFrom) ? [] : (['from'] as const)),
		...(isBackwards(validFrom, validUntil) ? (['backwards'] as const) : [])
	];
}

/** Of what has no problems. */
export function typedToPlanCode(typed: TypedPlanCode): PlanCodeValues {
	return {
		code: typed.code,
		units_month: amount(typed.units),
		times_week: amount(typed.times),
		valid_from: typed.validFrom,
		valid_until: isDay(typed.validUntil) ? typed.validUntil : null,
		provider: cleanLine(typed.provider) || null,
		note: cleanText(typed.note) || null
	};
}

export function planCodePatch(seen: PlanCodeValues, typed: TypedPlanCode): Patch<CasePlanCodeRow> {
	const before = typedToPlanCode(planCodeToTyped(seen, seen.valid_from));
	return rowPatch(seen, before, typedToPlanCode(typed));
}

/** Nothing, or a whole number from 1 on. */
function isAmount(typed: string, most: number): boolean {
	const text = typed.trim();
	return text === '' || (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= most);
}

function amount(typed: string): number | null {
	return typed.trim() === '' ? null : Number(typed);
}
