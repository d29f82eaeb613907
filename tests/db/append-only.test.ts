/** Records of care are never altered, whoever tries. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { aRow, CASES, hoursFromNow, type Row } from '../fixtures/db-world.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

const aRecord = () => db.insert('visit_records', recorded(aRow.record()));
const recorded = (row: Row): Row => ({ author_name: '系統', recorded_at: hoursFromNow(0), ...row });

describe('records are never altered, not even by the service role or the owner', () => {
	const APPEND_ONLY: Record<string, () => Promise<string>> = {
		visit_records: () => db.insert('visit_records', recorded(aRow.record())),
		measurements: () => db.insert('measurements', recorded(aRow.measurement())),
		handover_notes: () => db.insert('handover_notes', recorded(aRow.handover())),
		record_signatures: async () =>
			db.insert('record_signatures', recorded(aRow.signature({ record_id: await aRecord() }))),
		record_reviews: async () =>
			db.insert('record_reviews', recorded(aRow.review({ record_id: await aRecord() }))),
		household_codes: () => db.insert('household_codes', recorded(aRow.doorCode())),
		household_points: () => db.insert('household_points', recorded(aRow.housePoint())),
		visit_places: async () =>
			db.insert(
				'visit_places',
				recorded(aRow.place({ proof: null, visit_id: await db.insert('visits', aRow.visit()) }))
			),
		visit_remarks: async () =>
			db.insert(
				'visit_remarks',
				recorded(aRow.remark({ visit_id: await db.insert('visits', aRow.visit()) }))
			),
		travel_notes: () => db.insert('travel_notes', aRow.journey({ recorded_at: hoursFromNow(0) })),
		message_pins: async () =>
			db.insert(
				'message_pins',
				recorded(aRow.pin({ message_id: await db.insert('messages', recorded(aRow.message())) }))
			),
		announcement_marks: async () => {
			const asked = recorded(aRow.announcement({ needs_confirmation: true }));
			const message_id = await db.insert('messages', asked);
			const mark = aRow.mark({ message_id, user_name: '系統' });
			return await db.insert('announcement_marks', { recorded_at: hoursFromNow(0), ...mark });
		},
		question_answers: async () =>
			db.insert(
				'question_answers',
				recorded({
					id: randomUUID(),
					case_id: CASES.ayue,
					question_id: await db.insert('questions', recorded(aRow.question())),
					body: '好'
				})
			),
		messages: () => db.insert('messages', recorded(aRow.message())),
		emergencies: () =>
			db.insert('emergencies', { ...aRow.emergency(), recorded_at: hoursFromNow(0) }),
		emergency_actions: async () =>
			db.insert(
				'emergency_actions',
				recorded({
					id: randomUUID(),
					case_id: CASES.ayue,
					emergency_id: await db.insert('emergencies', {
						...aRow.emergency(),
						recorded_at: hoursFromNow(0)
					}),
					action: 'note',
					note: '已聯絡'
				})
			),
		task_checks: async () =>
			await db.insert(
				'task_checks',
				recorded(aRow.check({ task_id: await db.insert('tasks', recorded(aRow.task())) }))
			),
		task_comments: async () =>
			db.insert(
				'task_comments',
				recorded({
					id: randomUUID(),
					case_id: CASES.ayue,
					task_id: await db.insert('tasks', recorded(aRow.task())),
					body: '好'
				})
			),
		record_history: () =>
			db.insert('record_history', {
				id: randomUUID(),
				case_id: CASES.ayue,
				table_name: 'cases',
				row_id: CASES.ayue,
				field: 'note',
				kind: 'overwritten'
			})
	};

	/** What of a report or a kept value moves by a step that somebody takes. */
	const MAY_MOVE: Record<string, readonly string[]> = {
		emergencies: [
			'acknowledged_at',
			'acknowledged_by_name',
			'alarm_ladder',
			'alarm_next_at',
			'alarm_state',
			'alarm_step',
			'closed_at',
			'closed_by_name',
			'outcome',
			'relevant_at',
			'seq',
			'severity',
			'status'
		],
		record_history: ['decided_at', 'decided_by_name', 'decision', 'relevant_at', 'seq']
	};

	const ANOTHER: Record<string, (column: string) => string> = {
		uuid: () => 'gen_random_uuid()',
		text: (column) => `coalesce(${column}, '') || 'x'`,
		boolean: (column) => `not coalesce(${column}, false)`,
		'timestamp with time zone': (column) => `coalesce(${column}, now()) - interval '1 day'`,
		date: (column) => `coalesce(${column}, current_date) - 1`,
		jsonb: () => `'{"altered": true}'`,
		_text: (column) => `array['x'] || ${column}`,
		_uuid: (column) => `array[gen_random_uuid()] || ${column}`,
		integer: (column) => `coalesce(${column}, 0) + 1`,
		smallint: (column) => `coalesce(${column}, 0) + 1`,
		bigint: (column) => `coalesce(${column}, 0) + 1`,
		'double precision': (column) => `coalesce(${column}, 0) + 1`,
		numeric: (column) => `coalesce(${column}, 0) + 1`
	};

	async function columnsOf(table: string): Promise<{ name: string; type: string }[]> {
		return await db.sql(
			`select column_name as name, case data_type when 'ARRAY' then udt_name else data_type end as type from information_schema.columns
			where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
			[table]
		);
	}

	async function refusal(role: string, text: string, id: string): Promise<unknown> {
		await db.exec(`savepoint tried; set local role ${role}`);
		const outcome = await db.sql(text, [id]).then(
			() => 'done',
			// Postgres' errors carry their SQLSTATE.
			(error: unknown) => (error as { code?: string }).code
		);
		await db.exec('rollback to tried');
		return outcome;
	}

	test.each(Object.keys(APPEND_ONLY))('%s', async (table) => {
		const id = (await APPEND_ONLY[table]?.()) ?? '';
		const columns = await columnsOf(table);
		expect(columns.length).toBeGreaterThan(5);
		for (const role of ['service_role', 'postgres']) {
			const moving: string[] = [];
			for (const { name, type } of columns) {
				const another = ANOTHER[type]?.(name);
				expect(another, `a value for ${name}, which is ${type}`).toBeDefined();
				const text = `update public.${table} set ${name} = ${another} where id = $1`;
				if ((await refusal(role, text, id)) !== '42501') moving.push(name);
			}
			expect(moving.sort()).toEqual(MAY_MOVE[table] ?? []);
			expect(await refusal(role, `delete from public.${table} where id = $1`, id)).toBe('42501');
		}
		await expect(db.exec(`truncate public.${table} cascade`)).rejects.toMatchObject({
			code: '42501'
		});
	});

	test('the audit log', async () => {
		for (const text of [
			`update public.audit_log set operation = 'read'`,
			'delete from public.audit_log',
			'truncate public.audit_log'
		]) {
			await db.exec('savepoint tried; set local role service_role');
			await expect(db.exec(text)).rejects.toMatchObject({ code: '42501' });
			await db.exec('rollback to tried');
		}
	});
});
