/** Steps that are moved, removed and added while they are typed; what the order then means for one person. */
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import type { TellBook } from '#lib/db/queries/ladders.ts';
import { BUILT_IN_LADDERS, ladderProblem } from '#lib/domain/ladders.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { ladderWarnings, previewSteps } from '#lib/features/duty/ladder-preview.ts';
import {
	fieldsOf,
	ladderOf,
	movedStep,
	readLadderDraft,
	withNewStep,
	withoutStep
} from '#lib/features/duty/ladder-steps.ts';

const red = fieldsOf(BUILT_IN_LADDERS.red);
const said = (steps: typeof red.steps) => steps.map(({ after, to }) => `${after} ${to.join('+')}`);

describe('steps', () => {
	test('what was read is what is written again', () => {
		const ladder = {
			steps: [{ after: 0, to: [], people: ['someone'], second: true }],
			repeat_minutes: 5,
			repeats: 0
		};
		expect(ladderOf(fieldsOf(ladder))).toEqual(ladder);
		expect(ladderOf(red)).toEqual(BUILT_IN_LADDERS.red);
	});

	test('one that moves takes its people along; the minutes of the places stay', () => {
		expect(said(movedStep(red.steps, 1, -1))).toEqual([
			'0 duty+supervisors',
			'5 circle+family+duty',
			'10 circle+duty+supervisors'
		]);
		expect(movedStep(red.steps, 0, -1)).toEqual(red.steps);
		expect(movedStep(red.steps, 2, 1)).toEqual(red.steps);
	});

	test('the first of those that are left is told at once', () => {
		expect(said(withoutStep(red.steps, 0))).toEqual([
			'0 duty+supervisors',
			'10 circle+duty+supervisors'
		]);
	});

	test('a new one comes later than the last and tells nobody until somebody is chosen', () => {
		const steps = withNewStep(red.steps);
		expect(steps.at(-1)).toEqual({ after: '20', to: [], people: [], second: true });
		expect(ladderProblem(ladderOf({ ...red, steps }).steps)).toEqual({
			problem: 'ladder_step_empty',
			step: 3
		});
	});

	test.each(['', 'soon', '-1', '5.5'])('%j is no time', (after) => {
		const steps = red.steps.map((step, nr) => (nr === 1 ? { ...step, after } : step));
		expect(ladderProblem(ladderOf({ ...red, steps }).steps)).toMatchObject({
			problem: 'ladder_times',
			step: 1
		});
	});

	test('a draft that is no order is left alone', () => {
		expect(readLadderDraft(red)).toEqual(red);
		for (const draft of [null, 'x', {}, { ...red, steps: [{}] }, { ...red, repeats: 6 }])
			expect(readLadderDraft(draft)).toBeNull();
	});
});

describe('the preview', () => {
	const NOW = '2026-11-23T09:58:00.000Z'; // Monday 17:58 in Taipei
	const staff = (user_id: string, role: 'worker' | 'supervisor') => ({
		...blankRow('memberships'),
		user_id,
		display_name: user_id,
		role
	});
	const night = {
		...blankRow('duty_shifts'),
		user_id: 'night',
		weekdays: [1],
		starts_at_time: '18:00',
		ends_at_time: '08:00',
		valid_from: '2026-11-01'
	};
	const book = (fields: Partial<TellBook> = {}): TellBook => ({
		ladders: [],
		circle: [
			{ ...blankRow('case_members'), user_id: 'worker', display_name: 'worker', role: 'worker' }
		],
		roster: {
			shifts: [night],
			people: new Map(
				[staff('night', 'worker'), staff('boss', 'supervisor')].map((row) => [row.user_id, row])
			),
			holidays: new Set()
		},
		...fields
	});
	const names = (of: TellBook) =>
		previewSteps(BUILT_IN_LADDERS.red, of, NOW).map(({ at, people }) =>
			[at.slice(11, 16), ...(people ?? []).map(({ display_name }) => display_name)].join(' ')
		);

	test('names who is on duty when the step is due, not when the report came', () => {
		expect(names(book())).toEqual(['09:58 worker', '10:03 night boss', '10:08 worker night boss']);
	});

	test('says which step reaches nobody, and when the end is apps alone', () => {
		const duty = { steps: [{ after: 0, to: ['duty'] as const }], repeat_minutes: 10, repeats: 1 };
		expect(ladderWarnings('red', previewSteps(duty, book(), NOW))).toEqual([
			{ kind: 'ends_at_nobody', step: 0 },
			{ kind: 'no_second' }
		]);
		const first = { ...duty, steps: [...duty.steps, ...BUILT_IN_LADDERS.red.steps] };
		expect(ladderWarnings('red', previewSteps(first, book(), NOW))).toEqual([
			{ kind: 'reaches_nobody', step: 0 }
		]);
		expect(ladderWarnings('yellow', previewSteps(duty, null, NOW))).toEqual([]);
		expect(ladderWarnings('red', previewSteps(BUILT_IN_LADDERS.red, book(), NOW))).toEqual([]);
	});
});
