/** What a role may do, for showing or hiding an act on a screen. The database decides for real (supabase/migrations, visibility). */
import type { AttachmentRow } from './photo-rows.ts';
import type { MutationName } from './mutations/catalogue.ts';
import { CLINICAL, STAFF, type CaseRole } from './roles.ts';

const EVERYONE: readonly CaseRole[] = [...STAFF, 'family'];
const PLANNERS: readonly CaseRole[] = ['nurse', 'care_manager', 'supervisor'];
const MANAGERS: readonly CaseRole[] = ['care_manager', 'supervisor'];

const ALLOWED: { readonly [Name in MutationName]: readonly CaseRole[] } = {
	'case.create': MANAGERS,
	'case.patch': PLANNERS,
	'case_staff_details.patch': PLANNERS,
	'case_contact.add': STAFF,
	'case_contact.patch': STAFF,
	'case_contact.remove': STAFF,
	// Care workers read the lists: the law lets them remind and fill the pill box as told (BA17e), not say what is taken.
	'medication.add': PLANNERS,
	'medication.patch': PLANNERS,
	'medication.end': PLANNERS,
	'device.add': PLANNERS,
	'device.patch': PLANNERS,
	'device.end': PLANNERS,
	// 核定項目 are the care manager's.
	'plan_code.add': MANAGERS,
	'plan_code.patch': MANAGERS,
	'plan_code.end': MANAGERS,
	'case_member.add': MANAGERS,
	'case_member.end': MANAGERS,
	'membership.end': ['supervisor'],
	// Of others; one's own is everybody's who works there.
	'absence.add': MANAGERS,
	'absence.end': MANAGERS,
	'office_day.set': ['supervisor'],
	'ladder.set': ['supervisor'],
	'task_rule.set': ['supervisor'],
	'task_template.set': MANAGERS,
	'duty.add': ['supervisor'],
	'duty.change': ['supervisor'],
	'travel.add': STAFF,
	'visit_series.add': PLANNERS,
	'visit_series.patch': PLANNERS,
	'visit_series.end': PLANNERS,
	'visit.plan': PLANNERS,
	'visit.patch': PLANNERS,
	'visit_offer.make': PLANNERS,
	'visit_offer.withdraw': PLANNERS,
	// Whoever is asked, also outside the circle.
	'visit_offer.accept': STAFF,
	'visit_offer.decline': STAFF,
	'visit.check_in': STAFF,
	'visit.check_out': STAFF,
	'visit.no_answer': STAFF,
	'visit.miss': STAFF,
	'visit.cancel': STAFF,
	'visit_record.add': STAFF,
	// Under one's own record; under those of others managers.
	'record_signature.add': STAFF,
	'record_review.add': ['supervisor'],
	'measurement.add': STAFF,
	'handover_note.add': STAFF,
	'household_code.add': PLANNERS,
	'household_point.add': STAFF,
	'visit_place.add': STAFF,
	// Of one's own visit; managers of any.
	'visit_remark.add': STAFF,
	'case_consent.add': STAFF,
	'case_consent.withdraw': STAFF,
	'attachment.add': STAFF,
	// Of one's own; those of others managers remove.
	'attachment.remove': STAFF,
	'emergency.report': EVERYONE,
	'emergency.acknowledge': STAFF,
	'emergency.act': STAFF,
	'emergency.note': STAFF,
	'emergency.raise': STAFF,
	'emergency.notify': STAFF,
	'emergency.close': MANAGERS,
	'emergency.reopen': MANAGERS,
	'task.create': [...CLINICAL, ...MANAGERS],
	'task.patch': [...CLINICAL, ...MANAGERS],
	'task.accept': EVERYONE,
	'task.decline': EVERYONE,
	'task.start': EVERYONE,
	'task.finish': EVERYONE,
	// Whoever holds it; managers, and who gave it, in any case.
	'task.give': STAFF,
	'task.reopen': [...CLINICAL, ...MANAGERS],
	'task_check.add': EVERYONE,
	'task_series.add': [...CLINICAL, ...MANAGERS],
	// Of one's own; managers of any.
	'task_series.patch': [...CLINICAL, ...MANAGERS],
	'task_comment.add': EVERYONE,
	'message.send': EVERYONE,
	'message.read': EVERYONE,
	'message_pin.add': STAFF,
	'announcement.mark': STAFF,
	'question.ask': STAFF,
	'question_answer.add': STAFF,
	// Of one's own.
	'question.withdraw': STAFF,
	'record.see': EVERYONE,
	'notice.read': EVERYONE,
	'profile.patch': EVERYONE,
	'organization.patch': ['supervisor'],
	'proposal.decide': PLANNERS
};

export function mayDo(role: CaseRole | null, mutation: MutationName): boolean {
	return role !== null && ALLOWED[mutation].includes(role);
}

/** Pictures and a voice note beside one's words: staff in any thread, the family in the circle's. */
export function maySendParts(role: CaseRole, thread: 'circle' | 'staff'): boolean {
	return mayDo(role, 'attachment.add') || (role === 'family' && thread === 'circle');
}

/** A picture or a paper: who added it, and managers; the family what it sent with its words. */
export function mayRemovePart(
	row: Pick<AttachmentRow, 'created_by' | 'message_id'>,
	userId: string,
	role: CaseRole | null
): boolean {
	if (role === 'care_manager' || role === 'supervisor') return true;
	return (
		row.created_by === userId &&
		(mayDo(role, 'attachment.remove') || (role === 'family' && row.message_id !== null))
	);
}
