/**
 * The three state machines: visit, task and emergency. Each step is a named transition with the states it leaves and who may do it.
 * Roles are never wider than in permissions.ts (a test holds that); here it is also asked whose visit or task it is.
 */

import { CLINICAL, STAFF, type CaseRole } from './roles.ts';
import type { EmergencyStatus, TaskStatus, VisitStatus } from './rows.ts';

/*
 * visit      planned ─ check_in ─► checked_in ─ check_out ─► done
 *               │                      │
 *               ├──── no_answer ───────┴─► no_answer ┐
 *               ├──── miss ──► missed ───────────────┴─ check_in ─► checked_in   (a phone that was offline, or a second try)
 *               └──── cancel ► cancelled
 *
 * task       open ─ accept ─► accepted ─ start ─► doing ─ finish ─► done
 *             └───── decline (also from accepted) ─► declined        done, declined ─ reopen ─► open
 *            open ─ (the server, when nobody answered in time) ─► expired, from which each step goes as from open, and anybody of the staff may
 *            take it; task.give offers it again, or hands it on (features/tasks/board.ts)
 *
 * emergency  open ─ acknowledge ─► acknowledged ─ act ─► acting ─ close ─► closed ─ reopen ─► open
 *            note and raise leave the state as it is.
 */

/** `any`: on every record that this role sees. `own`: only on a visit or task that is theirs. */
export interface Permission {
	readonly any: readonly CaseRole[];
	readonly own: readonly CaseRole[];
}

export interface Transition<Status extends string> {
	/** From each state that the step may leave, the state that it reaches. */
	readonly moves: Readonly<Partial<Record<Status, Status>>>;
	readonly who: Permission;
	/** The step carries a reason, outcome or note, and is refused without one. */
	readonly needsText: boolean;
}

export interface Machine<Status extends string, Name extends string> {
	readonly initial: Status;
	readonly final: readonly Status[];
	readonly transitions: Readonly<Record<Name, Transition<Status>>>;
}

export interface Actor {
	readonly role: CaseRole;
	/** Is the visit or task theirs? See `isOwn`. */
	readonly own: boolean;
}

export type TransitionVerdict<Status extends string> =
	| { readonly ok: true; readonly to: Status }
	| { readonly ok: false; readonly reason: 'unknown_transition' | 'wrong_state' | 'not_allowed' };

const NOBODY: readonly CaseRole[] = [];
const FIELD: readonly CaseRole[] = ['worker', ...CLINICAL];
const PLANNERS: readonly CaseRole[] = ['care_manager', 'supervisor'];

const OWN_VISIT: Permission = { any: ['supervisor'], own: [...FIELD, 'care_manager'] };
const OWN_TASK: Permission = { any: ['supervisor'], own: [...FIELD, 'care_manager', 'family'] };
const PLANNING: Permission = { any: PLANNERS, own: NOBODY };
const ALL_STAFF: Permission = { any: STAFF, own: NOBODY };

export type VisitTransition = 'check_in' | 'check_out' | 'no_answer' | 'miss' | 'cancel';
export type TaskTransition = 'accept' | 'decline' | 'start' | 'finish' | 'reopen';
export type EmergencyTransition =
	'acknowledge' | 'act' | 'note' | 'raise' | 'notify' | 'close' | 'reopen';

export const VISIT_MACHINE: Machine<VisitStatus, VisitTransition> = {
	initial: 'planned',
	final: ['done', 'cancelled'],
	transitions: {
		check_in: {
			// A worker without signal may check in to what the office has meanwhile called missed: the visit that happened wins.
			moves: { planned: 'checked_in', missed: 'checked_in', no_answer: 'checked_in' },
			who: OWN_VISIT,
			needsText: false
		},
		check_out: { moves: { checked_in: 'done' }, who: OWN_VISIT, needsText: false },
		no_answer: {
			moves: { planned: 'no_answer', checked_in: 'no_answer', missed: 'no_answer' },
			who: OWN_VISIT,
			needsText: false
		},
		miss: {
			moves: { planned: 'missed' },
			who: { any: PLANNERS, own: FIELD },
			needsText: true
		},
		cancel: { moves: { planned: 'cancelled' }, who: PLANNING, needsText: true }
	}
};

