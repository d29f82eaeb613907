/** Who may make which mutation, as the screens are told it, and the few that need more than a role. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MutationName } from '#lib/domain/mutations/catalogue.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import type { CaseRole } from '#lib/domain/rows.ts';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Intent } from './harness.ts';
import { mutationArgs, written } from './mutation-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

const MUTATIONS = mutationArgs(db);
/** Who may make it by the domain's table. */
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
		// Whoever works there makes journeys.
		'travel.add': ['outside', 'removed'],
		// And reads what is announced.
		'announcement.mark': ['outside', 'removed'],
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
				{ verdict: 'rejected', code: person === 'worker' ? 'wrong_state' : 'taken' }
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
