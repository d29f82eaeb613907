/** The payment rules that a visit would break, in plain words with the payment system's code. */
import type { VisitWarning, VisitWarningCode } from '#lib/domain/visit-warnings.ts';
import { listWords } from '#lib/care-ui/join-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

type Words = (inputs: { services: string; limit: string; used: string }) => string;

const WORDS: Readonly<Record<VisitWarningCode, Words>> = {
	E5007: m.visits_warning_e5007,
	E5009: m.visits_warning_e5009,
	E5010: m.visits_warning_e5010,
	E5013: m.visits_warning_e5013,
	E5014: m.visits_warning_e5014,
	E5019: m.visits_warning_e5019,
	E5028: m.visits_warning_e5028,
	E5030: m.visits_warning_e5030,
	EBA09A1: m.visits_warning_eba09a1,
	EXCLUSIVE_WASH: m.visits_warning_exclusive,
	EXCLUSIVE_PRESENCE: m.visits_warning_exclusive,
	BA22_ALONE: m.visits_warning_ba22_alone,
	AA08_WITH_AA09: m.visits_warning_exclusive,
	TIME_OF_DAY: m.visits_warning_time_of_day,
	QUANTITY_DAY: m.visits_warning_quantity_day,
	QUANTITY_WEEK: m.visits_warning_quantity_week,
	QUANTITY_INVALID: m.visits_warning_quantity_invalid,
	CMS_LEVEL_MIN: m.visits_warning_cms_level_min,
	CMS_LEVEL_CODE: m.visits_warning_cms_level_code,
	UNKNOWN_CODE: m.visits_warning_unknown_code,
	E5202: m.visits_warning_e5202,
	E5203: m.visits_warning_e5203,
	PLAN_TIMES_WEEK: m.visits_warning_plan_times_week,
	OUTSIDE_PLAN_TELL_MANAGER: m.visits_warning_outside_plan_tell,
	OUTSIDE_PLAN: m.visits_warning_outside_plan,
	SHORTER_THAN_CODES: m.visits_warning_shorter,
	UNPLANNED_TELL_MANAGER: m.visits_warning_unplanned_tell,
	UNPLANNED: m.visits_warning_unplanned
};

/** Codes of the payment system begin with E and a digit (or EBA); ours carry no number that anybody could look up. */
export function warningWords({ code, services, limit, used }: VisitWarning): string {
	const numbers = new Intl.NumberFormat(getLocale());
	const text = WORDS[code]({
		services: listWords(services),
		limit: numbers.format(limit ?? 0),
		used: numbers.format(used ?? 0)
	});
	return /^E(\d|BA)/.test(code) ? m.visits_warning_with_code({ text, code }) : text;
}
