/** A plan that arrives after somebody has been there: the visit stays as it was made, and who planned is told why. */
import { expect, test } from 'vitest';
import { aRow, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function say(person: Person, name: string, args: Fields): Promise<string> {
	const [result] = await new Phone(db, person).push([{ name, args }], inside);
	return [result?.verdict, result?.code].filter(Boolean).join(' ');
}
const aVisit = (fields: Fields = {}) => db.insert('visits', aRow.visit(fields));
const later = hoursFromNow(50);
const PLANS: readonly Fields[] = [
	{ worker_id: [PEOPLE.worker, PEOPLE.nurse] },
	{ starts_at: [null, hoursFromNow(49)], ends_at: [null, later] },
	{ planned_codes: [[], ['BA07']] }
];

test('who planned without signal while the visit was begun, done or found nobody is refused, and nothing of it changes', async () => {
	for (const steps of [['check_in'], ['check_in', 'check_out'], ['no_answer']])
		for (const patch of PLANS) {
			const id = await aVisit({ worker_id: PEOPLE.worker });
			for (const step of steps)
				expect(
					await say('worker', `visit.${step}`, { id, at: hoursFromNow(0), reason: '沒人應門' })
				).toBe('ok');
			const before = await db.sql('select * from public.visits where id = $1', [id]);
			for (const planner of ['manager', 'supervisor', 'nurse'] as const)
				expect(await say(planner, 'visit.patch', { id, patch }), steps.join()).toBe(
					'rejected visit_begun'
				);
			expect(await db.sql('select * from public.visits where id = $1', [id])).toEqual(before);
		}
});

test('a note, and what stands there already, are taken; so is a plan that comes before the visit is begun', async () => {
	const id = await aVisit({ worker_id: PEOPLE.worker });
	expect(await say('manager', 'visit.patch', { id, patch: { ends_at: [null, later] } })).toMatch(
		/^(ok|conflict)$/
	);
	expect(await say('worker', 'visit.check_in', { id, at: hoursFromNow(0) })).toBe('ok');
	expect(await say('manager', 'visit.patch', { id, patch: { ends_at: [null, later] } })).toBe('ok');
	expect(await say('manager', 'visit.patch', { id, patch: { note: [null, '鑰匙在鄰居家'] } })).toBe(
		'ok'
	);
});

test('what was missed or called off is not planned otherwise either', async () => {
	for (const [name, reason] of [
		['visit.cancel', '住院'],
		['visit.miss', '請假']
	] as const) {
		const id = await aVisit({ worker_id: PEOPLE.worker });
		expect(await say('supervisor', name, { id, at: hoursFromNow(0), reason })).toBe('ok');
		expect(
			await say('manager', 'visit.patch', {
				id,
				patch: { worker_id: [PEOPLE.worker, PEOPLE.nurse] }
			})
		).toBe('rejected wrong_state');
	}
});

test('who is given a visit that is open checks in to it and holds it', async () => {
	const id = await aVisit({ worker_id: null });
	expect(await say('worker', 'visit.check_in', { id, at: hoursFromNow(0) })).toBe('ok');
	expect(await db.value('select worker_id from public.visits where id = $1', [id])).toBe(
		PEOPLE.worker
	);
});
