import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MutationName } from '#lib/domain/mutations/catalogue.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import type { CaseRole } from '#lib/domain/rows.ts';
import {
	canTransition,
	EMERGENCY_MACHINE,
	isOwn,
	possibleTransitions,
	TASK_MACHINE,
	transitionNames,
	VISIT_MACHINE,
	type Machine
} from '#lib/domain/status.ts';

const ROLES: readonly CaseRole[] = [
	'worker',
	'nurse',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker',
	'care_manager',
	'supervisor',
	'family'
];

const MACHINES: Readonly<Record<string, Machine<string, string>>> = {
	visit: VISIT_MACHINE,
	task: TASK_MACHINE,
	emergency: EMERGENCY_MACHINE
};

const worker = { role: 'worker', own: true } as const;
const supervisor = { role: 'supervisor', own: false } as const;

function statesOf(machine: Machine<string, string>): string[] {
	const moves = transitionNames(machine).map((name) => machine.transitions[name]?.moves ?? {});
	return [
		...new Set(moves.flatMap((move) => [...Object.keys(move), ...Object.values(move)]))
	].filter((state) => state !== undefined);
}

describe.each(Object.entries(MACHINES))('%s', (table, machine) => {
	test('every state can be reached from the first one', () => {
		// What nobody answers in time the server calls so, no step of anybody.
		const byTime = table === 'task' ? ['expired'] : [];
		const reached = new Set([machine.initial, ...byTime]);
		for (let size = 0; size < reached.size;) {
			size = reached.size;
			for (const name of transitionNames(machine)) {
				for (const [from, to] of Object.entries(machine.transitions[name]?.moves ?? {})) {
					if (reached.has(from) && to !== undefined) reached.add(to);
				}
			}
		}
		expect([...reached].sort()).toEqual(statesOf(machine).sort());
	});

	test('a step is a mutation of the catalogue, and its roles are never wider than the permissions', () => {
		for (const name of transitionNames(machine)) {
			// A name that is not in the catalogue makes mayDo throw.
			const mutation = `${table}.${name}` as MutationName;
			for (const role of ROLES) {
				const who = machine.transitions[name]?.who;
				if (who?.any.includes(role) === true || who?.own.includes(role) === true) {
					expect(mayDo(role, mutation), `${role} ${mutation}`).toBe(true);
				}
			}
		}
	});

	test('whatever steps are taken, the state is one of the machine, and what is offered is allowed', () => {
		const name = fc.constantFrom(...transitionNames(machine), 'toString', '__proto__');
		const actor = fc.record({ role: fc.constantFrom(...ROLES), own: fc.boolean() });
		fc.assert(
			fc.property(fc.array(fc.tuple(name, actor), { maxLength: 20 }), (steps) => {
				let state = machine.initial;
				for (const [step, by] of steps) {
					const offered = possibleTransitions(machine, state, by);
					const verdict = canTransition(machine, step, state, by);
					expect(offered.includes(step)).toBe(verdict.ok);
					if (verdict.ok) state = verdict.to;
					expect(statesOf(machine)).toContain(state);
				}
			})
		);
	});
});

describe('visits', () => {
	test('a worker checks in and out of their own visit', () => {
		expect(canTransition(VISIT_MACHINE, 'check_in', 'planned', worker)).toEqual({
			ok: true,
			to: 'checked_in'
		});
		expect(canTransition(VISIT_MACHINE, 'check_out', 'checked_in', worker)).toEqual({
			ok: true,
			to: 'done'
		});
	});

	test("a worker does not check into another worker's visit, the supervisor may", () => {
		const other = { role: 'worker', own: false } as const;
		expect(canTransition(VISIT_MACHINE, 'check_in', 'planned', other)).toEqual({
			ok: false,
			reason: 'not_allowed'
		});
		expect(canTransition(VISIT_MACHINE, 'check_in', 'planned', supervisor).ok).toBe(true);
	});

	test('a visit that the office called missed may still be checked into by the phone that was offline', () => {
		expect(canTransition(VISIT_MACHINE, 'check_in', 'missed', worker).ok).toBe(true);
	});

	test('what is done stays done, and the family changes nothing', () => {
		expect(possibleTransitions(VISIT_MACHINE, 'done', supervisor)).toEqual([]);
		expect(possibleTransitions(VISIT_MACHINE, 'planned', { role: 'family', own: true })).toEqual(
			[]
		);
	});

	test('only planners cancel, and with a reason', () => {
		expect(possibleTransitions(VISIT_MACHINE, 'planned', worker)).not.toContain('cancel');
		expect(possibleTransitions(VISIT_MACHINE, 'planned', supervisor)).toContain('cancel');
		expect(VISIT_MACHINE.transitions.cancel.needsText).toBe(true);
	});
});

describe('tasks', () => {
	test('a task goes from offer to done, or is finished at once', () => {
		expect(canTransition(TASK_MACHINE, 'accept', 'open', worker)).toMatchObject({ to: 'accepted' });
		expect(canTransition(TASK_MACHINE, 'start', 'accepted', worker)).toMatchObject({ to: 'doing' });
		expect(canTransition(TASK_MACHINE, 'finish', 'doing', worker)).toMatchObject({ to: 'done' });
		expect(canTransition(TASK_MACHINE, 'finish', 'open', worker)).toMatchObject({ to: 'done' });
	});

	test('a done task cannot be declined, but reopened by who assigns', () => {
		expect(canTransition(TASK_MACHINE, 'decline', 'done', worker)).toEqual({
			ok: false,
			reason: 'wrong_state'
		});
		expect(canTransition(TASK_MACHINE, 'reopen', 'done', supervisor)).toMatchObject({ to: 'open' });
		expect(canTransition(TASK_MACHINE, 'reopen', 'done', worker)).toMatchObject({ ok: false });
	});

	test('the family accepts only what is given to them; staff may take what nobody has', () => {
		expect(isOwn(null, 'me', 'family')).toBe(false);
		expect(isOwn('me', 'me', 'family')).toBe(true);
		expect(isOwn(null, 'me', 'nurse')).toBe(true);
		expect(isOwn('somebody', 'me', 'nurse')).toBe(false);
	});
});

describe('emergencies', () => {
	test('everybody of the staff acknowledges and acts, only managers close and reopen', () => {
		const nurse = { role: 'nurse', own: false } as const;
		expect(possibleTransitions(EMERGENCY_MACHINE, 'open', nurse)).toEqual([
			'acknowledge',
			'act',
			'note',
			'notify',
			'raise'
		]);
		expect(possibleTransitions(EMERGENCY_MACHINE, 'closed', supervisor)).toEqual([
			'note',
			'notify',
			'reopen'
		]);
		expect(possibleTransitions(EMERGENCY_MACHINE, 'open', { role: 'family', own: true })).toEqual(
			[]
		);
	});

	test('a late acknowledgement never moves an emergency back', () => {
		expect(canTransition(EMERGENCY_MACHINE, 'acknowledge', 'acting', worker)).toEqual({
			ok: true,
			to: 'acting'
		});
		expect(canTransition(EMERGENCY_MACHINE, 'acknowledge', 'closed', worker)).toMatchObject({
			reason: 'wrong_state'
		});
	});
});
