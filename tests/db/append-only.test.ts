/** Records of care are never altered, whoever tries. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { aRow, CASES, hoursFromNow, type Row } from '../fixtures/db-world.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

const recorded = (row: Row): Row => ({ author_name: '系統', recorded_at: hoursFromNow(0), ...row });

describe('records are never altered, not even by the service role or the owner', () => {
	const APPEND_ONLY: Record<string, () => Promise<string>> = {
		visit_records: () => db.insert('visit_records', recorded(aRow.record())),
		measurements: () => db.insert('measurements', recorded(aRow.measurement())),
		handover_notes: () => db.insert('handover_notes', recorded(aRow.handover())),
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

	test.each(Object.keys(APPEND_ONLY))('%s', async (table) => {
		const id = await APPEND_ONLY[table]?.();
		for (const role of ['service_role', 'postgres']) {
			for (const text of [
				`update public.${table} set created_by = gen_random_uuid(), recorded_at = now() - interval '1 day', case_id = '${CASES.atu}' where id = $1`,
				`delete from public.${table} where id = $1`
			]) {
				await db.exec(`savepoint tried; set local role ${role}`);
				await expect(db.sql(text, [id])).rejects.toMatchObject({ code: '42501' });
				await db.exec('rollback to tried');
			}
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

	test('what an emergency report says, while its state may move', async () => {
		const id = await db.insert('emergencies', {
			...aRow.emergency(),
			recorded_at: hoursFromNow(0)
		});
		for (const column of [
			'description',
			'incident_type',
			'occurred_at',
			'reporter_name',
			'reported_severity'
		]) {
			await db.exec('savepoint tried');
			const value =
				column === 'occurred_at' ? 'now()' : column === 'reported_severity' ? `'red'` : `'other'`;
			await expect(
				db.exec(`update public.emergencies set ${column} = ${value} where id = '${id}'`)
			).rejects.toMatchObject({ code: '42501' });
			await db.exec('rollback to tried');
		}
	});
});
