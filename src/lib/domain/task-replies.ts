/** Until when somebody who was asked to take a task answers. */
import type { TaskRow } from './rows.ts';

/** Minutes, as the database allows them. Two hours are what A-units give their partners. */
export const REPLY_MINUTES = [30, 120, 240, 1440] as const;

export type ReplyState =
	| { readonly is: 'none' }
	/** The server has not set the time: this phone is still offline, or has just made the offer. */
	| { readonly is: 'to_start'; readonly minutes: number }
	| { readonly is: 'waiting'; readonly leftMs: number }
	| { readonly is: 'late' }
	| { readonly is: 'answered'; readonly at: string; readonly inTime: boolean };

/** @param now ISO instant. Past its time an offer is late by this phone's clock too; only the server writes that down. */
export function replyState(
	task: Pick<TaskRow, 'status' | 'assignee_id' | 'reply_minutes' | 'reply_due_at' | 'answered_at'>,
	now: string
): ReplyState {
	if (task.status === 'expired') return { is: 'late' };
	if (task.reply_minutes === null || task.assignee_id === null) return { is: 'none' };
	if (task.status !== 'open') {
		if (task.answered_at === null || task.reply_due_at === null) return { is: 'none' };
		const inTime = Date.parse(task.answered_at) <= Date.parse(task.reply_due_at);
		return { is: 'answered', at: task.answered_at, inTime };
	}
	if (task.reply_due_at === null) return { is: 'to_start', minutes: task.reply_minutes };
	// A phone's clock may stand a little behind the server's, and ticks once a minute.
	const spanMs = task.reply_minutes * 60_000;
	const leftMs = Math.min(spanMs, Date.parse(task.reply_due_at) - Date.parse(now));
	return leftMs > 0 ? { is: 'waiting', leftMs } : { is: 'late' };
}
