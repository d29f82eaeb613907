/** The state machines of the database are those of the domain: each step from each state by each person. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CaseRole, EmergencyStatus, TaskStatus, VisitStatus } from '#lib/domain/rows.ts';
import {
	canTransition,
	EMERGENCY_MACHINE,
	isOwn,
	TASK_MACHINE,
	transitionNames,
	VISIT_MACHINE
} from '#lib/domain/status.ts';
import {
	aRow,
	CASES,
	hoursFromNow,
	insertStatement,
	PEOPLE,
	type Person,
	type Row
} from '../fixtures/db-world.ts';
import { type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

const recorded = (row: Row): Row => ({ author_name: '系統', recorded_at: hoursFromNow(0), ...row });

/** Person → their role towards 阿月. */
const ROLES: Partial<Record<Person, CaseRole>> = {
	worker: 'worker',
	nurse: 'nurse',
	therapist: 'therapist',
	social: 'social_worker',
	manager: 'care_manager',
	supervisor: 'supervisor',
	family: 'family'
};
const people = Object.entries(ROLES) as [Person, CaseRole][];

describe('each step of each state machine is taken or refused as src/lib/domain/status.ts says', () => {
	const VISIT_COLUMNS: Record<string, Fields> = {
		check_in: { status: 'checked_in', checked_in_at: hoursFromNow(0) },
		check_out: { status: 'done', checked_out_at: hoursFromNow(0) },
		no_answer: { status: 'no_answer', status_reason: '沒人應門' },
		miss: { status: 'missed', status_reason: '請假' },
		cancel: { status: 'cancelled', status_reason: '住院' }
	};
	const TASK_COLUMNS: Record<string, Fields> = {
		accept: { status: 'accepted' },
		decline: { status: 'declined', decline_reason: '沒空' },
		start: { status: 'doing' },
		finish: { status: 'done', finished_at: hoursFromNow(0) },
		reopen: { status: 'open', decline_reason: null, finished_at: null, finished_by_name: null }
	};

	async function moves(
		table: string,
		id: string,
		person: Person,
		columns: Fields
	): Promise<boolean> {
		const names = Object.keys(columns).join(', ');
		const outcome = await db.attempt(
			person,
			`update public.${table} set (${names}) = (select ${names} from jsonb_populate_record(null::public.${table}, $2::jsonb)) where id = $1 returning id`,
			[id, JSON.stringify(columns)]
		);
		if ('rows' in outcome) return outcome.rows.length === 1;
		expect(['42501', '23514']).toContain(outcome.code);
		return false;
	}

	const visitStates: VisitStatus[] = [
		'planned',
		'checked_in',
		'done',
		'no_answer',
		'missed',
		'cancelled'
	];
	test.each(visitStates)('a visit that is %s', async (from) => {
		const wrong: string[] = [];
		for (const holder of ['worker', 'nurse', null] as const) {
			for (const [person, role] of people) {
				for (const step of transitionNames(VISIT_MACHINE)) {
					// To write the state that stands is no step; a mutation that asks for it is refused (mutations.test.ts).
					if (VISIT_COLUMNS[step]?.status === from) continue;
					await db.exec('savepoint step');
					const workerId = holder === null ? null : PEOPLE[holder];
					const id = await db.insert('visits', aRow.visit({ status: from, worker_id: workerId }));
					const actor = { role, own: isOwn(workerId, PEOPLE[person], role) };
					const expected = canTransition(VISIT_MACHINE, step, from, actor).ok;
					const happened = await moves('visits', id, person, VISIT_COLUMNS[step] ?? {});
					if (happened !== expected) {
						wrong.push(
							`${person} ${happened ? 'can' : 'cannot'} ${step} a visit of ${holder ?? 'nobody'}`
						);
					}
					await db.exec('rollback to step');
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	const taskStates: TaskStatus[] = ['open', 'accepted', 'doing', 'done', 'declined', 'expired'];
	test.each(taskStates)('a task that is %s', async (from) => {
		const wrong: string[] = [];
		for (const holder of ['worker', 'nurse', 'family', null] as const) {
			for (const [person, role] of people) {
				for (const step of transitionNames(TASK_MACHINE)) {
					if (TASK_COLUMNS[step]?.status === from) continue;
					await db.exec('savepoint step');
					const assignee = holder === null ? null : PEOPLE[holder];
					const id = await db.insert(
						'tasks',
						recorded(
							aRow.task({
								status: from,
								assignee_id: assignee,
								audience: 'circle',
								created_by: PEOPLE.manager
							})
						)
					);
					const own = isOwn(from === 'expired' ? null : assignee, PEOPLE[person], role);
					const actor = { role, own: own || assignee === PEOPLE[person] };
					const expected = canTransition(TASK_MACHINE, step, from, actor).ok;
					const happened = await moves('tasks', id, person, TASK_COLUMNS[step] ?? {});
					if (happened !== expected) {
						wrong.push(
							`${person} ${happened ? 'can' : 'cannot'} ${step} a task of ${holder ?? 'nobody'}`
						);
					}
					await db.exec('rollback to step');
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	test('the author of a task may open it again', async () => {
		const id = await db.insert(
			'tasks',
			recorded(
				aRow.task({ status: 'done', assignee_id: PEOPLE.worker, created_by: PEOPLE.therapist })
			)
		);
		expect(await moves('tasks', id, 'therapist', TASK_COLUMNS.reopen ?? {})).toBe(true);
	});

	const emergencyStates: EmergencyStatus[] = ['open', 'acknowledged', 'acting', 'closed'];
	test.each(emergencyStates)('an emergency that is %s', async (from) => {
		const wrong: string[] = [];
		for (const [person, role] of people) {
			for (const step of transitionNames(EMERGENCY_MACHINE)) {
				await db.exec('savepoint step');
				const id = await db.insert('emergencies', {
					...aRow.emergency({ status: from }),
					recorded_at: hoursFromNow(-1)
				});
				const verdict = canTransition(EMERGENCY_MACHINE, step, from, { role, own: true });
				// What was heard or done is kept even if it arrives after the closing; the state then stays.
				const late = from === 'closed' && ['acknowledge', 'act', 'raise'].includes(step);
				const mayAtAll = canTransition(EMERGENCY_MACHINE, step, 'open', { role, own: true }).ok;
				const statement = insertStatement(
					'emergency_actions',
					recorded({
						id: randomUUID(),
						case_id: CASES.ayue,
						emergency_id: id,
						action: step,
						note: '說明',
						...(step === 'raise' ? { severity: 'red' } : {})
					})
				);
				const outcome = await db.attempt(person, statement.text, statement.params);
				const happened = 'rows' in outcome;
				if (happened !== (verdict.ok || (late && mayAtAll))) {
					wrong.push(`${person} ${happened ? 'can' : 'cannot'} ${step}`);
				}
				if (happened) {
					const status = await db.value('select status from public.emergencies where id = $1', [
						id
					]);
					const to = verdict.ok ? verdict.to : from;
					if (status !== to) wrong.push(`${person} ${step}: ${String(status)} instead of ${to}`);
				}
				await db.exec('rollback to step');
			}
		}
		expect(wrong).toEqual([]);
	});
});
