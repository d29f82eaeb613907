/** A client that lies about how severe a measurement is, through every door of the API. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRow, hoursFromNow, type Row } from '../fixtures/db-world.ts';
import { BACKENDS, call, push, type Backend } from './backend.ts';

describe.each(Object.entries(BACKENDS))('on the %s', (_name, start) => {
	let backend: Backend;
	let token: string;
	beforeAll(async () => {
		backend = await start();
		token = await backend.tokenFor('nurse');
	});
	afterAll(() => backend.stop());

	async function add(rows: readonly Row[]): Promise<unknown> {
		const intents = rows.map((row) => ({ name: 'measurement.add', args: { row } }));
		const answer = await push(backend, token, intents);
		expect(answer.status).toBe(200);
		return answer.body;
	}
	async function severities(rows: readonly Row[]): Promise<unknown> {
		const stored = await backend.sql<{ id: string; severity: string }>(
			'select id, severity from public.measurements where id = any ($1)',
			[rows.map(({ id }) => id)]
		);
		return rows.map((row) => stored.find(({ id }) => id === row.id)?.severity);
	}

	test('by a phone, by numbers alone and by what went before', async () => {
		const rows = [
			aRow.measurement({ kind: 'spo2', value: 85, severity: 'none' }),
			aRow.measurement({ kind: 'pulse', value: 72, severity: 'red' }),
			aRow.measurement({
				kind: 'weight',
				value: 60,
				severity: 'none',
				measured_at: hoursFromNow(-72)
			}),
			aRow.measurement({ kind: 'weight', value: 56.5, severity: 'none' }),
			aRow.measurement({ kind: 'blood_pressure', value: 128, value2: 121, severity: 'none' })
		];
		await add(rows);
		expect(await severities(rows)).toEqual(['red', 'none', 'none', 'orange', 'red']);
	});

	test('by a direct write', async () => {
		const row = aRow.measurement({ kind: 'temperature', value: 39.4, severity: 'none' });
		const written = { ...row, author_name: '?', recorded_at: hoursFromNow(0) };
		expect((await call(backend, token, 'POST', 'measurements', written)).status).toBe(201);
		expect(await severities([row])).toEqual(['red']);
	});

	test('a correction of a measurement is taken, and judged by itself', async () => {
		const typo = aRow.measurement({ kind: 'glucose', value: 30 });
		const right = aRow.measurement({ kind: 'glucose', value: 130, corrects_id: typo.id });
		expect(await add([typo, right])).toMatchObject({
			results: [{ verdict: 'ok' }, { verdict: 'ok' }]
		});
		expect(await severities([typo, right])).toEqual(['red', 'none']);
	});
});
