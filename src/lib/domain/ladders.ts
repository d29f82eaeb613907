/**
 * Who is told of an emergency, in which order: the order that holds for a person, and whether one that somebody writes can be followed.
 * private.ladder_of has the same built-in ones, private.check_ladder_steps refuses the same (tests/db/duty.test.ts).
 */
import type { EscalationLadderRow, Ladder, LadderStep } from './duty-rows.ts';
import { derivedUuid } from './ids.ts';
import type { EmergencySeverity } from './rows.ts';

export const MAX_STEPS = 8;
const MAX_AFTER_MINUTES = 1440;
const MAX_PEOPLE = 20;
/** Least and most, as the table's own checks have them. */
const REPEAT_MINUTES = [5, 240] as const;
const REPEATS = [0, 24] as const;

/** What holds until an organisation says otherwise, as private.ladder_of has it; our own proposal, no law gives one (decision 025). */
export const BUILT_IN_LADDERS: Readonly<Record<EmergencySeverity, Ladder>> = {
	red: {
		steps: [
			{ after: 0, to: ['circle', 'family', 'duty'], second: true },
			{ after: 5, to: ['duty', 'supervisors'], second: true },
			{ after: 10, to: ['circle', 'duty', 'supervisors'], second: true }
		],
		repeat_minutes: 10,
		repeats: 6
	},
	orange: {
		steps: [
			{ after: 0, to: ['circle', 'family', 'duty'] },
			{ after: 15, to: ['duty', 'supervisors'] },
			{ after: 30, to: ['circle', 'supervisors'], second: true }
		],
		repeat_minutes: 30,
		repeats: 4
	},
	yellow: {
		steps: [
			{ after: 0, to: ['circle', 'family'] },
			{ after: 120, to: ['supervisors'] }
		],
		repeat_minutes: 240,
		repeats: 0
	}
};

/** The same on every phone: there is one ladder an organisation, case and severity. */
export function ladderId(
	orgId: string,
	caseId: string | null,
	severity: EmergencySeverity
): string {
	return derivedUuid('ladder', orgId, caseId ?? '', severity);
}

export type LadderSource = 'case' | 'organization' | 'built_in';

/** What holds for a case (or, with null, for the organisation's cases that have none of their own), and where it comes from. */
export function ladderFor(
	rows: readonly EscalationLadderRow[],
	orgId: string,
	caseId: string | null,
	severity: EmergencySeverity
): { readonly ladder: Ladder; readonly source: LadderSource } {
	const active = rows.filter(
		(row) => row.org_id === orgId && row.severity === severity && row.active
	);
	const own = caseId === null ? undefined : active.find(({ case_id }) => case_id === caseId);
	if (own) return { ladder: own, source: 'case' };
	const general = active.find(({ case_id }) => case_id === null);
	if (general) return { ladder: general, source: 'organization' };
	return { ladder: BUILT_IN_LADDERS[severity], source: 'built_in' };
}

/** The codes with which the server refuses (private.check_ladder_steps). */
export type LadderProblem =
	'ladder_malformed' | 'ladder_starts_late' | 'ladder_times' | 'ladder_step_empty';

/** Why an order cannot be followed, and in which step (0-based); null when it can. */
export function ladderProblem(
	steps: readonly LadderStep[]
): { readonly problem: LadderProblem; readonly step: number } | null {
	if (steps.length < 1 || steps.length > MAX_STEPS) return { problem: 'ladder_malformed', step: 0 };
	if (steps[0]?.after !== 0) return { problem: 'ladder_starts_late', step: 0 };
	let before = 0;
	for (const [step, { after, to, people = [] }] of steps.entries()) {
		if (!Number.isInteger(after) || after < before || after > MAX_AFTER_MINUTES)
			return { problem: 'ladder_times', step };
		before = after;
		if (to.length + people.length === 0) return { problem: 'ladder_step_empty', step };
		if (people.length > MAX_PEOPLE) return { problem: 'ladder_malformed', step };
	}
	return null;
}

/** Which of the two numbers of the repeats the server would refuse; null when neither. */
export function repeatProblem({
	repeat_minutes,
	repeats
}: Pick<Ladder, 'repeat_minutes' | 'repeats'>): 'minutes' | 'times' | null {
	const isWithin = (number: number, [least, most]: readonly [number, number]) =>
		Number.isInteger(number) && number >= least && number <= most;
	if (!isWithin(repeats, REPEATS)) return 'times';
	return isWithin(repeat_minutes, REPEAT_MINUTES) ? null : 'minutes';
}

/** The step that follows the running one, both counted from when it began to ring; null when nobody else is told (private.ring). */
export function stepAfter({ steps, repeats }: Ladder, running: number): LadderStep | null {
	const next = running + 1;
	return next < steps.length + repeats ? (steps[Math.min(next, steps.length - 1)] ?? null) : null;
}

/** Who may be told: of the circle (family included) and of the organisation that holds the case. */
export interface LadderPeople<Person> {
	readonly circle: readonly (Person & { readonly role: string })[];
	readonly staff: readonly (Person & { readonly role: string })[];
	/** Users on duty at the time in question. */
	readonly onDuty: ReadonlySet<string>;
}

/** The people of one step, each once, circle first. */
export function peopleOfStep<Person extends { readonly user_id: string }>(
	step: LadderStep,
	{ circle, staff, onDuty }: LadderPeople<Person>
): Person[] {
	const told = new Map<string, Person>();
	const tell = (person: Person) => {
		if (!told.has(person.user_id)) told.set(person.user_id, person);
	};
	const to = new Set(step.to);
	for (const person of circle) {
		if (person.role === 'family') {
			if (to.has('family')) tell(person);
		} else if (
			to.has('circle') ||
			(to.has('nurses') && person.role === 'nurse') ||
			(to.has('managers') && person.role === 'care_manager')
		)
			tell(person);
	}
	for (const person of staff)
		if (
			(to.has('supervisors') && person.role === 'supervisor') ||
			(to.has('duty') && onDuty.has(person.user_id)) ||
			step.people?.includes(person.user_id)
		)
			tell(person);
	return [...told.values()];
}
