/** Notices in plain words and pictures. The server sends codes and ids; the words are made here. */
import AtSign from '~icons/lucide/at-sign';
import BadgeAlert from '~icons/lucide/badge-alert';
import Building2 from '~icons/lucide/building-2';
import CalendarCheck from '~icons/lucide/calendar-check';
import CalendarPlus from '~icons/lucide/calendar-plus';
import CircleHelp from '~icons/lucide/circle-help';
import ClipboardCheck from '~icons/lucide/clipboard-check';
import ClockAlert from '~icons/lucide/clock-alert';
import FileCheck from '~icons/lucide/file-check';
import FileClock from '~icons/lucide/file-clock';
import FilePen from '~icons/lucide/file-pen';
import GitCompare from '~icons/lucide/git-compare';
import HandHeart from '~icons/lucide/hand-heart';
import Inbox from '~icons/lucide/inbox';
import ListTodo from '~icons/lucide/list-todo';
import Megaphone from '~icons/lucide/megaphone';
import MessageCircleReply from '~icons/lucide/message-circle-reply';
import NotebookPen from '~icons/lucide/notebook-pen';
import ShieldCheck from '~icons/lucide/shield-check';
import Siren from '~icons/lucide/siren';
import { roleName } from '#lib/care-ui/names.ts';
import { incidentName, taskStatusName } from '#lib/care-ui/state-names.ts';
import type { NoticeItem } from '#lib/db/queries/messages.ts';
import type { NoticeKind } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IconComponent } from '#lib/ui/icon.ts';
import { noticeText } from './notice-subject.ts';

export const NOTICE_ICONS: Readonly<Record<NoticeKind, IconComponent>> = {
	emergency_reported: Siren,
	emergency_action: BadgeAlert,
	task_offered: ListTodo,
	task_answered: ClipboardCheck,
	task_expired: ClockAlert,
	restricted_report_received: ShieldCheck,
	conflict: GitCompare,
	access_granted: HandHeart,
	case_moved: Building2,
	work_refused: Inbox,
	late_work: FileClock,
	handover_note: NotebookPen,
	visit_offered: CalendarPlus,
	visit_offer_answered: CalendarCheck,
	record_returned: FilePen,
	record_corrected: FileCheck,
	announcement_asked: Megaphone,
	question_asked: CircleHelp,
	question_handed: CircleHelp,
	question_answered: MessageCircleReply,
	question_unanswered: ClockAlert,
	mentioned: AtSign
};

const ACTIONS: Readonly<Record<string, () => string>> = {
	acknowledge: m.messages_notice_action_acknowledge,
	act: m.messages_notice_action_act,
	note: m.messages_notice_action_note,
	raise: m.messages_notice_action_raise,
	notify: m.messages_notice_action_notify,
	close: m.messages_notice_action_close,
	reopen: m.messages_notice_action_reopen
};

/** `林阿嬤：跌倒`. A subject that is not on this phone (any more) is said without its name. */
export function noticeWords({ notice, caseName, taskTitle }: NoticeItem): string {
	const name = caseName ?? m.care_unknown_person();
	const title = taskTitle ?? m.messages_notice_some_task();
	switch (notice.kind) {
		case 'emergency_reported':
			return m.messages_notice_emergency({
				name,
				what: incidentName(noticeText(notice, 'incident_type'))
			});
		case 'emergency_action':
			return m.messages_notice_emergency_action({
				name,
				what: (ACTIONS[noticeText(notice, 'action')] ?? m.messages_notice_action_other)()
			});
		case 'task_offered':
			return m.messages_notice_task_offered({ name, title });
		case 'task_answered':
			return m.messages_notice_task_answered({
				name,
				title,
				status: taskStatusName(noticeText(notice, 'status'))
			});
		case 'task_expired':
			return m.messages_notice_task_expired({ name, title });
		case 'restricted_report_received':
			return m.messages_notice_restricted();
		case 'conflict':
			return m.messages_notice_conflict({ name: taskTitle ?? name });
		case 'access_granted':
			return m.messages_notice_access({ name, role: roleName(noticeText(notice, 'role')) });
		case 'case_moved':
			// Who has lost sight of the case knew its name.
			return m.messages_notice_case_moved({
				name: noticeText(notice, 'case_name'),
				from: noticeText(notice, 'from'),
				to: noticeText(notice, 'to')
			});
		case 'work_refused':
			return m.messages_notice_work_refused({ name, author: noticeText(notice, 'author_name') });
		case 'late_work':
			return m.messages_notice_late_work({ name, author: noticeText(notice, 'author_name') });
		case 'handover_note':
			return m.messages_notice_handover({ name, author: noticeText(notice, 'author_name') });
		case 'visit_offered':
			return m.messages_notice_visit_offered({ author: noticeText(notice, 'author_name') });
		case 'visit_offer_answered':
			return noticeText(notice, 'status') === 'accepted'
				? m.messages_notice_visit_accepted({ name, author: noticeText(notice, 'author_name') })
				: m.messages_notice_visit_declined({ name, author: noticeText(notice, 'author_name') });
		case 'record_returned':
			return m.messages_notice_record_returned({ name, author: noticeText(notice, 'author_name') });
		case 'record_corrected':
			return m.messages_notice_record_corrected({
				name,
				author: noticeText(notice, 'author_name')
			});
		case 'question_asked':
			return m.messages_notice_question_asked({ name, author: noticeText(notice, 'author_name') });
		case 'question_handed':
			return m.messages_notice_question_handed({ name });
		case 'question_answered':
			return m.messages_notice_question_answered({
				name,
				author: noticeText(notice, 'author_name')
			});
		case 'question_unanswered':
			return m.messages_notice_question_unanswered({ name });
		case 'mentioned':
			return taskTitle === null
				? m.messages_notice_mentioned({ name, author: noticeText(notice, 'author_name') })
				: m.messages_notice_mentioned_in_task({
						title: taskTitle,
						author: noticeText(notice, 'author_name')
					});
		case 'announcement_asked':
			return m.messages_notice_announcement({ author: noticeText(notice, 'author_name') });
	}
}
