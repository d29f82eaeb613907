/** Every mutation that a person can make: its name and what it carries. The server decides who may (supabase/migrations, mutations). */
import type {
	HouseholdCodeRow,
	HouseholdPointRow,
	VisitPlaceRow,
	VisitRemarkRow
} from '#lib/domain/arrival-rows.ts';
import type {
	CaseDeviceRow,
	CaseMedicationRow,
	CasePlanCodeRow
} from '#lib/domain/care-list-rows.ts';
import type {
	AttachmentRow,
	CaseConsentRow,
	CaseContactRow,
	CaseMemberRow,
	CaseRow,
	CaseStaffDetailsRow,
	EmergencyRow,
	EmergencySeverity,
	HandoverNoteRow,
	MeasurementRow,
	AnnouncementMarkRow,
	MessagePinRow,
	MessageReadRow,
	MessageRow,
	QuestionAnswerRow,
	QuestionRow,
	RecordReviewRow,
	RecordSignatureRow,
	OfficeDayRow,
	SightingRow,
	StaffAbsenceRow,
	SyncedRow,
	TaskCheckRow,
	TaskCommentRow,
	TaskRow,
	TaskRuleRow,
	TaskSeriesRow,
	TaskTemplateRow,
	VisitOfferRow,
	VisitRecordRow,
	VisitRow,
	VisitSeriesRow
} from '#lib/domain/rows.ts';
import type { DutyShiftRow, EscalationLadderRow } from '#lib/domain/duty-rows.ts';
import type { TravelNoteRow } from '#lib/domain/travel-rows.ts';
import type { DeclineReason } from '#lib/domain/offers.ts';

/** What a client may say of a new row: no server-set column; what is left out takes the column's default. */
export type NewRow<Row extends SyncedRow, ServerSet extends keyof Row = never> = {
	readonly id: string;
} & Partial<Omit<Row, keyof SyncedRow | ServerSet>>;

/** Field → [the value that this person saw, the value that they want]. */
export type Patch<Row = Record<string, unknown>> = {
	readonly [Field in keyof Row]?: readonly [Row[Field], Row[Field]];
};

interface PatchArgs {
	readonly id: string;
	readonly patch: Patch;
}
interface ById {
	readonly id: string;
}
/** `at` = device instant, ISO. */
interface ByIdAt extends ById {
	readonly at: string;
}
interface EmergencyStep extends ById {
	/** Id of the emergency_actions row that this step leaves behind. */
	readonly action_id: string;
	readonly note?: string;
}

/** Columns of the kept lists that only the server and the step that ends a row write. */
type KeptByServer = 'author_name' | 'ended_at' | 'end_reason' | 'ended_by_name';

