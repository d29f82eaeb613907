/** How severe a vital sign is, as the server says it: the same as src/lib/domain/vital-signs.ts, whatever a client claims. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Severity } from '#lib/domain/severity.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import { columnsToReading, readingToColumns } from '#lib/domain/vital-sign-entry.ts';
import type { PastReading, PersonLimits, Reading } from '#lib/domain/vital-sign-types.ts';
import { assessReading, METRICS, thresholdsFor } from '#lib/domain/vital-signs.ts';
import { aRow, CASES, hoursFromNow, insertStatement, type Row } from '../fixtures/db-world.ts';
import { Phone } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };
const TODAY = '2026-11-22';
const NOON = instantAt(TODAY, '12:00');

/** What the server says of each, in order. */
async function judged(
	readings: readonly { reading: Reading; limits: PersonLimits }[],
	caseId: string = randomUUID()
): Promise<Severity[]> {
	const rows = readings.map(({ reading, limits }) => ({
		row: { id: randomUUID(), case_id: caseId, measured_at: NOON, ...readingToColumns(reading) },
		limits
	}));
	const answers = await db.sql<{ severity: Severity }>(
		`select private.measured_severity(jsonb_populate_record(null::public.measurements, r.value -> 'row'), r.value -> 'limits') as severity
		 from jsonb_array_elements($1::jsonb) with ordinality r (value, nr) order by r.nr`,
		[JSON.stringify(rows)]
	);
	return answers.map(({ severity }) => severity);
}

const SINGLES = ['pulse', 'temperature', 'respiration', 'spo2', 'weight', 'pain'] as const;

/** On and beside every home level, where two programs would part. */
const EDGES: readonly Reading[] = METRICS.flatMap((metric): Reading[] => {
	const { high, low } = thresholdsFor(metric);
	const { low: copd } = thresholdsFor(metric, { copd: true });
	const levels = [high, low, copd].flatMap((side) => Object.values(side));
	const values = levels.flatMap((level) => [level - 1, level - 0.1, level, level + 0.1]);
	return values.map((raw) => {
		const value = Math.round(raw * 10) / 10;
		if (metric === 'sbp') return { kind: 'blood_pressure', sys: value, dia: 70 };
		if (metric === 'dbp') return { kind: 'blood_pressure', sys: 125, dia: value };
		return { kind: metric, value };
	});
});

const aValue = fc.oneof(
	fc.integer({ min: 0, max: 300 }),
	fc.integer({ min: 300, max: 430 }).map((tenths) => tenths / 10)
);
const aReading: fc.Arbitrary<Reading> = fc.oneof(
	fc.constantFrom(...EDGES),
	fc.record({ kind: fc.constant('blood_pressure' as const), sys: aValue, dia: aValue }),
	fc.record({ kind: fc.constantFrom(...SINGLES), value: aValue }),
	fc.record({
		kind: fc.constant('glucose' as const),
		value: fc.oneof(aValue, fc.constantFrom('HI' as const, 'LO' as const))
	})
);
const levels = fc.dictionary(fc.constantFrom('red', 'orange', 'yellow'), fc.option(aValue), {
	noNullPrototype: true
});
const limitsOfMetric = fc.record({ high: levels, low: levels }, { requiredKeys: [] });
const someLimits = fc.oneof(
	fc.constant({}),
	fc.record(
		{
			...Object.fromEntries(METRICS.map((metric) => [metric, limitsOfMetric])),
			copd: fc.boolean(),
			heartFailure: fc.boolean()
		},
		{ requiredKeys: [] }
	)
) as fc.Arbitrary<PersonLimits>; // the keys are those of PersonLimits, which the dictionary cannot say

describe('the server and the phone judge alike', () => {
	test('every home level, on it and beside it', async () => {
		const all = EDGES.flatMap((reading) => [
			{ reading, limits: {} },
			{ reading, limits: { copd: true } }
		]);
		expect(await judged(all)).toEqual(
			all.map(({ reading, limits }) => assessReading(reading, { limits }).severity)
		);
	});

	test('any reading against any limits of a person', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ reading: aReading, limits: someLimits }), {
					minLength: 50,
					maxLength: 100
				}),
				async (readings) => {
					expect(await judged(readings)).toEqual(
						readings.map(({ reading, limits }) => assessReading(reading, { limits }).severity)
					);
				}
			),
			{ numRuns: 30 }
		);
	});

	const aPast = (daysAgo: fc.Arbitrary<number>, reading: fc.Arbitrary<Reading>) =>
		fc.record({
			daysAgo,
			time: fc.constantFrom('00:00', '07:59', '08:00', '12:00', '23:59'),
			reading
		});
	const aWeight = fc.record({
		kind: fc.constant('weight' as const),
		value: fc.integer({ min: 540, max: 630 }).map((tenths) => tenths / 10)
	});
	const aPressure = fc.record({
		kind: fc.constant('blood_pressure' as const),
		sys: fc.integer({ min: 127, max: 133 }),
		dia: fc.integer({ min: 77, max: 83 })
	});
	const longAgo = fc.oneof(
		fc.integer({ min: -1, max: 8 }),
		fc.integer({ min: 28, max: 33 }),
		fc.integer({ min: 364, max: 368 })
	);
	const aHistory = fc.oneof(
		fc.array(aPast(fc.integer({ min: -1, max: 8 }), aPressure), { minLength: 2, maxLength: 5 }),
		fc.array(aPast(longAgo, aWeight), { minLength: 1, maxLength: 4 })
	);
	const someNow = fc.array(fc.oneof(aPressure, aWeight), { minLength: 15, maxLength: 25 });

	test('readings that look back over a week, a month and a year', async () => {
		await fc.assert(
			fc.asyncProperty(aHistory, someNow, fc.boolean(), async (past, now, heartFailure) => {
				await db.exec('savepoint history');
				const history: PastReading[] = past.map(({ reading, daysAgo, time }) => ({
					reading,
					takenAt: instantAt(addDays(TODAY, -daysAgo), time)
				}));
				for (const { reading, takenAt } of history) await measured(reading, takenAt);
				const limits = { heartFailure };
				const readings = now.map((reading) => ({ reading, limits }));
				const said = await judged(readings, CASES.ayue);
				await db.exec('rollback to history');
				expect(said).toEqual(
					readings.map(
						({ reading }) => assessReading(reading, { limits, history, takenAt: NOON }).severity
					)
				);
			}),
			{ numRuns: 150 }
		);
	});
});