export const TASK_MACHINE: Machine<TaskStatus, TaskTransition> = {
	initial: 'open',
	final: ['done', 'declined'],
	transitions: {
		accept: { moves: { open: 'accepted', expired: 'accepted' }, who: OWN_TASK, needsText: false },
		decline: {
			moves: { open: 'declined', accepted: 'declined', expired: 'declined' },
			who: OWN_TASK,
			needsText: true
		},
		start: {
			moves: { open: 'doing', accepted: 'doing', expired: 'doing' },
			who: OWN_TASK,
			needsText: false
		},
		// Straight from open, too: who has done it already should not tap three times.
		finish: {
			moves: { open: 'done', accepted: 'done', doing: 'done', expired: 'done' },
			who: OWN_TASK,
			needsText: false
		},
		reopen: {
			moves: { done: 'open', declined: 'open' },
			who: { any: PLANNERS, own: CLINICAL },
			needsText: false
		}
	}
};

export const EMERGENCY_MACHINE: Machine<EmergencyStatus, EmergencyTransition> = {
	initial: 'open',
	final: ['closed'],
	transitions: {
		// A second person's acknowledgement is kept (we want to know who heard), but never moves the state back. After the closing no
		// screen offers it; the server still keeps one that a phone without signal made before.
		acknowledge: {
			moves: { open: 'acknowledged', acknowledged: 'acknowledged', acting: 'acting' },
			who: ALL_STAFF,
			needsText: false
		},
		act: {
			moves: { open: 'acting', acknowledged: 'acting', acting: 'acting' },
			who: ALL_STAFF,
			needsText: false
		},
		// A note may come late from a phone without signal, so also after closing.
		note: {
			moves: { open: 'open', acknowledged: 'acknowledged', acting: 'acting', closed: 'closed' },
			who: ALL_STAFF,
			needsText: true
		},
		// The authority was told, as the law wants of some incidents; also when that was after the closing.
		notify: {
			moves: { open: 'open', acknowledged: 'acknowledged', acting: 'acting', closed: 'closed' },
			who: ALL_STAFF,
			needsText: true
		},
		raise: {
			moves: { open: 'open', acknowledged: 'acknowledged', acting: 'acting' },
			who: ALL_STAFF,
			needsText: false
		},
		close: {
			moves: { open: 'closed', acknowledged: 'closed', acting: 'closed' },
			who: PLANNING,
			needsText: true
		},
		reopen: { moves: { closed: 'open' }, who: PLANNING, needsText: false }
	}
};

/** Whether this person may take this step now, and where it leads. State and permission are told apart for the message. */
export function canTransition<Status extends string, Name extends string>(
	machine: Machine<Status, Name>,
	name: string,
	from: Status,
	actor: Actor
): TransitionVerdict<Status> {
	if (!isTransition(machine, name)) return { ok: false, reason: 'unknown_transition' };
	const { moves, who } = machine.transitions[name];
	const allowed = who.any.includes(actor.role) || (actor.own && who.own.includes(actor.role));
	if (!allowed) return { ok: false, reason: 'not_allowed' };
	const to = moves[from];
	return to === undefined ? { ok: false, reason: 'wrong_state' } : { ok: true, to };
}

/** The steps that this person may take now, in the order in which the machine lists them: what a screen offers. */
export function possibleTransitions<Status extends string, Name extends string>(
	machine: Machine<Status, Name>,
	from: Status,
	actor: Actor
): Name[] {
	return transitionNames(machine).filter((name) => canTransition(machine, name, from, actor).ok);
}

export function transitionNames<Status extends string, Name extends string>(
	machine: Machine<Status, Name>
): Name[] {
	return Object.keys(machine.transitions).filter((name) => isTransition(machine, name));
}

/** A visit or task that nobody holds yet may be taken by any staff of the circle; the family only has what is given to them. */
export function isOwn(assigneeId: string | null, userId: string, role: CaseRole): boolean {
	return assigneeId === userId || (assigneeId === null && role !== 'family');
}

function isTransition<Status extends string, Name extends string>(
	machine: Machine<Status, Name>,
	name: string
): name is Name {
	return Object.hasOwn(machine.transitions, name);
}
