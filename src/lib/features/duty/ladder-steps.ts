/** Changing the order of steps while it is typed: what each step says moves, the minutes of each place stay. */
import type { LadderGroup, LadderStep } from '#lib/domain/duty-rows.ts';
import type { Ladder } from '#lib/domain/duty-rows.ts';

export interface StepFields {
	/** Minutes as typed; '0' for the first. */
	after: string;
	to: LadderGroup[];
	people: string[];
	second: boolean;
}

export interface LadderFields {
	steps: StepFields[];
	repeatMinutes: string;
	repeats: string;
}

/** How much later than the one above a new step is, at first. */
const STEP_MINUTES = 10;

export function fieldsOf({ steps, repeat_minutes, repeats }: Ladder): LadderFields {
	return {
		steps: steps.map(({ after, to, people, second }) => ({
			after: String(after),
			to: [...to],
			people: [...(people ?? [])],
			second: second ?? false
		})),
		repeatMinutes: String(repeat_minutes),
		repeats: String(repeats)
	};
}

/** What is no number becomes NaN, which domain/ladders.ts refuses. */
export function ladderOf({ steps, repeatMinutes, repeats }: LadderFields): Ladder {
	return {
		steps: steps.map(({ after, to, people, second }): LadderStep => ({
			after: wholeNumber(after),
			to: [...to],
			...(people.length > 0 && { people: [...people] }),
			...(second && { second })
		})),
		repeat_minutes: wholeNumber(repeatMinutes),
		repeats: wholeNumber(repeats)
	};
}

export function movedStep(steps: readonly StepFields[], from: number, by: 1 | -1): StepFields[] {
	const [one, other] = [steps[from], steps[from + by]];
	if (!one || !other) return [...steps];
	return steps.with(from, { ...other, after: one.after }).with(from + by, {
		...one,
		after: other.after
	});
}

/** The first of those that are left is told at once. */
export function withoutStep(steps: readonly StepFields[], index: number): StepFields[] {
	const left = steps.toSpliced(index, 1);
	return left.map((step, place) => (place === 0 ? { ...step, after: '0' } : step));
}

export function withNewStep(steps: readonly StepFields[]): StepFields[] {
	const last = wholeNumber(steps.at(-1)?.after ?? '');
	const after = steps.length === 0 ? 0 : last + STEP_MINUTES;
	return [
		...steps,
		{ after: Number.isNaN(after) ? '' : String(after), to: [], people: [], second: true }
	];
}

/** What a draft of this phone says; null where it is no order. */
export function readLadderDraft(draft: unknown): LadderFields | null {
	if (!isRecord(draft) || !Array.isArray(draft['steps'])) return null;
	const { steps, repeatMinutes, repeats } = draft;
	if (typeof repeatMinutes !== 'string' || typeof repeats !== 'string') return null;
	return steps.every(isStepFields) ? { steps, repeatMinutes, repeats } : null;
}

function isStepFields(value: unknown): value is StepFields {
	return (
		isRecord(value) &&
		typeof value['after'] === 'string' &&
		typeof value['second'] === 'boolean' &&
		[value['to'], value['people']].every(
			(words) => Array.isArray(words) && words.every((word) => typeof word === 'string')
		)
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function wholeNumber(typed: string): number {
	return /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : NaN;
}
