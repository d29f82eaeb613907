/** What a notice can be about; the server says which. */
export type NoticeKind =
	| 'emergency_reported'
	| 'emergency_action'
	| 'task_offered'
	| 'task_answered'
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
	| 'record_corrected';
