/** Absences in words. */
import { dayWords, midSentence } from '#lib/care-ui/dates.ts';
import type { StaffAbsenceRow } from '#lib/domain/rows.ts';
import { addDays, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';

const MIDNIGHT = '00:00';

/** `11月23日 週一 到 11月25日 週三`, `今天 週日 13:00–17:00`; whole days without the time. */
export function leaveSpan(
	{ starts_at, ends_at }: Pick<StaffAbsenceRow, 'starts_at' | 'ends_at'>,
	today: string
): string {
	const from = taipeiDay(starts_at);
	const startsWhole = taipeiTime(starts_at) === MIDNIGHT;
	const endsWhole = taipeiTime(ends_at) === MIDNIGHT;
	// The end is not included: until midnight is until the day before.
	const until = endsWhole ? addDays(taipeiDay(ends_at), -1) : taipeiDay(ends_at);
	if (from === until && startsWhole && endsWhole) return dayWords(from, today);
	if (from === until) {
		const end = endsWhole ? '24:00' : taipeiTime(ends_at);
		return `${dayWords(from, today)} ${taipeiTime(starts_at)}–${end}`;
	}
	return m.schedule_span_days({
		from: startsWhole ? dayWords(from, today) : `${dayWords(from, today)} ${taipeiTime(starts_at)}`,
		until: midSentence(
			endsWhole ? dayWords(until, today) : `${dayWords(until, today)} ${taipeiTime(ends_at)}`
		)
	});
}
