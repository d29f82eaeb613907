/**
 * What a mutation does to the rows on this phone before the server has answered. Pure, so that the view is always
 * replay(outbox, base): the same mutations over the same rows give the same view.
 */
import type { OfferStatus } from '#lib/domain/offers.ts';
import type { RowRef, TableName, Tables, VisitStatus } from '#lib/domain/rows.ts';
import type { Author, Mutation, MutationArgs, MutationName, Patch } from './catalogue.ts';
import { blankRow } from './blank-row.ts';
import { emergencyStep, readMark, readMarkId, type RowChange, type RowLookup } from './effects.ts';
import { taskStep } from './task-effects.ts';

export type { RowChange, RowLookup } from './effects.ts';

/** Every row that the mutation writes, so that the caller can load them and keep the server's copy aside. */
export function touchedRows(mutation: Mutation, author: Author): RowRef[] {
	const { name, args } = mutation;
	switch (name) {
		case 'case.create':
			return [
				{ table: 'cases', id: args.row.id },
				...(args.details ? [{ table: 'case_staff_details', id: args.row.id } as const] : []),
				...(args.contacts ?? []).map(
					(contact) => ({ table: 'case_contacts', id: contact.id }) as const
				)
			];
		case 'visit_series.add':
			return [
				{ table: 'visit_series', id: args.row.id },
				...args.visits.map((visit) => ({ table: 'visits', id: visit.id }) as const)
			];
		case 'visit_record.add':
			return [
				{ table: 'visit_records', id: args.row.id },
				...(args.measurements ?? []).map(({ id }) => ({ table: 'measurements', id }) as const)
			];
		case 'message.read':
			return [{ table: 'message_reads', id: readMarkId(args.row, author) }];
		case 'proposal.decide':
			return [{ table: 'record_history', id: args.id }];
		case 'visit_offer.accept':
		case 'visit_offer.decline':
			// Who is asked and stands in the circle as well has both.
			return [
				{ table: 'offered_visits', id: args.id },
				{ table: 'visit_offers', id: args.id }
			];
		default: {
			const table = tableOf(name);
			const refs: RowRef[] = [{ table, id: 'row' in args ? args.row.id : args.id }];
			if ('action_id' in args) refs.push({ table: 'emergency_actions', id: args.action_id });
			return refs;
		}
	}
}

