/** Waiting and refused intents in plain words. */
import type { MutationName } from '#lib/domain/mutations/catalogue.ts';
import { m } from '#lib/paraglide/messages.js';

const NAMES: Readonly<Record<MutationName, () => string>> = {
	'case.create': m.sync_intent_case_create,
	'case.patch': m.sync_intent_case_patch,
	'case_staff_details.patch': m.sync_intent_case_staff_details_patch,
	'case_contact.add': m.sync_intent_case_contact_add,
	'case_contact.patch': m.sync_intent_case_contact_patch,
	'case_contact.remove': m.sync_intent_case_contact_remove,
	'medication.add': m.sync_intent_medication_add,
	'medication.patch': m.sync_intent_medication_patch,
	'medication.end': m.sync_intent_medication_end,
	'device.add': m.sync_intent_device_add,
	'device.patch': m.sync_intent_device_patch,
	'device.end': m.sync_intent_device_end,
	'plan_code.add': m.sync_intent_plan_code_add,
	'plan_code.patch': m.sync_intent_plan_code_patch,
	'plan_code.end': m.sync_intent_plan_code_end,
	'case_member.add': m.sync_intent_case_member_add,
	'case_member.end': m.sync_intent_case_member_end,
	'membership.end': m.sync_intent_membership_end,
	'absence.add': m.sync_intent_absence_add,
	'absence.end': m.sync_intent_absence_end,
	'office_day.set': m.sync_intent_office_day_set,
	'ladder.set': m.sync_intent_ladder_set,
	'duty.add': m.sync_intent_duty_add,
	'duty.change': m.sync_intent_duty_change,
	'travel.add': m.sync_intent_travel_add,
	'visit_series.add': m.sync_intent_visit_series_add,
	'visit_series.patch': m.sync_intent_visit_series_patch,
	'visit_series.end': m.sync_intent_visit_series_end,
	'visit.plan': m.sync_intent_visit_plan,
	'visit.patch': m.sync_intent_visit_patch,
	'visit_offer.make': m.sync_intent_visit_offer_make,
	'visit_offer.accept': m.sync_intent_visit_offer_accept,
	'visit_offer.decline': m.sync_intent_visit_offer_decline,
	'visit_offer.withdraw': m.sync_intent_visit_offer_withdraw,
	'visit.check_in': m.sync_intent_visit_check_in,
	'visit.check_out': m.sync_intent_visit_check_out,
	'visit.no_answer': m.sync_intent_visit_no_answer,
	'visit.miss': m.sync_intent_visit_miss,
	'visit.cancel': m.sync_intent_visit_cancel,
	'visit_record.add': m.sync_intent_visit_record_add,
	'record_signature.add': m.sync_intent_record_signature_add,
	'record_review.add': m.sync_intent_record_review_add,
	'measurement.add': m.sync_intent_measurement_add,
	'handover_note.add': m.sync_intent_handover_note_add,
	'household_code.add': m.sync_intent_household_code_add,
	'household_point.add': m.sync_intent_household_point_add,
	'visit_place.add': m.sync_intent_visit_place_add,
	'visit_remark.add': m.sync_intent_visit_remark_add,
	'case_consent.add': m.sync_intent_case_consent_add,
	'case_consent.withdraw': m.sync_intent_case_consent_withdraw,
	'attachment.add': m.sync_intent_attachment_add,
	'attachment.remove': m.sync_intent_attachment_remove,
	'emergency.report': m.sync_intent_emergency_report,
	'emergency.acknowledge': m.sync_intent_emergency_acknowledge,
	'emergency.act': m.sync_intent_emergency_act,
	'emergency.note': m.sync_intent_emergency_note,
	'emergency.raise': m.sync_intent_emergency_raise,
	'emergency.notify': m.sync_intent_emergency_notify,
	'emergency.close': m.sync_intent_emergency_close,
	'emergency.reopen': m.sync_intent_emergency_reopen,
	'task.create': m.sync_intent_task_create,
	'task.patch': m.sync_intent_task_patch,
	'task.accept': m.sync_intent_task_accept,
	'task.decline': m.sync_intent_task_decline,
	'task.start': m.sync_intent_task_start,
	'task.finish': m.sync_intent_task_finish,
	'task.give': m.sync_intent_task_give,
	'task.reopen': m.sync_intent_task_reopen,
	'task_rule.set': m.sync_intent_task_rule_set,
	'task_template.set': m.sync_intent_task_template_set,
	'task_series.add': m.sync_intent_task_series_add,
	'task_series.patch': m.sync_intent_task_series_patch,
	'task_comment.add': m.sync_intent_task_comment_add,
	'task_check.add': m.sync_intent_task_check_add,
	'message.send': m.sync_intent_message_send,
	'message.read': m.sync_intent_message_read,
	'message_pin.add': m.sync_intent_message_pin_add,
	'question.ask': m.sync_intent_question_ask,
	'question_answer.add': m.sync_intent_question_answer_add,
	'question.withdraw': m.sync_intent_question_withdraw,
	'announcement.mark': m.sync_intent_announcement_mark,
	'record.see': m.sync_intent_record_see,
	'notice.read': m.sync_intent_notice_read,
	'profile.patch': m.sync_intent_profile_patch,
	'organization.patch': m.sync_intent_organization_patch,
	'proposal.decide': m.sync_intent_proposal_decide
};

