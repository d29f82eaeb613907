/** What was said of the time of a visit, in words. */
import type { LateReason, VisitRemarkRow } from '#lib/domain/arrival-rows.ts';
import { taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';
import { timeRange } from '#lib/care-ui/dates.ts';

export const LATE_REASONS: Readonly<Record<LateReason, () => string>> = {
	traffic: m.watch_late_traffic,
	visit_before: m.watch_late_visit_before,
	called_away: m.watch_late_called_away,
	unwell: m.watch_late_unwell,
	other: m.watch_late_other
};

/** `交通` or what was written. */
export function lateReasonWords({ reason, note }: VisitRemarkRow): string {
	return note ?? (reason === null ? '' : LATE_REASONS[reason]());
}

/** One line: what is said, by whom. */
export function remarkWords(remark: VisitRemarkRow): string {
	const { kind, note, checked_in_at, checked_out_at, author_name } = remark;
	if (kind === 'late') {
		return m.watch_said_late({ reason: lateReasonWords(remark), name: author_name });
	}
	const from = checked_in_at ?? '';
	const times = checked_out_at === null ? taipeiTime(from) : timeRange(from, checked_out_at);
	return m.watch_said_times({ times, reason: note ?? '', name: author_name });
}

/** `20 分鐘`, `1 小時 20 分鐘`. */
export function spanWords(minutes: number): string {
	if (minutes < 60) return m.watch_minutes({ count: minutes });
	const rest = minutes % 60;
	const hours = Math.floor(minutes / 60);
	return rest === 0 ? m.watch_hours({ hours }) : m.watch_hours_minutes({ hours, minutes: rest });
}