async function measured(
	reading: Reading,
	takenAt: string,
	fields: Record<string, unknown> = {}
): Promise<string> {
	const row: Row = {
		...aRow.measurement({ ...readingToColumns(reading), measured_at: takenAt, ...fields }),
		author_name: '倪護理',
		recorded_at: takenAt
	};
	const statement = insertStatement('measurements', row);
	await db.sql(statement.text, statement.params);
	return row.id;
}
const claim = (reading: Reading, severity: Severity, fields: Record<string, unknown> = {}) => {
	const row = aRow.measurement({ ...readingToColumns(reading), severity, ...fields });
	return { row, intent: { name: 'measurement.add', args: { row } } };
};
async function stored(id: string): Promise<unknown> {
	return await db.value('select severity from public.measurements where id = $1', [id]);
}
const red: Reading = { kind: 'spo2', value: 85 };

describe('a client that claims another severity', () => {
	test('is corrected, and learns so in the same answer', async () => {
		const phone = new Phone(db, 'nurse');
		await phone.pull(inside);
		const low = claim(red, 'none');
		const high = claim({ kind: 'pulse', value: 72 }, 'red');
		expect(await phone.push([low.intent, high.intent], inside)).toMatchObject([
			{ verdict: 'ok' },
			{ verdict: 'ok' }
		]);
		expect(phone.of('measurements').map(({ id, severity }) => [id, severity])).toEqual([
			[low.row.id, 'red'],
			[high.row.id, 'none']
		]);
	});

	test('is corrected on a direct write as well; a history that the operator brings in stays as it was judged', async () => {
		const { row } = claim(red, 'none');
		const written = insertStatement('measurements', {
			...row,
			author_name: '?',
			recorded_at: hoursFromNow(0)
		});
		await db.as('worker', written.text, written.params);
		expect(await stored(row.id)).toBe('red');
		expect(await stored(await measured(red, NOON, { severity: 'orange' }))).toBe('orange');
	});

	test('meets the limits that a nurse has set meanwhile', async () => {
		await db.sql(
			`update public.cases set vital_limits = '{"spo2": {"low": {"red": 80, "orange": null, "yellow": null}}}' where id = $1`,
			[CASES.ayue]
		);
		const { row, intent } = claim(red, 'red');
		await new Phone(db, 'worker').push([intent], inside);
		expect(await stored(row.id)).toBe('none');
	});

	test('and what is or was corrected, or belongs to the same visit, does not count as earlier', async () => {
		const weight = (value: number): Reading => ({ kind: 'weight', value });
		const manager = new Phone(db, 'manager');
		async function judgedOf(value: number, fields: Record<string, unknown>): Promise<unknown> {
			const { row, intent } = claim(weight(value), 'red', fields);
			expect(await manager.push([intent], inside)).toMatchObject([{ verdict: 'ok' }]);
			return await stored(row.id);
		}
		const wrong = await measured(weight(80), hoursFromNow(-48));
		expect(await judgedOf(60, {})).toBe('orange');
		expect(await judgedOf(60, { corrects_id: wrong })).toBe('none');
		expect(await judgedOf(60, {})).toBe('none');
		const statement = insertStatement('visits', aRow.visit());
		await db.sql(statement.text, statement.params);
		const visit_id = await db.value<string>('select max(id::text) from public.visits');
		await measured(weight(70), hoursFromNow(-1), { visit_id });
		expect(await judgedOf(60, { visit_id })).toBe('none');
		expect(await judgedOf(60, {})).toBe('orange');
	});
});

test('what is stored reads back as what was measured', () => {
	for (const reading of EDGES) expect(columnsToReading(readingToColumns(reading))).toEqual(reading);
});
