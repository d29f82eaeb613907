/** Tasks that come again: on which days, once, for whom, what an outage and a rest leave out, and that phone and server count the same days. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seriesDays, type SeriesDays } from '#lib/domain/task-series.ts';
import { addDays, taipeiDay, weekdayOf } from '#lib/domain/taiwan-dates.ts';
import { aRow, CASES, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { propertyOptions } from '../fixtures/property.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';
import { written } from './mutation-args.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };
const today = taipeiDay(new Date().toISOString());
const tomorrow = addDays(today, 1);

async function push(person: Person, name: string, args: Fields): Promise<string> {
	const [result] = await new Phone(db, person).push([{ name, args }], inside);
	return result?.code ?? result?.verdict ?? '';
}
/** Of every day, made two days before, so that tomorrow's is there whatever the time of day is. */
const daily = (fields: Fields = {}) =>
	aRow.taskSeries({
		weekdays: [1, 2, 3, 4, 5, 6, 7],
		starts_on: '2026-01-05',
		due_time: '12:00',
		lead_days: 2,
		...fields
	});
async function series(fields: Fields = {}, person: Person = 'nurse'): Promise<string> {
	const row = daily(fields);
	expect(await push(person, 'task_series.add', { row })).toBe('ok');
	return row.id;
}
/** It has been on for long. */
async function onForLong(id: string, days = 30): Promise<void> {
	await db.exec('alter table public.task_series disable trigger guard');
	await db.sql(
		`update public.task_series set counts_since_at = now() - make_interval(days => $2) where id = $1`,
		[id, days]
	);
	await db.exec('alter table public.task_series enable trigger guard');
}
const tick = () => db.value<number>('select private.make_series_tasks(50)');
interface Made extends Fields {
	readonly day: string;
	readonly id: string;
}
const madeBy = (id: string) =>
	db.sql<Made>(
		`select t.*, to_char(t.due_at at time zone 'Asia/Taipei', 'YYYY-MM-DD') as day from public.tasks t
		 where t.source = 'recurrence' and t.source_id = $1 order by t.due_at`,
		[id]
	);
const daysOf = async (id: string) => (await madeBy(id)).map(({ day }) => day);

