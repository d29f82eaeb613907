/** Ladders and the duty roster: who writes them, what is refused, and that phone and server agree on who is on duty. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LadderStep } from '#lib/domain/duty-rows.ts';
import { onDuty } from '#lib/domain/duty.ts';
import { BUILT_IN_LADDERS, ladderProblem } from '#lib/domain/ladders.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import {
	aRow,
	CASES,
	hoursFromNow,
	membershipOf,
	ORGS,
	PEOPLE,
	type Person,
	type Row
} from '../fixtures/db-world.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { Phone, type Intent } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };
const RUNS = 60;

async function say(person: Person, intent: Intent): Promise<string> {
	const [result] = await new Phone(db, person).push([intent], inside);
	return `${result?.verdict} ${result?.code ?? ''}`.trim();
}
const setLadder = (fields: Row | Record<string, unknown> = {}): Intent => ({
	name: 'ladder.set',
	args: { row: aRow.ladder(fields) }
});
const addShift = (fields: Record<string, unknown> = {}): Intent => ({
	name: 'duty.add',
	args: { row: aRow.shift(fields) }
});

describe('ladders', () => {
	test('a supervisor sets one, and sets it again: the later word stands, the earlier is kept for the supervisors', async () => {
		const row = aRow.ladder();
		expect(await say('supervisor', setLadder(row))).toBe('ok');
		expect(await say('supervisor', setLadder({ ...row, repeats: 9, active: false }))).toBe('ok');
		expect(
			await db.sql(
				`select l.repeats, l.active, b.kind from public.escalation_ladders l join private.buckets b on b.id = l.bucket_id where l.id = $1`,
				[row.id]
			)
		).toEqual([{ repeats: 9, active: false, kind: 'org' }]);
		expect(
			await db.sql(
				`select h.field, h.other, b.kind from public.record_history h join private.buckets b on b.id = h.bucket_id
				where h.row_id = $1 order by h.field`,
				[row.id]
			)
		).toEqual([
			{ field: 'active', other: true, kind: 'org_supervisors' },
			{ field: 'repeats', other: 3, kind: 'org_supervisors' }
		]);
	});

	test('a person has one of their own, and what it was before stays with their staff', async () => {
		const row = aRow.ladder({ case_id: CASES.ayue });
		expect(await say('supervisor', setLadder(row))).toBe('ok');
		expect(await say('supervisor', setLadder({ ...row, repeats: 0 }))).toBe('ok');
		expect(
			await db.value(
				`select b.kind from public.record_history h join private.buckets b on b.id = h.bucket_id where h.row_id = $1`,
				[row.id]
			)
		).toBe('case_staff');
	});

	test('nobody says who is told of somebody whom their organisation does not hold', async () => {
		expect(await say('supervisor', setLadder({ case_id: CASES.ahai }))).toBe(
			'rejected not_allowed'
		);
		expect(await say('supervisor', setLadder({ org_id: ORGS.haixian }))).toBe(
			'rejected not_allowed'
		);
	});

	test.each(['worker', 'nurse', 'manager', 'family', 'outsider'] as const)(
		'%s sets none',
		async (person) => {
			expect(await say(person, setLadder())).toMatch(/^rejected/);
			const row = aRow.ladder();
			await say('supervisor', setLadder(row));
			expect(await say(person, setLadder({ ...row, repeats: 0 }))).toMatch(/^rejected/);
			expect(
				await db.value('select repeats from public.escalation_ladders where id = $1', [row.id])
			).toBe(3);
		}
	);

	test('it does not become that of another severity, person or organisation; there is one of each', async () => {
		const row = aRow.ladder();
		await say('supervisor', setLadder(row));
		for (const other of [{ severity: 'orange' }, { case_id: CASES.ayue }])
			expect(await say('supervisor', setLadder({ ...row, ...other }))).toBe('rejected immutable');
		expect(await say('supervisor', setLadder())).toBe('rejected already_exists');
	});

	const step = (fields: Record<string, unknown> = {}) => ({ after: 0, to: ['circle'], ...fields });
	test.each([
		['ladder_malformed', []],
		['ladder_malformed', { after: 0 }],
		['ladder_malformed', Array.from({ length: 9 }, () => step())],
		['ladder_malformed', [step({ to: ['everybody'] })]],
		['ladder_malformed', [step({ to: 'circle' })]],
		['ladder_malformed', [step({ people: ['somebody'] })]],
		['ladder_malformed', [step({ people: Array.from({ length: 21 }, () => randomUUID()) })]],
		['ladder_malformed', [step({ second: 'yes' })]],
		['ladder_malformed', [step({ channel: 'sms' })]],
		['ladder_malformed', [step(), 'supervisors']],
		['ladder_malformed', [step(), { to: ['circle'] }]],
		['ladder_starts_late', [step({ after: 1 })]],
		['ladder_times', [step(), step({ after: 10 }), step({ after: 5 })]],
		['ladder_times', [step(), step({ after: 1441 })]],
		['ladder_times', [step(), step({ after: 2.5 })]],
		['ladder_step_empty', [step(), step({ after: 5, to: [] })]]
	])('%s: %j', async (code, steps) => {
		expect(await say('supervisor', setLadder({ steps }))).toBe(`rejected ${code}`);
	});

	test.each([
		{ repeat_minutes: 4 },
		{ repeat_minutes: 241 },
		{ repeats: 25 },
		{ severity: 'none' }
	])('out of bounds: %j', async (fields) => {
		expect(await say('supervisor', setLadder(fields))).toMatch(/^rejected/);
	});

	test('the built-in ones are the same on the phone and in the engine', async () => {
		for (const [severity, ladder] of Object.entries(BUILT_IN_LADDERS))
			expect(await db.value('select private.ladder_of($1)', [severity]), severity).toEqual(ladder);
	});

	test('the built-in ones can be written; phone and server refuse the same times and empty steps', async () => {
		for (const [severity, ladder] of Object.entries(BUILT_IN_LADDERS))
			expect(await say('supervisor', setLadder({ ...ladder, severity })), severity).toBe('ok');
		const steps: LadderStep[] = [
			{ after: 0, to: ['duty'] },
			{ after: 0, to: ['circle'] },
			{ after: 1440, to: [], people: [PEOPLE.nurse] }
		];
		expect(ladderProblem(steps)).toBeNull();
		expect(await say('supervisor', setLadder({ steps, case_id: CASES.ayue }))).toBe('ok');
	});
});

describe('shifts', () => {
	const stored = async (id: string) =>
		(await db.sql('select * from public.duty_shifts where id = $1', [id]))[0];

	test('a supervisor enters one, with the name that the directory has, and changes it', async () => {
		const row = aRow.shift();
		expect(await say('supervisor', { name: 'duty.add', args: { row } })).toBe('ok');
		const name = await db.value('select display_name from public.memberships where id = $1', [
			membershipOf('nurse')
		]);
		expect(await stored(row.id)).toMatchObject({ user_name: name, ends_at_time: '08:00:00' });
		const change = (patch: Record<string, unknown>): Intent => ({
			name: 'duty.change',
			args: { id: row.id, patch }
		});
		expect(
			await say(
				'supervisor',
				change({ ends_at_time: ['08:00', '07:00'], weekdays: [[1, 2, 3, 4, 5], [6]] })
			)
		).toBe('ok');
		expect(await stored(row.id)).toMatchObject({ ends_at_time: '07:00:00', weekdays: [6] });
		expect(await say('supervisor', change({ user_id: [PEOPLE.nurse, PEOPLE.worker] }))).toBe(
			'rejected unknown_field'
		);
		expect(await say('worker', change({ note: [null, '換班'] }))).toMatch(/^rejected/);
		expect(
			await db.value('select count(*)::int from public.record_history where row_id = $1', [row.id])
		).toBe(2);
	});

	test('only who works there is on duty there', async () => {
		for (const person of ['outsider', 'former', 'family'] as const)
			expect(await say('supervisor', addShift({ user_id: PEOPLE[person] })), person).toBe(
				'rejected unknown_person'
			);
		for (const person of ['manager', 'nurse', 'family'] as const)
			expect(await say(person, addShift()), person).toBe('rejected not_allowed');
	});

	test.each([
		{ weekdays: [] },
		{ weekdays: [0] },
		{ weekdays: [8] },
		{ starts_at_time: '24:00' },
		{ starts_at_time: '18:00:30' },
		{ valid_from: '2026-11-23', valid_until: '2026-11-21' },
		{ note: '長'.repeat(201) }
	])('what no roster has is refused: %j', async (fields) => {
		expect(await say('supervisor', addShift(fields))).toMatch(/^rejected/);
	});

	test('colleagues read the roster and the ladders; families and other organisations do not', async () => {
		const shift = aRow.shift();
		const ladder = aRow.ladder();
		await say('supervisor', { name: 'duty.add', args: { row: shift } });
		await say('supervisor', { name: 'ladder.set', args: { row: ladder } });
		const heard = async (person: Person) => {
			const phone = new Phone(db, person);
			await phone.pull(inside);
			return [...phone.of('duty_shifts'), ...phone.of('escalation_ladders')].map(({ id }) => id);
		};
		expect(await heard('worker')).toEqual([shift.id, ladder.id]);
		for (const person of ['family', 'outsider', 'former'] as const)
			expect(await heard(person), person).toEqual([]);
	});

	test('who has left is not on duty', async () => {
		await db.insert(
			'duty_shifts',
			aRow.shift({ weekdays: [1], starts_at_time: '00:00', ends_at_time: '00:00' })
		);
		const monday = instantAt('2026-11-23', '12:00');
		const now = () => db.sql('select private.on_duty($1, $2) as id', [ORGS.shancheng, monday]);
		expect(await now()).toEqual([{ id: PEOPLE.nurse }]);
		expect(await db.sql('select private.on_duty($1, $2) as id', [ORGS.haixian, monday])).toEqual(
			[]
		);
		await say('supervisor', {
			name: 'membership.end',
			args: { id: membershipOf('nurse'), at: hoursFromNow(0), reason: '離職' }
		});
		expect(await now()).toEqual([]);
	});
});

test(
	'phone and server agree on who is on duty: random shifts, holidays, nights and instants',
	async () => {
		const FIRST = '2026-11-20';
		const day = fc.integer({ min: 0, max: 14 }).map((n) => addDays(FIRST, n));
		const time = fc.oneof(
			fc.constantFrom('00:00', '08:00', '18:00', '23:59'),
			fc
				.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
				.map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
		);
		const shift = fc
			.record({
				user_id: fc.constantFrom(PEOPLE.nurse, PEOPLE.worker, PEOPLE.manager),
				weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
				on_holidays: fc.boolean(),
				starts_at_time: time,
				ends_at_time: time,
				valid_from: day,
				lasts: fc.option(fc.integer({ min: -1, max: 9 }))
			})
			.map(({ lasts, ...fields }) => ({
				...fields,
				on_holidays: fields.on_holidays || fields.weekdays.length === 0,
				valid_until: lasts === null ? null : addDays(fields.valid_from, lasts)
			}));
		await fc.assert(
			fc.asyncProperty(
				fc.array(shift, { maxLength: 6 }),
				fc.uniqueArray(day, { maxLength: 3 }),
				fc.array(fc.tuple(day, time), { minLength: 12, maxLength: 12 }),
				async (shifts, holidays, instants) => {
					await db.exec('savepoint program');
					for (const fields of shifts) await db.insert('duty_shifts', aRow.shift(fields));
					for (const day of holidays) await db.insert('office_days', aRow.officeDay({ day }));
					// The edges of every shift too, where the two would differ first.
					const edges = shifts.flatMap(({ valid_from, starts_at_time, ends_at_time }) => [
						instantAt(valid_from, starts_at_time),
						instantAt(addDays(valid_from, 1), ends_at_time)
					]);
					for (const at of [...edges, ...instants.map(([on, clock]) => instantAt(on, clock))]) {
						const server = await db.sql<{ id: string }>(
							'select private.on_duty($1, $2) as id order by 1',
							[ORGS.shancheng, at]
						);
						const phone = new Set(
							onDuty(shifts, new Set(holidays), at).map(({ shift }) => shift.user_id)
						);
						expect(
							server.map(({ id }) => id),
							at
						).toEqual([...phone].sort());
					}
					await db.exec('rollback to program');
				}
			),
			propertyOptions(RUNS)
		);
	},
	programTimeoutMs(RUNS)
);
