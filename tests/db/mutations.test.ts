/** Who may make which mutation, as the screens are told it, and the few that need more than a role. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MutationName } from '#lib/domain/mutations/catalogue.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import type { CaseRole } from '#lib/domain/rows.ts';
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
import { Phone, type Intent } from './harness.ts';
import { offerArgs } from './offer-hand.ts';
import { recordPartArgs } from './record-part-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

const written = (row: Row): Row => ({ author_name: '系統', recorded_at: hoursFromNow(0), ...row });
/** An entry of the list of medicines, or of devices, and what is done to it. */
const listed = async (row: Row, rest: Intent['args']) => ({
	id: await db.insert('kind' in row ? 'case_devices' : 'case_medications', written(row)),
	...rest
});
/** Each mutation with arguments that are right in themselves, and who may make it by the domain's table. */
const ROLES: [Person, CaseRole][] = [
	['worker', 'worker'],
	['nurse', 'nurse'],
	['therapist', 'therapist'],
	['social', 'social_worker'],
	['manager', 'care_manager'],
	['supervisor', 'supervisor'],
	['family', 'family']
];

describe('every mutation is open to whom src/lib/domain/permissions.ts says, and to nobody outside', () => {
	/** `own`: made for the person who tries, because the mutation is about something of their own. */
	const MUTATIONS: Record<MutationName, (person: Person) => Promise<Intent['args']>> = {
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
		'task.reopen': async (person) => ({ id: await aTask(person, 'done'), at: hoursFromNow(0) }),
		'task_comment.add': async (person) => ({
			row: { id: randomUUID(), case_id: CASES.ayue, task_id: await aTask(person), body: '好' }
		}),
		'message.send': () => Promise.resolve({ row: aRow.message() }),
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

	/** Where the server is narrower than the table of a screen: a role and something that is theirs. */
	const NARROWER: Partial<Record<MutationName, readonly Person[]>> = {
		// Planned visits are cancelled by who answers for the plan (domain/status.ts).
		'visit.cancel': ['worker', 'nurse', 'therapist', 'social']
	};
	/** Where it is wider: who was given a task may word it, one's own absence everybody enters and ends, and who is asked to go answers. */
	const WIDER: Partial<Record<MutationName, readonly Person[]>> = {
		'task.patch': ['worker'],
		'absence.add': ['worker'],
		'absence.end': ['worker'],
		'visit_offer.accept': ['outside', 'removed'],
		'visit_offer.decline': ['outside', 'removed']
	};
	/** What belongs to people themselves needs no part in the case. */
	const ANYBODY: readonly MutationName[] = ['notice.read', 'profile.patch'];

	test.each(Object.keys(MUTATIONS) as MutationName[])('%s', async (name) => {
		const wrong: string[] = [];
		const outsiders: Person[] = ['outside', 'outsider', 'removed', 'former'];
		for (const [person, role] of [
			...ROLES,
			...outsiders.map((outsider) => [outsider, null] as const)
		]) {
			await db.exec('savepoint person');
			const args = await MUTATIONS[name](person);
			const [result] = await new Phone(db, person).push([{ name, args }], inside);
			await db.exec('rollback to person');
			const expected =
				(mayDo(role, name) && !NARROWER[name]?.includes(person)) ||
				WIDER[name]?.includes(person) === true ||
				ANYBODY.includes(name);
			if ((result?.verdict === 'ok') !== expected)
				wrong.push(`${person}: ${result?.verdict} ${result?.code ?? ''}`);
			if (
				result?.verdict !== 'ok' &&
				!['not_allowed', 'not_found', 'missing_reference', 'access_ended'].includes(
					result?.code ?? ''
				)
			) {
				wrong.push(`${person}: refused as ${result?.code}`);
			}
		}
		expect(wrong).toEqual([]);
	});

	test('a record was seen once a person, where the record is, whatever the phone says of it', async () => {
		const subject_id = await db.insert('emergencies', {
			...aRow.emergency({ audience: 'staff' }),
			recorded_at: hoursFromNow(0)
		});
		const see = (id: string): Intent => ({
			name: 'record.see',
			args: {
				row: {
					id,
					case_id: CASES.ahai,
					audience: 'circle',
					subject_table: 'emergencies',
					subject_id
				}
			}
		});
		const first = randomUUID();
		for (const id of [first, randomUUID()]) {
			const [result] = await new Phone(db, 'nurse').push([see(id)], inside);
			expect(result).toMatchObject({ verdict: 'ok' });
		}
		const [family] = await new Phone(db, 'family').push([see(randomUUID())], inside);
		expect(family, 'who cannot see it').toMatchObject({ verdict: 'rejected' });
		const stored = await db.sql(
			`select s.id, s.user_id, s.user_name, s.user_role, s.case_id, s.audience, b.kind
			from public.sightings s join private.buckets b on b.id = s.bucket_id where s.subject_id = $1`,
			[subject_id]
		);
		expect(stored).toEqual([
			{
				id: first,
				user_id: PEOPLE.nurse,
				user_name: '倪護理',
				user_role: 'nurse',
				case_id: CASES.ayue,
				audience: 'staff',
				kind: 'case_staff'
			}
		]);
	});

	test('a step that was taken already is not taken again, nor is somebody’s task taken from them', async () => {
		const task = await db.insert('tasks', written(aRow.task({ created_by: PEOPLE.nurse })));
		const accept: Intent = { name: 'task.accept', args: { id: task, at: hoursFromNow(0) } };
		expect(await new Phone(db, 'worker').push([accept], inside)).toMatchObject([{ verdict: 'ok' }]);
		for (const person of ['worker', 'nurse', 'supervisor'] as const) {
			expect(await new Phone(db, person).push([accept], inside)).toMatchObject([
				{ verdict: 'rejected', code: 'wrong_state' }
			]);
		}
		expect(await db.value('select assignee_name from public.tasks where id = $1', [task])).toBe(
			'王照服'
		);
	});

	test('who finishes a task that a colleague took up meanwhile is told that, not that their role may not', async () => {
		const task = await db.insert('tasks', written(aRow.task({ created_by: PEOPLE.manager })));
		const step = (name: string): Intent[] => [{ name, args: { id: task, at: hoursFromNow(0) } }];
		await new Phone(db, 'worker').push(step('task.start'), inside);
		for (const [person, code] of [
			['nurse', 'taken'],
			['family', 'not_found']
		] as const)
			expect(await new Phone(db, person).push(step('task.finish'), inside)).toMatchObject([
				{ verdict: 'rejected', code }
			]);
	});

	test('who goes to a visit that was given to a colleague meanwhile is told that', async () => {
		const visit = await db.insert('visits', aRow.visit({ worker_id: PEOPLE.nurse }));
		for (const [person, code] of [
			['worker', 'taken'],
			['family', 'not_allowed']
		] as const) {
			const step = { name: 'visit.check_in', args: { id: visit, at: hoursFromNow(0) } };
			expect(await new Phone(db, person).push([step], inside)).toMatchObject([
				{ verdict: 'rejected', code }
			]);
		}
	});

	test('who checks in to a visit that nobody held becomes its worker', async () => {
		const visit = await db.insert('visits', aRow.visit({ worker_id: null }));
		await new Phone(db, 'worker').push(
			[{ name: 'visit.check_in', args: { id: visit, at: hoursFromNow(0) } }],
			inside
		);
		expect(
			await db.sql('select worker_id, worker_name, status from public.visits where id = $1', [
				visit
			])
		).toEqual([{ worker_id: PEOPLE.worker, worker_name: '王照服', status: 'checked_in' }]);
	});

	test('read marks only grow, whichever phone speaks last', async () => {
		const id = randomUUID();
		const mark = (hours: number): Intent => ({
			name: 'message.read',
			args: {
				row: { id, case_id: CASES.ayue, audience: 'circle', read_through: hoursFromNow(hours) }
			}
		});
		await new Phone(db, 'worker').push([mark(0)], inside);
		const stands = await db.value('select read_through from public.message_reads where id = $1', [
			id
		]);
		await new Phone(db, 'worker').push([mark(-5)], inside);
		expect(
			await db.value('select read_through from public.message_reads where id = $1', [id])
		).toEqual(stands);
	});
});