describe('a task that comes again', () => {
	test('is made once for each of its days, as it was written, and whoever is asked is told', async () => {
		const id = await series({ reply_minutes: 120, priority: 'high', body: '看標籤' });
		expect(await tick()).toBeGreaterThan(0);
		const made = await madeBy(id);
		expect(await tick()).toBe(0);
		expect(made.map(({ day }) => day)).toContain(tomorrow);
		expect(made[0]).toMatchObject({
			case_id: CASES.ayue,
			title: '確認藥盒',
			body: '看標籤',
			steps: ['早', '晚'],
			priority: 'high',
			status: 'open',
			assignee_id: PEOPLE.worker,
			author_name: '倪護理',
			created_by: null,
			audience: 'staff',
			reply_minutes: 120
		});
		expect(
			await db.sql(`select user_id, kind from public.notices where subject_id = $1`, [made[0]!.id])
		).toEqual([{ user_id: PEOPLE.worker, kind: 'task_offered' }]);
	});

	test('has its next look when the next of its days begins, and at once when it was changed', async () => {
		const id = await series();
		await tick();
		expect(
			await db.value(
				`select next_at > now() and next_at <= now() + interval '25 hours' from private.series_runs where series_id = $1`,
				[id]
			)
		).toBe(true);
		expect(await push('nurse', 'task_series.patch', { id, patch: { lead_days: [2, 4] } })).toBe(
			'ok'
		);
		await tick();
		expect(await daysOf(id)).toEqual(expect.arrayContaining([tomorrow, addDays(today, 3)]));
	});

	test('of what was due while no engine ran, only the newest is made', async () => {
		const id = await series({
			due_time: '00:00',
			lead_days: 0,
			weekdays: [weekdayOf(addDays(today, -2)), weekdayOf(addDays(today, -4))]
		});
		await onForLong(id);
		await tick();
		expect((await daysOf(id)).filter((day) => day <= today)).toEqual([addDays(today, -2)]);
	});

	test("written without signal, it counts from when it was written; what was due before is nobody's", async () => {
		const row = daily({ due_time: '00:00', lead_days: 0 });
		const [late] = await new Phone(db, 'nurse').push(
			[{ name: 'task_series.add', args: { row }, at: hoursFromNow(-48) }],
			inside
		);
		expect(late?.verdict).toBe('ok');
		await tick();
		expect((await daysOf(row.id)).filter((day) => day <= today)).toEqual([today]);

		const now = await series({ due_time: '00:00', lead_days: 0 });
		await tick();
		expect((await daysOf(now)).filter((day) => day <= today)).toEqual([]);
	});

	test('rests while it is off, and what fell into the rest is not caught up', async () => {
		const id = await series({ due_time: '00:00' });
		await onForLong(id);
		expect(await push('nurse', 'task_series.patch', { id, patch: { active: [true, false] } })).toBe(
			'ok'
		);
		const another = await series();
		await tick();
		expect(await daysOf(another)).toContain(tomorrow);
		expect(await daysOf(id)).toEqual([]);
		expect(await push('nurse', 'task_series.patch', { id, patch: { active: [false, true] } })).toBe(
			'ok'
		);
		await tick();
		expect((await daysOf(id)).filter((day) => day <= today)).toEqual([]);
	});

	test('for somebody who is not served the days pass without', async () => {
		const id = await series();
		await db.sql(`update public.cases set status = 'suspended' where id = $1`, [CASES.ayue]);
		await tick();
		await db.sql(`update public.cases set status = 'active' where id = $1`, [CASES.ayue]);
		await db.sql(`update private.series_runs set next_at = now()`);
		await tick();
		expect(await daysOf(id)).not.toContain(tomorrow);
	});

	test('asks nobody who cannot see it any more', async () => {
		const id = await series({ assignee_id: PEOPLE.worker, reply_minutes: 120 });
		await db.sql(
			`update public.case_members set ended_at = now() where user_id = $1 and case_id = $2`,
			[PEOPLE.worker, CASES.ayue]
		);
		await tick();
		const [made] = await madeBy(id);
		expect(made).toMatchObject({ assignee_id: null, reply_due_at: null });
	});

	test("for the family is the whole circle's", async () => {
		const id = await series({ assignee_id: PEOPLE.family });
		await tick();
		const [made] = await madeBy(id);
		expect(made).toMatchObject({ assignee_id: PEOPLE.family, audience: 'circle' });
	});

	test('cannot be given to who does not see the person', async () => {
		expect(
			await push('nurse', 'task_series.add', { row: daily({ assignee_id: PEOPLE.outside }) })
		).toBe('assignee_cannot_see_it');
	});

	test('is changed by who wrote it and by managers, and bears its author', async () => {
		const id = await series({}, 'therapist');
		const rest = { id, patch: { active: [true, false] } };
		expect(await push('nurse', 'task_series.patch', rest)).toBe('not_allowed');
		expect(await push('worker', 'task_series.patch', rest)).toBe('not_allowed');
		expect(await push('manager', 'task_series.patch', rest)).toBe('ok');
		await expect(
			db.as('manager', `update public.task_series set author_name = '別人' where id = $1`, [id])
		).rejects.toThrow('immutable');
	});

	test('one that fails waits, and holds up no other', async () => {
		const broken = await series();
		await db.exec(
			`alter table public.task_series disable trigger guard; alter table public.task_series drop constraint task_series_due_time_check`
		);
		await db.sql(`update public.task_series set due_time = 'noon' where id = $1`, [broken]);
		await db.exec(`alter table public.task_series enable trigger guard`);
		const fine = await series();
		await tick();
		expect(await daysOf(fine)).toContain(tomorrow);
		expect(
			await db.value(`select next_at > now() from private.series_runs where series_id = $1`, [
				broken
			])
		).toBe(true);
	});
});

const pattern: fc.Arbitrary<SeriesDays> = fc
	.record({
		frequency: fc.constantFrom('weekly' as const, 'monthly' as const),
		spacing: fc.integer({ min: 1, max: 12 }),
		days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
		month_day: fc.integer({ min: 1, max: 31 }),
		start: fc.integer({ min: 0, max: 800 }),
		length: fc.option(fc.integer({ min: 0, max: 500 }))
	})
	.map(({ frequency, spacing, days, month_day, start, length }) => {
		const starts_on = addDays('2027-01-01', start);
		return {
			frequency,
			spacing,
			weekdays: frequency === 'weekly' ? days : [],
			month_day: frequency === 'weekly' ? null : month_day,
			starts_on,
			until_on: length === null ? null : addDays(starts_on, length)
		};
	});

test('phone and server count the same days', async () => {
	const id = await db.insert('task_series', written(aRow.taskSeries()));
	await fc.assert(
		fc.asyncProperty(pattern, fc.integer({ min: 0, max: 900 }), async (series, from) => {
			const [first, last] = [addDays('2026-12-01', from), addDays('2026-12-01', from + 400)];
			const rows = await db.sql<{ day: string }>(
				`select to_char(d, 'YYYY-MM-DD') as day from public.task_series s
				 cross join lateral private.series_days(jsonb_populate_record(s, $2), $3, $4) d where s.id = $1`,
				[id, JSON.stringify(series), first, last]
			);
			expect(rows.map(({ day }) => day)).toEqual(seriesDays(series, first, last));
		}),
		propertyOptions(100)
	);
});
