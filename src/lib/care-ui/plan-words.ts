/** 核定項目 in words: what was approved, and what visits would go beyond. */
import type { CasePlanCodeRow } from '#lib/domain/care-list-rows.ts';
import { newestServiceCode } from '#lib/domain/code-tables.ts';
import type { PlanWarning } from '#lib/domain/plan-warnings.ts';
import type { ServiceUnit } from '#lib/domain/service-codes.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { dayWords, midSentence, shortDay } from './dates.ts';
import { clauseWords, joinWords } from './join-words.ts';
import { localName } from './state-names.ts';

/** Of the other units one is a time; of codes that are paid by the set, a visit. */
const UNITS: Readonly<Partial<Record<ServiceUnit, (inputs: { count: string }) => string>>> = {
	half_hour: m.plan_units_half_hour,
	hour: m.plan_units_hour,
	two_hours: m.plan_units_two_hours,
	day: m.plan_units_day,
	day_24h: m.plan_units_day,
	half_day: m.plan_units_half_day,
	meal: m.plan_units_meal,
	trip: m.plan_units_trip
};

/** `BA02 基本日常照顧`; a code that this release does not know is shown as it is. */
export function serviceName(code: string): string {
	const row = newestServiceCode(code);
	return row ? `${code} ${localName(row)}` : code;
}

/** `24 次`, `44 單位（30 分鐘）`. */
export function unitsWords(code: string, count: number): string {
	const unit = newestServiceCode(code)?.unit;
	return ((unit && UNITS[unit]) ?? m.plan_units_time)({ count: numberWords(count) });
}

/** `每週 3 次・每月 13 次`. */
export function approvedWords(
	row: Pick<CasePlanCodeRow, 'code' | 'units_month' | 'times_week'>
): string {
	return joinWords([
		row.times_week !== null && m.plan_times_week({ count: row.times_week }),
		row.units_month !== null && m.plan_units_month({ units: unitsWords(row.code, row.units_month) })
	]);
}

export function moneyWords(ntd: number): string {
	return m.lists_money({ amount: numberWords(ntd) });
}

/**
 * What it is, and the numbers.
 * @param today Taipei day
 * @param others in how many more weeks or months the same is so
 */
export function planWarningWords(
	warning: PlanWarning,
	today: string,
	others = 0
): { readonly title: string; readonly text: string } {
	const months = others > 0 && m.plan_and_months({ count: others });
	switch (warning.kind) {
		case 'outside': {
			const { code, days } = warning;
			const service = serviceName(code);
			const day = midSentence(dayWords(days[0] ?? today, today));
			const text =
				days.length > 1
					? m.plan_outside_from({ service, day, count: days.length })
					: m.plan_outside_on({ service, day });
			return { title: m.plan_outside(), text };
		}
		case 'units': {
			const { code, span, used, limit } = warning;
			const text = m.plan_more_units_text({
				service: serviceName(code),
				month: monthWord(span),
				used: unitsWords(code, used),
				limit: unitsWords(code, limit)
			});
			return { title: m.plan_more_units(), text: clauseWords([text, months]) };
		}
		case 'times': {
			const { code, span, used, limit } = warning;
			const day = shortDay(span);
			const text = m.plan_more_times_text({ service: serviceName(code), day, used, limit });
			const weeks = others > 0 && m.plan_and_weeks({ count: others });
			return { title: m.plan_more_times(), text: clauseWords([text, weeks]) };
		}
		case 'quota': {
			const { span, usedNtd, quotaNtd } = warning;
			const text = m.plan_over_quota_text({
				month: monthWord(span),
				used: moneyWords(usedNtd),
				quota: moneyWords(quotaNtd),
				over: moneyWords(usedNtd - quotaNtd)
			});
			return { title: m.plan_over_quota(), text: clauseWords([text, months]) };
		}
	}
}

/** `12月`, `December`. @param month YYYY-MM */
function monthWord(month: string): string {
	const format = new Intl.DateTimeFormat(getLocale(), { month: 'long', timeZone: 'UTC' });
	return format.format(new Date(`${month}-01T00:00:00Z`));
}

function numberWords(count: number): string {
	return new Intl.NumberFormat(getLocale()).format(count);
}
