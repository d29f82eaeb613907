/** The steps of a task: as they are typed, one a line, and how far they have come. */
import { compareInstants } from './row-order.ts';
import type { TaskCheckRow } from './task-rows.ts';
import { cleanLine } from './text.ts';

/** As the database allows. */
export const MOST_STEPS = 20;
export const LONGEST_STEP = 120;

/** What was typed, a step a line; a line that stands there already says nothing new. */
export function stepsOf(text: string): readonly string[] {
	return [...new Set(text.split('\n').map(cleanLine))].filter((line) => line !== '');
}

/** What the database would not take. */
export function stepsProblem(steps: readonly string[]): 'many' | 'long' | null {
	if (steps.length > MOST_STEPS) return 'many';
	return steps.some((step) => step.length > LONGEST_STEP) ? 'long' : null;
}

export interface CheckedStep {
	readonly step: string;
	readonly done: boolean;
	/** The newest word on it; null: nobody has ticked it yet. */
	readonly check: TaskCheckRow | null;
}

/** Each step with who ticked it last. */
export function checkedSteps(
	steps: readonly string[],
	checks: readonly TaskCheckRow[]
): readonly CheckedStep[] {
	const latest = new Map<string, TaskCheckRow>();
	for (const check of [...checks].sort(compareChecks)) latest.set(check.step, check);
	return steps.map((step) => {
		const check = latest.get(step) ?? null;
		return { step, done: check?.done ?? false, check };
	});
}

/**
 * The earlier first: what this phone has not sent yet is the newest, whatever its clock says; then by when people tapped (by clocks put right),
 * for a phone without signal sends late what it ticked before others.
 */
function compareChecks(a: TaskCheckRow, b: TaskCheckRow): number {
	const waiting = Number(a.seq === 0) - Number(b.seq === 0);
	if (waiting !== 0) return waiting;
	return compareInstants(tappedAt(a), tappedAt(b)) || a.seq - b.seq;
}

function tappedAt({ recorded_at, clock_offset_ms }: TaskCheckRow): string | null {
	if (recorded_at === null) return null;
	return new Date(Date.parse(recorded_at) - (clock_offset_ms ?? 0)).toISOString();
}

export interface StepProgress {
	readonly done: number;
	readonly total: number;
}

/** Null for a task without steps. */
export function stepProgress(
	steps: readonly string[],
	checks: readonly TaskCheckRow[]
): StepProgress | null {
	if (steps.length === 0) return null;
	const done = checkedSteps(steps, checks).filter((each) => each.done).length;
	return { done, total: steps.length };
}