const REFUSALS: Readonly<Record<string, () => string>> = {
	not_allowed: m.errors_refused_not_allowed,
	access_ended: m.errors_refused_access_ended,
	missing_reference: m.errors_refused_missing_reference,
	already_exists: m.errors_refused_already_exists,
	invalid: m.errors_refused_invalid,
	wrong_state: m.errors_refused_wrong_state,
	taken: m.errors_refused_taken,
	visit_begun: m.errors_refused_visit_begun,
	offer_expired: m.errors_refused_offer_expired,
	offer_withdrawn: m.errors_refused_offer_withdrawn,
	reason_required: m.errors_refused_reason_required,
	append_only: m.errors_refused_append_only,
	immutable: m.errors_refused_immutable,
	no_consent: m.errors_refused_no_consent,
	too_many: m.errors_refused_too_many,
	nobody_to_ask: m.errors_refused_nobody_to_ask,
	too_many_pins: m.errors_refused_too_many_pins,
	worker_not_in_circle: m.errors_refused_worker_not_in_circle,
	unknown_person: m.errors_refused_unknown_person,
	last_supervisor: m.errors_refused_last_supervisor,
	not_in_this_role: m.errors_refused_not_in_this_role,
	task_rule_malformed: m.errors_refused_task_rule,
	task_rule_number: m.errors_refused_task_rule,
	task_rule_empty: m.errors_refused_task_rule,
	ladder_malformed: m.errors_refused_ladder,
	ladder_starts_late: m.errors_refused_ladder,
	ladder_times: m.errors_refused_ladder,
	ladder_step_empty: m.errors_refused_ladder,
	unknown_mutation: m.errors_refused_unknown_mutation,
	unknown_field: m.errors_refused_unknown_mutation,
	depends_on_rejected: m.errors_refused_depends_on_rejected
};

const PROBLEMS: Readonly<Record<string, () => string>> = {
	offline: m.sync_problem_offline,
	garbled: m.sync_problem_garbled,
	timeout: m.sync_problem_timeout,
	too_large: m.sync_problem_too_large,
	rate_limited: m.sync_problem_rate_limited,
	unauthenticated: m.sync_problem_unauthenticated,
	forbidden: m.sync_problem_forbidden,
	unavailable: m.sync_problem_busy,
	upgrade_required: m.sync_problem_upgrade_required,
	server: m.sync_problem_server,
	quota: m.sync_problem_quota
};

/** What the intent does, e.g. 到訪簽到. An intent of a later release, seen after going back, has no name here. */
export function intentName(name: string): string {
	return wordOf(NAMES, name) ?? m.sync_intent_other();
}

/** Why the server refused it, and what helps. */
export function refusalText(code: string | null): string {
	const known = code === null ? undefined : wordOf(REFUSALS, code);
	return known ?? m.errors_refused_other({ code: code ?? '?' });
}

/** The last failure of sync as a whole. */
export function problemText(code: string): string {
	return wordOf(PROBLEMS, code) ?? m.sync_problem_other();
}

function wordOf(words: Readonly<Record<string, () => string>>, code: string): string | undefined {
	return Object.hasOwn(words, code) ? words[code]?.() : undefined;
}