/** The rows as they stand after the mutation; an unknown row is left alone (the server will say what is wrong). */
export function localEffect(mutation: Mutation, author: Author, rows: RowLookup): RowChange[] {
	const { name, args, at } = mutation;
	const make = <Table extends TableName>(
		table: Table,
		row: Partial<Tables[Table]> & { readonly id: string }
	): RowChange => ({
		table,
		row: {
			...blankRow(table),
			created_by: author.userId,
			recorded_at: at,
			...rows.get(table, row.id),
			...row
		}
	});
	const change = <Table extends TableName>(
		table: Table,
		id: string,
		part: Partial<Tables[Table]>
	): RowChange[] => {
		const row = rows.get(table, id);
		return row ? [{ table, row: { ...row, ...part } }] : [];
	};
	const visitTo = (id: string, status: VisitStatus, part: Partial<Tables['visits']>) =>
		change('visits', id, { status, ...part });
	const answerTo = (id: string, status: OfferStatus, part: Partial<Tables['visit_offers']>) => [
		...change('offered_visits', id, { status }),
		...change('visit_offers', id, { status, ...part })
	];
	const measured = (row: MutationArgs['measurement.add']['row']) =>
		make('measurements', {
			measured_at: at,
			...row,
			author_name: author.name,
			relevant_at: row.measured_at ?? at
		});
	switch (name) {
		case 'case.create':
			return [
				make('cases', args.row),
				...(args.details
					? [make('case_staff_details', { ...args.details, id: args.row.id, case_id: args.row.id })]
					: []),
				...(args.contacts ?? []).map((contact) =>
					make('case_contacts', { ...contact, case_id: args.row.id })
				)
			];
		case 'case_contact.add':
			return [make('case_contacts', args.row)];
		case 'case_contact.remove':
			return change('case_contacts', args.id, { deleted_at: at });
		case 'medication.add':
			return [make('case_medications', { ...args.row, author_name: author.name })];
		case 'device.add':
			return [make('case_devices', { ...args.row, author_name: author.name })];
		case 'plan_code.add':
			return [make('case_plan_codes', { ...args.row, author_name: author.name })];
		case 'medication.end':
		case 'device.end':
		case 'plan_code.end':
			return change(tableOf(name), args.id, {
				ended_at: args.at,
				end_reason: args.reason,
				ended_by_name: author.name
			});
		case 'case_member.add':
			return [make('case_members', args.row)];
		case 'case_member.end':
			return change('case_members', args.id, { ended_at: args.at });
		case 'membership.end':
			return change('memberships', args.id, { ended_at: args.at });
		case 'absence.add':
			return [make('staff_absences', { ...args.row, relevant_at: args.row.ends_at ?? at })];
		case 'office_day.set':
			return [make('office_days', args.row)];
		case 'ladder.set':
			return [make('escalation_ladders', args.row)];
		case 'task_rule.set':
			return [make('task_rules', args.row)];
		case 'task_template.set':
			return [make('task_templates', args.row)];
		case 'task_series.add':
			return [make('task_series', { ...args.row, author_name: author.name })];
		case 'duty.add':
			return [make('duty_shifts', args.row)];
		case 'travel.add':
			return [make('travel_notes', { ...args.row, relevant_at: at })];
		case 'absence.end':
			return change('staff_absences', args.id, { ended_at: args.at });
		case 'visit_series.add':
			return [
				make('visit_series', args.row),
				...args.visits.map((visit) =>
					make('visits', { ...visit, relevant_at: visit.starts_at ?? at })
				)
			];
		case 'visit_series.end':
			return change('visit_series', args.id, { until_on: args.until_on });
		case 'visit.plan':
			return [make('visits', { ...args.row, relevant_at: args.row.starts_at ?? at })];
		case 'visit.patch':
			return change('visits', args.id, {
				...wantedValues(args.patch),
				...(args.worker_name === undefined ? {} : { worker_name: args.worker_name })
			});
		case 'visit_offer.make':
			return [
				make('visit_offers', {
					...args.row,
					offered_by_name: author.name,
					relevant_at: args.row.starts_at ?? at
				})
			];
		case 'visit_offer.accept':
			return answerTo(args.id, 'accepted', { answered_at: args.at });
		case 'visit_offer.decline':
			return answerTo(args.id, 'declined', {
				answered_at: args.at,
				decline_reason: args.decline_reason
			});
		case 'visit_offer.withdraw':
			return change('visit_offers', args.id, { status: 'withdrawn' });
		case 'visit.check_in':
			return visitTo(args.id, 'checked_in', { checked_in_at: args.at });
		case 'visit.check_out':
			return visitTo(args.id, 'done', { checked_out_at: args.at });
		case 'visit.no_answer':
			return visitTo(args.id, 'no_answer', { status_reason: args.reason ?? null });
		case 'visit.miss':
			return visitTo(args.id, 'missed', { status_reason: args.reason });
		case 'visit.cancel':
			return visitTo(args.id, 'cancelled', { status_reason: args.reason });
		case 'visit_record.add':
			return [
				make('visit_records', { ...args.row, author_name: author.name, relevant_at: at }),
				...(args.measurements ?? []).map((row) =>
					measured({ case_id: args.row.case_id, visit_id: args.row.visit_id, ...row })
				)
			];
		case 'record_signature.add':
			return [
				make('record_signatures', { ...args.row, author_name: author.name, relevant_at: at })
			];
		case 'record_review.add':
			return [make('record_reviews', { ...args.row, author_name: author.name, relevant_at: at })];
		case 'measurement.add':
			return [measured(args.row)];
		case 'handover_note.add':
			return [make('handover_notes', { ...args.row, author_name: author.name, relevant_at: at })];
		case 'household_code.add':
			return [make('household_codes', { ...args.row, author_name: author.name })];
		case 'household_point.add':
			return [make('household_points', { ...args.row, author_name: author.name })];
		case 'visit_place.add':
			return [make('visit_places', { ...args.row, author_name: author.name, relevant_at: at })];
		case 'visit_remark.add':
			return [make('visit_remarks', { ...args.row, author_name: author.name, relevant_at: at })];
		case 'case_consent.add':
			return [make('case_consents', { ...args.row, author_name: author.name })];
		case 'case_consent.withdraw':
			return change('case_consents', args.id, {
				withdrawn_at: args.at,
				withdrawn_by_name: author.name
			});
		case 'attachment.add':
			return [make('attachments', { ...args.row, author_name: author.name, relevant_at: at })];
		case 'attachment.remove':
			return change('attachments', args.id, {
				removed_at: args.at,
				removed_by_name: author.name,
				removal_reason: args.reason
			});
		case 'emergency.report':
			return [make('emergencies', { ...args.row, status: 'open', reporter_name: author.name })];
		case 'emergency.acknowledge':
		case 'emergency.act':
		case 'emergency.note':
		case 'emergency.raise':
		case 'emergency.notify':
		case 'emergency.close':
		case 'emergency.reopen':
			return emergencyStep(mutation, author, rows, make);
		case 'task.create':
			return [make('tasks', { ...args.row, status: 'open', author_name: author.name })];
		case 'task.accept':
		case 'task.decline':
		case 'task.give':
		case 'task.start':
		case 'task.finish':
		case 'task.reopen':
			return taskStep(mutation, author, rows);
		case 'task_check.add':
			return [make('task_checks', { ...args.row, author_name: author.name, relevant_at: at })];
		case 'task_comment.add':
			return [make('task_comments', { ...args.row, author_name: author.name, relevant_at: at })];
		case 'message.send':
			return [
				make('messages', {
					...args.row,
					author_name: author.name,
					author_role: author.role,
					relevant_at: at
				})
			];
		case 'message.read':
			return readMark(args.row, author, rows, make);
		case 'message_pin.add':
			return [make('message_pins', { ...args.row, author_name: author.name })];
		case 'question.ask':
			return [
				make('questions', { ...args.row, author_name: author.name, author_role: author.role })
			];
		case 'question_answer.add':
			return [
				make('question_answers', {
					...args.row,
					author_name: author.name,
					author_role: author.role,
					relevant_at: at
				})
			];
		case 'question.withdraw':
			return change('questions', args.id, { status: 'withdrawn' });
		case 'announcement.mark':
			return [
				make('announcement_marks', {
					...args.row,
					user_name: author.name,
					relevant_at: at
				})
			];
		case 'record.see':
			return [
				make('sightings', {
					...args.row,
					user_id: author.userId,
					user_name: author.name,
					user_role: author.role,
					relevant_at: at
				})
			];
		case 'notice.read':
			return change('notices', args.id, { read_at: args.at });
		case 'proposal.decide':
			return change('record_history', args.id, {
				decision: args.accept ? 'accepted' : 'declined',
				decided_by_name: author.name,
				decided_at: at
			});
		case 'case.patch':
		case 'case_staff_details.patch':
		case 'case_contact.patch':
		case 'medication.patch':
		case 'device.patch':
		case 'plan_code.patch':
		case 'visit_series.patch':
		case 'duty.change':
		case 'task.patch':
		case 'task_series.patch':
		case 'profile.patch':
		case 'organization.patch':
			return change(tableOf(name), args.id, wantedValues(args.patch));
	}
}

