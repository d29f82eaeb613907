/** Each mutation with arguments that are right in themselves, so that only who may make it decides. */
import { randomUUID } from 'node:crypto';
import type { MutationName } from '#lib/domain/mutations/catalogue.ts';
import {
	aRow,
	CASES,
	hoursFromNow,
	membershipOf,
	ORGS,
	PEOPLE,
	placeOf,
	type Person,
	type Row
} from '../fixtures/db-world.ts';
import { arrivalArgs } from './arrival-args.ts';
import type { Connection, Intent } from './harness.ts';
import { offerArgs } from './offer-hand.ts';
import { recordPartArgs } from './record-part-args.ts';

export const written = (row: Row): Row => ({
	author_name: '系統',
	recorded_at: hoursFromNow(0),
	...row
});

/** Arguments are made for the person who tries, because some mutations are about something of their own. */
type ArgumentsFor = (person: Person) => Promise<Intent['args']>;

export function mutationArgs(db: Connection): Record<MutationName, ArgumentsFor> {
	/** An entry of the list of medicines, or of devices, and what is done to it. */
	const listed = async (row: Row, rest: Intent['args']) => ({
		id: await db.insert('kind' in row ? 'case_devices' : 'case_medications', written(row)),
		...rest
	});
	async function step(
		status: string,
		fields: Record<string, unknown> = {}
	): Promise<Intent['args']> {
		const id = await db.insert('emergencies', {
			...aRow.emergency({ status }),
			recorded_at: hoursFromNow(-1)
		});
		return { id, action_id: randomUUID(), ...fields };
	}
	/** A visit that this person is to make. */
	async function aVisitOf(person: Person): Promise<Intent['args']> {
		const id = await db.insert('visits', aRow.visit({ worker_id: PEOPLE[person] }));
		return { id, at: hoursFromNow(0) };
	}
	/** A task in the circle, given to this person. */
	async function aTask(person: Person, status = 'open'): Promise<string> {
		return await db.insert(
			'tasks',
			written(
				aRow.task({
					audience: 'circle',
					status,
					assignee_id: PEOPLE[person],
					created_by: PEOPLE.manager
				})
			)
		);
	}

	return {
		'case.create': () =>
			Promise.resolve({
				row: { id: randomUUID(), org_id: ORGS.shancheng, name: '新案' },
				details: { household_note: '三樓' },
				contacts: [{ id: randomUUID(), name: '鄰居' }]
			}),
		'case.patch': () => Promise.resolve({ id: CASES.ayue, patch: { note: [null, '早起'] } }),
		'case_staff_details.patch': async () => ({
			id: await db.insert('case_staff_details', { id: CASES.ayue, case_id: CASES.ayue }),
			patch: { household_note: [null, '三樓'] }
		}),
		'case_contact.add': () => Promise.resolve({ row: aRow.contact() }),
		'case_contact.patch': async () => ({
			id: await db.insert('case_contacts', aRow.contact()),
			patch: { phone: [null, '0900-000-009'] }
		}),
		'case_contact.remove': async () => ({ id: await db.insert('case_contacts', aRow.contact()) }),
		'medication.add': () => Promise.resolve({ row: aRow.medication() }),
		'medication.patch': () => listed(aRow.medication(), { patch: { dose: [null, '1 顆'] } }),
		'medication.end': () => listed(aRow.medication(), { at: hoursFromNow(0), reason: '停藥' }),
		'device.add': () => Promise.resolve({ row: aRow.device() }),
		'device.patch': () => listed(aRow.device(), { patch: { size: ['16 Fr', '14 Fr'] } }),
		'device.end': () => listed(aRow.device(), { at: hoursFromNow(0), reason: '拔除' }),
		'plan_code.add': () => Promise.resolve({ row: aRow.planCode() }),
		'plan_code.patch': async () => ({
			id: await db.insert('case_plan_codes', written(aRow.planCode())),
			patch: { units_month: [13, 9] }
		}),
		'plan_code.end': async () => ({
			id: await db.insert('case_plan_codes', written(aRow.planCode())),
			at: hoursFromNow(0),
			reason: '計畫異動'
		}),
		'case_member.add': () =>
			Promise.resolve({
				row: {
					id: randomUUID(),
					case_id: CASES.ayue,
					user_id: PEOPLE.outside,
					role: 'worker',
					display_name: '?'
				}
			}),
		'case_member.end': () => Promise.resolve({ id: placeOf('family'), at: hoursFromNow(0) }),
		'membership.end': () =>
			Promise.resolve({ id: membershipOf('outside'), at: hoursFromNow(0), reason: '離職' }),
		'office_day.set': () => Promise.resolve({ row: aRow.officeDay() }),
		'task_rule.set': () => Promise.resolve({ row: aRow.rule() }),
		'task_template.set': () => Promise.resolve({ row: aRow.template() }),
		'ladder.set': () => Promise.resolve({ row: aRow.ladder() }),
		'duty.add': () => Promise.resolve({ row: aRow.shift() }),
		'duty.change': async () => ({
			id: await db.insert('duty_shifts', aRow.shift()),
			patch: { ends_at_time: ['08:00', '09:00'] }
		}),
		'travel.add': (person) => Promise.resolve({ row: aRow.journey({ user_id: PEOPLE[person] }) }),
		'absence.add': () => Promise.resolve({ row: aRow.absence() }),
		'absence.end': async () => ({
			id: await db.insert('staff_absences', aRow.absence()),
			at: hoursFromNow(0)
		}),
		'visit_series.add': () => {
			const series = aRow.series();
			return Promise.resolve({ row: series, visits: [aRow.visit(), aRow.visit()] });
		},
		'visit_series.patch': async () => ({
			id: await db.insert('visit_series', aRow.series()),
			patch: { note: [null, '帶鑰匙'] }
		}),
		'visit_series.end': async () => ({
			id: await db.insert('visit_series', aRow.series()),
			until_on: '2099-01-01'
		}),
		'visit.plan': () => Promise.resolve({ row: aRow.visit() }),
		'visit.patch': async () => ({
			id: await db.insert('visits', aRow.visit()),
			patch: { planned_codes: [[], ['BA01']] }
		}),
		...offerArgs(db),
		'visit.check_in': aVisitOf,
		'visit.check_out': async (person) => ({
			id: await db.insert(
				'visits',
				aRow.visit({ worker_id: PEOPLE[person], status: 'checked_in' })
			),
			at: hoursFromNow(0)
		}),
		'visit.no_answer': aVisitOf,
		'visit.miss': async (person) => ({ ...(await aVisitOf(person)), reason: '請假' }),
		'visit.cancel': async (person) => ({ ...(await aVisitOf(person)), reason: '住院' }),
		'visit_record.add': () => Promise.resolve({ row: aRow.record() }),
		...recordPartArgs(db),
		'measurement.add': () => Promise.resolve({ row: aRow.measurement() }),
		'handover_note.add': () => Promise.resolve({ row: aRow.handover() }),
		...arrivalArgs(db),
		'case_consent.add': () => Promise.resolve({ row: aRow.consent() }),
		'case_consent.withdraw': async () => ({
			id: await db.insert('case_consents', written(aRow.consent())),
			at: hoursFromNow(0)
		}),
		'attachment.add': async () => {
			await db.insert('case_consents', written(aRow.consent()));
			return { row: aRow.photo() };
		},
		'attachment.remove': async (person) => {
			await db.insert('case_consents', written(aRow.consent()));
			const row = aRow.photo({ created_by: PEOPLE[person] });
			return {
				id: await db.insert('attachments', written(row)),
				at: hoursFromNow(0),
				reason: '拍錯'
			};
		},
		'emergency.report': () => Promise.resolve({ row: aRow.emergency() }),
		'emergency.acknowledge': () => step('open'),
		'emergency.act': () => step('open'),
		'emergency.note': () => step('open', { note: '已聯絡' }),
		'emergency.notify': () => step('open', { note: '受理 113-0001' }),
		'emergency.raise': () => step('open', { severity: 'red' }),
		'emergency.close': () => step('acting', { outcome: '已就醫' }),
		'emergency.reopen': () => step('closed'),
		'task.create': () => Promise.resolve({ row: aRow.task() }),
		'task.patch': async (person) => ({ id: await aTask(person), patch: { body: [null, '飯後'] } }),
		'task.accept': async (person) => ({ id: await aTask(person), at: hoursFromNow(0) }),
		'task.decline': async (person) => ({
			id: await aTask(person),
			at: hoursFromNow(0),
			reason: '沒空'
		}),
		'task.start': async (person) => ({ id: await aTask(person), at: hoursFromNow(0) }),
		'task.finish': async (person) => ({ id: await aTask(person), at: hoursFromNow(0) }),
		'task.give': async (person) => ({
			id: await aTask(person),
			at: hoursFromNow(0),
			to_id: PEOPLE.therapist,
			to_name: '?',
			reply_minutes: 120,
			note: '那天請假'
		}),
		'task.reopen': async (person) => ({ id: await aTask(person, 'done'), at: hoursFromNow(0) }),
		'task_check.add': async (person) => ({
			row: aRow.check({ task_id: await aTask(person) })
		}),
		'task_series.add': () => Promise.resolve({ row: aRow.taskSeries() }),
		'task_series.patch': async (person) => ({
			id: await db.insert(
				'task_series',
				written({ ...aRow.taskSeries(), created_by: PEOPLE[person] })
			),
			patch: { active: [true, false] }
		}),
		'task_comment.add': async (person) => ({
			row: { id: randomUUID(), case_id: CASES.ayue, task_id: await aTask(person), body: '好' }
		}),
		'message.send': () => Promise.resolve({ row: aRow.message() }),
		'message_pin.add': async () => ({
			row: aRow.pin({ message_id: await db.insert('messages', written(aRow.message())) })
		}),
		'question.ask': (person) =>
			Promise.resolve({
				row: aRow.question({ asked_role: person === 'nurse' ? 'therapist' : 'nurse' })
			}),
		'question_answer.add': async () => ({
			row: {
				id: randomUUID(),
				case_id: CASES.ayue,
				question_id: await db.insert('questions', written(aRow.question())),
				body: '先不要停'
			}
		}),
		'question.withdraw': async (person) => ({
			id: await db.insert('questions', written(aRow.question({ created_by: PEOPLE[person] })))
		}),
		'announcement.mark': async (person) => ({
			row: aRow.mark({
				user_id: PEOPLE[person],
				message_id: await db.insert(
					'messages',
					written(aRow.announcement({ needs_confirmation: true }))
				)
			})
		}),
		'message.read': () =>
			Promise.resolve({
				row: {
					id: randomUUID(),
					case_id: CASES.ayue,
					audience: 'circle',
					read_through: hoursFromNow(0)
				}
			}),
		'record.see': async () => ({
			row: {
				id: randomUUID(),
				case_id: CASES.ayue,
				audience: 'circle',
				subject_table: 'visit_records',
				subject_id: await db.insert(
					'visit_records',
					written(aRow.record({ created_by: PEOPLE.worker }))
				)
			}
		}),
		'notice.read': async (person) => ({
			id: await db.insert('notices', {
				id: randomUUID(),
				user_id: PEOPLE[person],
				kind: 'task_offered',
				data: {}
			}),
			at: hoursFromNow(0)
		}),
		'profile.patch': (person) =>
			Promise.resolve({ id: PEOPLE[person], patch: { phone: [null, '0900-000-009'] } }),
		'organization.patch': () =>
			Promise.resolve({ id: ORGS.shancheng, patch: { duty_phone: [null, '0900-000-009'] } }),
		'proposal.decide': async () => ({
			id: await db.insert('record_history', {
				id: randomUUID(),
				case_id: CASES.ayue,
				table_name: 'cases',
				row_id: CASES.ayue,
				field: 'allergies',
				kept: [],
				other: ['花生'],
				kind: 'proposal'
			}),
			accept: true
		})
	};
}
