/** Changing planned visits: what a form asks for, and what stands against it. */
import { expect, test } from 'vitest';
import type { VisitToChange } from '#lib/db/queries/visit-change.ts';
import { ChangeForm, changeClashes } from '#lib/features/visits/change-form.svelte.ts';
import { aCase, aPerson, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const person = aCase();
const supervisor = aPerson({
	memberships: [{ orgId: person.org_id, orgName: '安心', role: 'supervisor' }]
});
const series = aRow('visit_series', {
	case_id: person.id,
	worker_id: 'wang',
	start_time: '09:00',
	duration_minutes: 60
});
/** One after the other, from nine on. */
const [first, second] = [0, 60].map((minutes) =>
	aVisit({
		case_id: person.id,
		series_id: series.id,
		worker_id: 'wang',
		worker_name: '王照服',
		planned_codes: ['BA02'],
		starts_at: new Date(Date.parse('2026-11-24T01:00:00.000Z') + minutes * 60_000).toISOString(),
		ends_at: new Date(Date.parse('2026-11-24T02:00:00.000Z') + minutes * 60_000).toISOString()
	})
);
if (!first || !second) throw new Error('two visits were made');

function aForm(part: Partial<VisitToChange> = {}): ChangeForm {
	const found: VisitToChange = {
		visit: first ?? aVisit(),
		person,
		role: 'supervisor',
		series,
		siblings: [first ?? aVisit(), second ?? aVisit()],
		workers: [{ id: 'chen', name: '陳照服' }],
		circle: [],
		colleagues: [],
		...part
	};
	return new ChangeForm(
		() => found,
		() => NOW,
		supervisor
	);
}
const ground = {
	visits: [first, second],
	absences: [],
	villages: new Map<string, string | null>(),
	people: new Map([[person.id, person]])
};

test('opened, it stands as the visit stands and changes nothing', () => {
	const form = aForm();
	expect([form.day, form.startTime, form.minutes]).toEqual(['2026-11-24', '09:00', '60']);
	expect(form.plan.changed).toEqual([]);
});

test('a time that does not exist changes nothing', () => {
	const form = aForm();
	form.startTime = '25:00';
	expect(form.problems).toEqual(['time']);
	expect(form.plan.changed).toEqual([]);
});

test('the other worker goes to this one, or to all of the series, and is named', () => {
	const form = aForm();
	form.workerId = 'chen';
	expect(form.plan.changed.map(({ after }) => after.worker_name)).toEqual(['陳照服']);
	form.scope = 'all';
	expect(form.plan.changed).toHaveLength(2);
});

test('what is changed is held against the others as they will be, not as they were', () => {
	const form = aForm();
	form.startTime = '09:30';
	expect(changeClashes(form.plan, ground).map(({ clash }) => clash.kind)).toEqual(['same_worker']);
	form.startTime = '09:00';
	form.workerId = 'chen';
	form.scope = 'all';
	expect(changeClashes(form.plan, ground)).toEqual([]);
});

test('a colleague outside the circle enters it with the visit; a supervisor of the organisation and who is in it need not', () => {
	const colleague = (user_id: string, role: 'worker' | 'supervisor') =>
		aRow('memberships', { org_id: person.org_id, user_id, role, display_name: user_id });
	const form = aForm({
		circle: [aRow('case_members', { case_id: person.id, user_id: 'chen', role: 'worker' })],
		colleagues: [
			colleague('chen', 'worker'),
			colleague('lin', 'worker'),
			colleague('boss', 'supervisor')
		]
	});
	expect(form.joiners.map(({ membership }) => membership.user_id)).toEqual(['lin']);
	form.workerId = 'lin';
	expect(form.joining?.role).toBe('worker');
	expect(form.plan.changed.map(({ after }) => after.worker_name)).toEqual(['lin']);
});

test('what was put otherwise is the draft; put back over a visit that a colleague has changed, it leaves theirs alone', () => {
	const form = aForm();
	expect(form.draft).toBeNull();
	form.startTime = '1';
	form.workerId = 'chen';
	form.scope = 'later';
	expect(form.draft).toEqual({ startTime: '1', workerId: 'chen', scope: 'later' });
	form.startTime = '10:30';

	const moved = { ...(first ?? aVisit()), ends_at: '2026-11-24T03:00:00.000Z' };
	const again = aForm({ visit: moved });
	expect(again.restore(form.draft)).toBe(true);
	expect([again.startTime, again.minutes, again.workerId, again.scope]).toEqual([
		'10:30',
		'120',
		'chen',
		'later'
	]);
	again.reset();
	expect([again.startTime, again.workerId, again.scope]).toEqual(['09:00', 'wang', 'this']);
	expect(again.draft).toBeNull();
});

test('a draft that says what stands already, or nothing that this release knows, changes nothing', () => {
	for (const draft of [undefined, null, 'x', {}, { day: 7, codes: 'BA02' }, { workerId: 'wang' }]) {
		const form = aForm();
		expect(form.restore(draft), JSON.stringify(draft)).toBe(false);
		expect(form.plan.changed).toEqual([]);
	}
	const form = aForm();
	expect(form.restore({ codes: ['BA02', 7, 'BA07'] })).toBe(true);
	expect(form.codes).toEqual(['BA02', 'BA07']);
});