export interface MutationArgs {
	'case.create': {
		readonly row: NewRow<CaseRow>;
		readonly details?: Partial<Omit<CaseStaffDetailsRow, keyof SyncedRow>>;
		readonly contacts?: readonly NewRow<CaseContactRow>[];
	};
	'case.patch': PatchArgs;
	'case_staff_details.patch': PatchArgs;
	'case_contact.add': { readonly row: NewRow<CaseContactRow> };
	'case_contact.patch': PatchArgs;
	'case_contact.remove': ById;
	'medication.add': { readonly row: NewRow<CaseMedicationRow, KeptByServer> };
	'medication.patch': PatchArgs;
	/** Not taken any more, or never was. */
	'medication.end': ByIdAt & { readonly reason: string };
	'device.add': { readonly row: NewRow<CaseDeviceRow, KeptByServer> };
	'device.patch': PatchArgs;
	'device.end': ByIdAt & { readonly reason: string };
	'plan_code.add': { readonly row: NewRow<CasePlanCodeRow, KeptByServer> };
	'plan_code.patch': PatchArgs;
	'plan_code.end': ByIdAt & { readonly reason: string };
	'case_member.add': { readonly row: NewRow<CaseMemberRow> };
	'case_member.end': ByIdAt;
	'membership.end': ByIdAt & { readonly reason: string };
	'absence.add': { readonly row: NewRow<StaffAbsenceRow, 'ended_at'> };
	/** Taken back, or back at work, from `at` on. */
	'absence.end': ByIdAt;
	/** What a day is from now on, whatever it was. */
	'office_day.set': { readonly row: NewRow<OfficeDayRow> };
	/** The whole order of one severity from now on. */
	'ladder.set': { readonly row: NewRow<EscalationLadderRow> };
	'duty.add': { readonly row: NewRow<DutyShiftRow> };
	'duty.change': PatchArgs;
	/** Of one's own; also what corrects an earlier one. */
	'travel.add': { readonly row: NewRow<TravelNoteRow> };
	'visit_series.add': {
		readonly row: NewRow<VisitSeriesRow>;
		readonly visits: readonly NewRow<VisitRow>[];
	};
	'visit_series.patch': PatchArgs;
	'visit_series.end': ById & { readonly until_on: string };
	'visit.plan': { readonly row: NewRow<VisitRow> };
	/** `worker_name`: how the worker of the patch is called, shown until the server has said it. */
	'visit.patch': PatchArgs & { readonly worker_name?: string | null };
	'visit_offer.make': {
		readonly row: NewRow<
			VisitOfferRow,
			'offered_by_name' | 'instead_of' | 'status' | 'decline_reason' | 'answered_at'
		>;
	};
	'visit_offer.accept': ByIdAt;
	'visit_offer.decline': ByIdAt & { readonly decline_reason: DeclineReason };
	'visit_offer.withdraw': ByIdAt;
	'visit.check_in': ByIdAt;
	'visit.check_out': ByIdAt;
	'visit.no_answer': ByIdAt & { readonly reason?: string };
	'visit.miss': ByIdAt & { readonly reason: string };
	'visit.cancel': ByIdAt & { readonly reason: string };
	'visit_record.add': {
		readonly row: NewRow<VisitRecordRow, 'author_name'>;
		readonly measurements?: readonly NewRow<
			MeasurementRow,
			'author_name' | 'case_id' | 'visit_id'
		>[];
	};
	'record_signature.add': { readonly row: NewRow<RecordSignatureRow, 'author_name'> };
	'record_review.add': { readonly row: NewRow<RecordReviewRow, 'author_name' | 'audience'> };
	'measurement.add': { readonly row: NewRow<MeasurementRow, 'author_name'> };
	'handover_note.add': { readonly row: NewRow<HandoverNoteRow, 'author_name'> };
	'household_code.add': { readonly row: NewRow<HouseholdCodeRow, 'author_name'> };
	/** Where the house is; without a place: not known any more. */
	'household_point.add': { readonly row: NewRow<HouseholdPointRow, 'author_name'> };
	/** What says that somebody was at the door: with the check-in, or later. */
	'visit_place.add': { readonly row: NewRow<VisitPlaceRow, 'author_name' | 'verdict'> };
	'visit_remark.add': { readonly row: NewRow<VisitRemarkRow, 'author_name'> };
	'case_consent.add': {
		readonly row: NewRow<CaseConsentRow, 'author_name' | 'withdrawn_at' | 'withdrawn_by_name'>;
	};
	'case_consent.withdraw': ByIdAt;
	/** The bytes travel by themselves (sync/file-uploader.ts). */
	'attachment.add': {
		readonly row: NewRow<
			AttachmentRow,
			'author_name' | 'stored_at' | 'removed_at' | 'removed_by_name' | 'removal_reason'
		>;
	};
	'attachment.remove': ByIdAt & { readonly reason: string };
	'emergency.report': { readonly row: NewRow<EmergencyRow, 'reporter_name' | 'status'> };
	'emergency.acknowledge': EmergencyStep;
	'emergency.act': EmergencyStep;
	'emergency.note': EmergencyStep & { readonly note: string };
	/** The authority was told; the note says under which number, or who took it. */
	'emergency.notify': EmergencyStep & { readonly note: string };
	'emergency.raise': EmergencyStep & { readonly severity: EmergencySeverity };
	'emergency.close': EmergencyStep & { readonly outcome: string };
	'emergency.reopen': EmergencyStep;
	'task.create': {
		readonly row: NewRow<
			TaskRow,
			| 'author_name'
			| 'status'
			| 'reply_due_at'
			| 'answered_at'
			| 'handed_on'
			| 'source'
			| 'source_id'
			| 'because'
		> &
			Partial<Pick<TaskRow, 'source' | 'source_id'>>;
	};
	'task.patch': PatchArgs;
	'task.accept': ByIdAt;
	'task.decline': ByIdAt & { readonly reason: string };
	'task.start': ByIdAt;
	'task.finish': ByIdAt;
	/** To another, or again to the same person. */
	'task.give': ByIdAt & {
		readonly to_id: string;
		readonly to_name: string;
		readonly reply_minutes: number | null;
		readonly note: string | null;
	};
	'task.reopen': ByIdAt;
	/** A new rule, or one as it is from now on. */
	'task_rule.set': { readonly row: NewRow<TaskRuleRow, 'active_since_at'> };
	/** A new template, or one as it is from now on. */
	'task_template.set': { readonly row: NewRow<TaskTemplateRow> };
	'task_series.add': { readonly row: NewRow<TaskSeriesRow, 'author_name' | 'counts_since_at'> };
	/** It rests, comes again, or is another from now on. */
	'task_series.patch': PatchArgs;
	/** A step is done, or not done after all. */
	'task_check.add': { readonly row: NewRow<TaskCheckRow, 'author_name'> };
	'task_comment.add': { readonly row: NewRow<TaskCommentRow, 'author_name'> };
	'message.send': {
		readonly row: NewRow<MessageRow, 'author_name' | 'author_role' | 'needs_confirmation'> &
			Partial<Pick<MessageRow, 'needs_confirmation'>>;
	};
	'message.read': { readonly row: NewRow<MessageReadRow, 'user_id' | 'user_name'> };
	'message_pin.add': { readonly row: NewRow<MessagePinRow, 'author_name'> };
	/** One has read an announcement, or reminds those who have not. */
	'announcement.mark': { readonly row: NewRow<AnnouncementMarkRow, 'user_name'> };
	/** Who answers and until when, the server says. */
	'question.ask': {
		readonly row: NewRow<
			QuestionRow,
			| 'author_name'
			| 'author_role'
			| 'status'
			| 'holder_id'
			| 'holder_name'
			| 'handed_on'
			| 'answer_due_at'
		>;
	};
	'question_answer.add': { readonly row: NewRow<QuestionAnswerRow, 'author_name' | 'author_role'> };
	/** It is settled, or was asked by mistake. */
	'question.withdraw': ById;
	'record.see': { readonly row: NewRow<SightingRow, 'user_id' | 'user_name' | 'user_role'> };
	'notice.read': ByIdAt;
	'profile.patch': PatchArgs;
	'organization.patch': PatchArgs;
	'proposal.decide': ById & { readonly accept: boolean };
}

export type MutationName = keyof MutationArgs;

/** One intent of one person, as it waits in the outbox and travels. */
export type Mutation = {
	[Name in MutationName]: {
		readonly name: Name;
		readonly args: MutationArgs[Name];
		/** Device instant of the intent, ISO. */
		readonly at: string;
	};
}[MutationName];

/** Who makes the mutation, for the row as this phone shows it until the server has answered. */
export interface Author {
	readonly userId: string;
	readonly name: string;
	/** Role towards the case concerned. */
	readonly role: string | null;
}

const MARKS: ReadonlySet<string> = new Set<MutationName>([
	'message.read',
	'notice.read',
	'record.see'
]);

/** That somebody has seen something: told when it can be, and no work of anybody's that must be looked at when it is refused. */
export function isMark(name: string): boolean {
	return MARKS.has(name);
}
