/** What a notice can be about; the server says which. */
export type NoticeKind =
	| 'emergency_reported'
	| 'emergency_action'
	| 'task_offered'
	| 'task_answered'
	| 'task_expired'
	| 'restricted_report_received'
	| 'conflict'
	| 'access_granted'
	| 'case_moved'
	| 'work_refused'
	| 'late_work'
	| 'handover_note'
	| 'visit_offered'
	| 'visit_offer_answered'
	| 'record_returned'
	| 'record_corrected'
	| 'announcement_asked'
	| 'question_asked'
	| 'question_handed'
	| 'question_answered'
	| 'question_unanswered'
	| 'mentioned';

/** Sorts of notices that a person may keep off their phones (private.notice_group, migration 001300); reports of emergencies are not among them. */
export const NOTICE_GROUPS = [
	'emergencies',
	'tasks',
	'visits',
	'records',
	'mentions',
	'office'
] as const;
export type NoticeGroup = (typeof NOTICE_GROUPS)[number];

/** What a phone is told beside emergencies: news of a sort, or a family's day. */
export type PushAbout = NoticeGroup | 'digest';
