/** The time to answer a task, in words. */
import { instantWords } from '#lib/care-ui/dates.ts';
import type { TaskRow } from '#lib/domain/rows.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { REPLY_MINUTES, replyState } from '#lib/domain/task-replies.ts';
import { m } from '#lib/paraglide/messages.js';

const HOUR = 60;

/** Choices for a Select; empty for no time. */
export function replyOptions(): { readonly value: string; readonly label: string }[] {
	return [
		{ value: '', label: m.tasks_reply_none() },
		...REPLY_MINUTES.map((minutes) => ({ value: `${minutes}`, label: spanWords(minutes) }))
	];
}

/** What was chosen; null for no time. */
export function replyMinutes(value: string): number | null {
	return REPLY_MINUTES.find((minutes) => `${minutes}` === value) ?? null;
}

/** Null when there is nothing to say of it. @param now ISO instant */
export function replyWords(
	task: Parameters<typeof replyState>[0] & Pick<TaskRow, 'status'>,
	now: string
): { readonly text: string; readonly isLate: boolean } | null {
	const state = replyState(task, now);
	switch (state.is) {
		case 'none':
			return null;
		case 'to_start':
			return { text: m.tasks_reply_within({ span: spanWords(state.minutes) }), isLate: false };
		case 'waiting': {
			const span = spanWords(Math.max(1, Math.ceil(state.leftMs / 60_000)));
			return { text: m.tasks_reply_left({ span }), isLate: false };
		}
		case 'late':
			return { text: m.tasks_reply_late(), isLate: true };
		case 'answered': {
			const when = instantWords(state.at, taipeiDay(now));
			return {
				text: state.inTime
					? m.tasks_reply_answered({ when })
					: m.tasks_reply_answered_late({ when }),
				isLate: false
			};
		}
	}
}

/** `1 小時 20 分鐘`; a day is said as such. */
function spanWords(minutes: number): string {
	if (minutes === 24 * HOUR) return m.tasks_span_day();
	if (minutes < HOUR) return m.tasks_span_minutes({ count: minutes });
	const hours = Math.floor(minutes / HOUR);
	const rest = minutes % HOUR;
	if (rest === 0) return m.tasks_span_hours({ count: hours });
	return m.tasks_span_both({ hours, minutes: rest });
}
