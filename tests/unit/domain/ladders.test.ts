/** Which order holds, whom a step tells, and which one cannot be followed. */
import { describe, expect, test } from 'vitest';
import type { EscalationLadderRow, LadderStep } from '#lib/domain/duty-rows.ts';
import {
	BUILT_IN_LADDERS,
	ladderFor,
	ladderId,
	ladderProblem,
	peopleOfStep,
	repeatProblem
} from '#lib/domain/ladders.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';

const row = (fields: Partial<EscalationLadderRow>): EscalationLadderRow => ({
	...blankRow('escalation_ladders'),
	org_id: 'org',
	severity: 'red',
	...fields
});
const general = row({ id: 'general', repeats: 1 });
const own = row({ id: 'own', case_id: 'case', repeats: 2 });

describe('which one holds', () => {
	test('the person’s own, else the organisation’s, else the built-in one', () => {
		expect(ladderFor([general, own], 'org', 'case', 'red')).toMatchObject({
			source: 'case',
			ladder: { repeats: 2 }
		});
		expect(ladderFor([general, own], 'org', 'other', 'red').source).toBe('organization');
		expect(ladderFor([own], 'org', null, 'red')).toEqual({
			source: 'built_in',
			ladder: BUILT_IN_LADDERS.red
		});
		expect(ladderFor([general], 'org', 'case', 'orange').source).toBe('built_in');
		expect(ladderFor([general], 'elsewhere', null, 'red').source).toBe('built_in');
	});

	test('one that is not active stands back', () => {
		const off = { ...own, active: false };
		expect(ladderFor([off, general], 'org', 'case', 'red').source).toBe('organization');
		expect(ladderFor([off, { ...general, active: false }], 'org', 'case', 'red').source).toBe(
			'built_in'
		);
	});

	test('each organisation, person and severity has one id', () => {
		const ids = [
			ladderId('org', null, 'red'),
			ladderId('org', null, 'orange'),
			ladderId('org', 'case', 'red'),
			ladderId('else', null, 'red')
		];
		expect(new Set(ids).size).toBe(4);
		expect(ladderId('org', 'case', 'red')).toBe(ids[2]);
	});
});

describe('whom a step tells', () => {
	const circle = [
		{ user_id: 'w', role: 'worker' },
		{ user_id: 'n', role: 'nurse' },
		{ user_id: 'm', role: 'care_manager' },
		{ user_id: 'f', role: 'family' }
	];
	const staff = [
		{ user_id: 's', role: 'supervisor' },
		{ user_id: 'n', role: 'nurse' },
		{ user_id: 'd', role: 'worker' }
	];
	const told = (step: Partial<LadderStep>) =>
		peopleOfStep({ after: 0, to: [], ...step }, { circle, staff, onDuty: new Set(['d', 'n']) }).map(
			({ user_id }) => user_id
		);

	test.each([
		[['circle'], ['w', 'n', 'm']],
		[['family'], ['f']],
		[['nurses'], ['n']],
		[['managers'], ['m']],
		[['supervisors'], ['s']],
		[['duty'], ['n', 'd']],
		[
			['circle', 'duty'],
			['w', 'n', 'm', 'd']
		]
	] as const)('%j → %j', (to, people) => {
		expect(told({ to })).toEqual(people);
	});

	test('who is named is told, if they work there', () => {
		expect(told({ people: ['d', 'gone'] })).toEqual(['d']);
	});
});

describe('one that cannot be followed', () => {
	const step = (after: number, to: LadderStep['to'] = ['circle']): LadderStep => ({ after, to });
	test.each([
		[[], 'ladder_malformed', 0],
		[Array.from({ length: 9 }, () => step(0)), 'ladder_malformed', 0],
		[[step(5)], 'ladder_starts_late', 0],
		[[step(0), step(10), step(5)], 'ladder_times', 2],
		[[step(0), step(1441)], 'ladder_times', 1],
		[[step(0), step(2.5)], 'ladder_times', 1],
		[[step(0), step(5, [])], 'ladder_step_empty', 1]
	] as const)('%j: %s in step %i', (steps, problem, at) => {
		expect(ladderProblem(steps)).toEqual({ problem, step: at });
	});

	test('every built-in one can', () => {
		for (const { steps } of Object.values(BUILT_IN_LADDERS))
			expect(ladderProblem(steps)).toBeNull();
	});
});

test.each([
	[{ repeat_minutes: 5, repeats: 0 }, null],
	[{ repeat_minutes: 240, repeats: 24 }, null],
	[{ repeat_minutes: 4, repeats: 1 }, 'minutes'],
	[{ repeat_minutes: 241, repeats: 1 }, 'minutes'],
	[{ repeat_minutes: 10, repeats: 25 }, 'times'],
	[{ repeat_minutes: 10, repeats: NaN }, 'times']
])('repeats %j: %s, as the table refuses them', (repeats, problem) => {
	expect(repeatProblem(repeats)).toBe(problem);
});
