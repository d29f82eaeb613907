/** What a notice is about, and where it leads. */
import { links } from '#lib/care-ui/links.ts';
import type { NoticeRow } from '#lib/domain/rows.ts';

/** Null when there is nothing to look at. */
export function noticeHref(notice: NoticeRow): string | null {
	switch (notice.kind) {
		case 'emergency_reported':
		case 'restricted_report_received':
			return notice.subject_id && links.emergency(notice.subject_id);
		case 'emergency_action':
			return links.emergency(noticeText(notice, 'emergency_id'));
		case 'task_offered':
		case 'task_answered':
		case 'task_expired':
			return notice.subject_id && links.task(notice.subject_id);
		case 'conflict':
			return conflictHref(notice);
		case 'access_granted':
		case 'case_moved':
			return notice.case_id && links.case(notice.case_id);
		case 'late_work':
			return notice.case_id && links.case(notice.case_id, 'timeline');
		case 'handover_note':
			return notice.case_id && links.handovers(notice.case_id);
		case 'visit_offered':
			return links.dashboard;
		case 'visit_offer_answered':
			return links.visit(noticeText(notice, 'visit_id'));
		case 'record_returned':
		case 'record_corrected':
			return noticeText(notice, 'visit_id') === ''
				? notice.case_id && links.case(notice.case_id, 'timeline')
				: links.visit(noticeText(notice, 'visit_id'));
		case 'question_asked':
		case 'question_handed':
		case 'question_answered':
		case 'question_unanswered':
			return notice.subject_id && links.question(notice.subject_id);
		case 'mentioned':
			return mentionHref(notice);
		case 'announcement_asked':
			return links.announcements;
		case 'work_refused':
			return links.refusedWork;
	}
}

/** To the task, or to the message in its thread. */
function mentionHref(notice: NoticeRow): string | null {
	const { subject_table, subject_id, case_id } = notice;
	if (subject_id === null || case_id === null) return null;
	if (subject_table === 'tasks') return links.task(subject_id);
	const thread = noticeText(notice, 'thread') === 'staff' ? 'staff' : 'circle';
	return links.message(case_id, thread, subject_id);
}

function conflictHref({ subject_table, subject_id, case_id }: NoticeRow): string | null {
	if (subject_table === 'tasks' && subject_id) return links.task(subject_id);
	if (subject_table === 'visits' && subject_id) return links.visit(subject_id);
	return case_id && links.case(case_id, 'timeline');
}

/** A word of the notice's data; '' when it is not there. */
export function noticeText({ data }: NoticeRow, field: string): string {
	const value = data[field];
	return typeof value === 'string' ? value : '';
}
