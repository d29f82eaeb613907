/** Tasks that come again, in words. */
import { dateWithYear, instantWords } from '#lib/care-ui/dates.ts';
import { joinWords, listWords } from '#lib/care-ui/join-words.ts';
import { weekdayNames } from '#lib/care-ui/weekday-words.ts';
import type { SeriesDays, SeriesFrequency, TaskSeriesRow } from '#lib/domain/task-series.ts';
import { nextDues } from '#lib/domain/task-series.ts';
import { m } from '#lib/paraglide/messages.js';

const EVERY: Readonly<Record<SeriesFrequency, (inputs: { count: number }) => string>> = {
	weekly: m.repeats_every_weeks,
	monthly: m.repeats_every_months
};

/** `每週`, `每 3 個月`. */
export function spacingWords(frequency: SeriesFrequency, spacing: number): string {
	if (spacing > 1) return EVERY[frequency]({ count: spacing });
	return frequency === 'weekly' ? m.repeats_weekly() : m.repeats_monthly();
}

/** `每週・週一、週四`, `每 3 個月・5 日・到 2027年6月30日`. */
export function patternWords(days: SeriesDays): string {
	return joinWords([
		spacingWords(days.frequency, days.spacing),
		days.month_day === null
			? listWords([...weekdayNames(days.weekdays)])
			: m.repeats_month_day({ day: days.month_day }),
		days.until_on !== null && m.repeats_until({ day: dateWithYear(days.until_on) })
	]);
}

/** `下次：明天 10:00`, or that it rests or has ended. */
export function nextWords(series: TaskSeriesRow, now: string, today: string): string {
	if (!series.active) return m.repeats_rests();
	const [next] = nextDues(series, now, today, 1);
	return next === undefined
		? m.repeats_ended()
		: m.repeats_next({ when: instantWords(next, today) });
}

/** `當天早上`, `前 3 天的早上`. */
export function leadWords(days: number): string {
	return days === 0 ? m.repeats_lead_same() : m.repeats_lead({ count: days });
}
