/** A visit record and the vital signs that were taken for it are one thing said: stored together or not at all. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow } from '../fixtures/db-world.ts';
import { Phone, type Fields } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const inside = { inside: true };

async function add(phone: Phone, row: Fields, measurements: readonly Fields[], at: string) {
	const [result] = await phone.push(
		[{ name: 'visit_record.add', args: { row, measurements }, at }],
		inside
	);
	return [result?.verdict, result?.code].filter(Boolean).join(' ');
}
const pulse = (fields: Fields = {}) => ({ id: randomUUID(), kind: 'pulse', value: 72, ...fields });
const stored = (...ids: unknown[]) =>
	db.sql(
		`select m.id, m.case_id, m.visit_id, m.measured_at, m.author_name, m.severity
		 from public.measurements m where m.id = any ($1::uuid[]) order by m.value`,
		[ids]
	);

test('the vital signs are of the record’s case and visit, and measured when it was written unless they say otherwise', async () => {
	const visit_id = await db.insert('visits', aRow.visit());
	const [at, earlier] = [hoursFromNow(-1), hoursFromNow(-2)];
	const now = pulse();
	const before = pulse({ value: 180, measured_at: earlier, case_id: CASES.atu, visit_id: null });
	const worker = new Phone(db, 'worker');
	expect(await add(worker, aRow.record({ visit_id }), [now, before], at)).toBe('ok');
	const all = { case_id: CASES.ayue, visit_id, author_name: '王照服' };
	expect(await stored(now.id, before.id)).toEqual([
		{ ...all, id: now.id, measured_at: new Date(at), severity: 'none' },
		{ ...all, id: before.id, measured_at: new Date(earlier), severity: 'red' }
	]);
});

test('one value that cannot be refuses the whole record, and what corrects that value waits for it', async () => {
	const worker = new Phone(db, 'worker');
	const [right, wrong, row] = [pulse(), pulse({ value: -5 }), aRow.record()];
	const at = hoursFromNow(0);
	expect(await add(worker, row, [right, wrong], at)).toMatch(/^rejected/);
	expect(await stored(right.id, wrong.id)).toEqual([]);
	expect(await db.sql('select id from public.visit_records where id = $1', [row['id']])).toEqual(
		[]
	);
	const corrected = aRow.measurement({ corrects_id: wrong.id, correction_reason: '打錯' });
	const [result] = await worker.push(
		[{ name: 'measurement.add', args: { row: corrected }, at }],
		inside
	);
	expect(result?.verdict).toBe('blocked');
});

test('what a later release says beside the row is refused, not left out', async () => {
	const row = aRow.record();
	const args = { row, drawings: [{ id: randomUUID() }] };
	const [result] = await new Phone(db, 'worker').push(
		[{ name: 'visit_record.add', args, at: hoursFromNow(0) }],
		inside
	);
	expect(result).toMatchObject({ verdict: 'rejected', code: 'unknown_field' });
});