function wantedValues(patch: Patch): Record<string, unknown> {
	return Object.fromEntries(Object.entries(patch).map(([field, pair]) => [field, pair?.[1]]));
}

type SingleRowName = Exclude<
	MutationName,
	| 'case.create'
	| 'visit_series.add'
	| 'visit_record.add'
	| 'message.read'
	| 'proposal.decide'
	| 'visit_offer.accept'
	| 'visit_offer.decline'
>;

type WordOf<Name> = Name extends `${infer Word}.${string}` ? Word : never;

/** By the word before the dot: what all mutations of a word write to. */
const TABLE_OF_WORD = {
	case: 'cases',
	case_staff_details: 'case_staff_details',
	case_contact: 'case_contacts',
	medication: 'case_medications',
	device: 'case_devices',
	plan_code: 'case_plan_codes',
	case_member: 'case_members',
	membership: 'memberships',
	absence: 'staff_absences',
	office_day: 'office_days',
	ladder: 'escalation_ladders',
	duty: 'duty_shifts',
	travel: 'travel_notes',
	visit_series: 'visit_series',
	visit: 'visits',
	visit_offer: 'visit_offers',
	record_signature: 'record_signatures',
	record_review: 'record_reviews',
	measurement: 'measurements',
	handover_note: 'handover_notes',
	household_code: 'household_codes',
	household_point: 'household_points',
	visit_place: 'visit_places',
	visit_remark: 'visit_remarks',
	case_consent: 'case_consents',
	attachment: 'attachments',
	emergency: 'emergencies',
	task: 'tasks',
	task_check: 'task_checks',
	task_comment: 'task_comments',
	task_rule: 'task_rules',
	task_series: 'task_series',
	task_template: 'task_templates',
	message: 'messages',
	message_pin: 'message_pins',
	announcement: 'announcement_marks',
	question: 'questions',
	question_answer: 'question_answers',
	record: 'sightings',
	notice: 'notices',
	profile: 'profiles',
	organization: 'organizations'
} as const satisfies Record<WordOf<SingleRowName>, TableName>;

function tableOf<Name extends SingleRowName>(name: Name): (typeof TABLE_OF_WORD)[WordOf<Name>] {
	return TABLE_OF_WORD[name.split('.')[0] as WordOf<Name>]; // a name is word.verb by its type
}
