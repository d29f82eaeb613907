import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { PlanForm } from '#lib/features/visits/plan-form.svelte.ts';

const TODAY = '2026-11-22'; // a Sunday

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}

test('a plan says what is missing before it makes visits', () => {
	const form = new PlanForm(aPhone(), TODAY, null);
	form.fields.minutes = '3';
	expect(form.problems).toEqual(['case', 'minutes']);
	expect(form.occurrences).toEqual([]);
});

test('one visit starts and ends in Taipei time', () => {
	const form = new PlanForm(aPhone(), TODAY, 'case-1');
	form.fields.startTime = '08:30';
	form.fields.minutes = '90';
	expect(form.occurrences).toEqual([
		{
			day: '2026-11-23',
			startsAt: '2026-11-23T00:30:00.000Z',
			endsAt: '2026-11-23T02:00:00.000Z'
		}
	]);
});

test('a repeating visit makes the dated visits of eight weeks', () => {
	const form = new PlanForm(aPhone(), TODAY, 'case-1');
	form.fields.repeats = 'weekly';
	form.fields.weekdays = ['1', '4'];
	const days = form.occurrences.map(({ day }) => day);
	expect(days.slice(0, 3)).toEqual(['2026-11-23', '2026-11-26', '2026-11-30']);
	expect(days.at(-1)).toBe('2027-01-18');
	expect(days).toHaveLength(17);
});

test('a plan that was interrupted comes back, but not over a plan for somebody else', async () => {
	const phone = aPhone();
	const first = new PlanForm(phone, TODAY, 'case-1');
	first.fields.note = '帶血壓計';
	await first.keep();
	const again = new PlanForm(phone, TODAY, null);
	await again.restore();
	expect(again.restored).toBe(true);
	expect(again.fields.note).toBe('帶血壓計');
	const other = new PlanForm(phone, TODAY, 'case-2');
	await other.restore();
	expect(other.restored).toBe(false);
	expect(other.fields.caseId).toBe('case-2');
});

test('a cell of the board says who and when, on its own day; what was typed there comes back there alone', async () => {
	const phone = aPhone();
	const place = { workerId: 'wang', startTime: '18:30' };
	const aCell = (day: string, at = place) => new PlanForm(phone, TODAY, null, day, at);
	const cell = aCell(TODAY);
	expect(cell.fields).toMatchObject({ startsOn: TODAY, ...place });
	cell.fields.minutes = '45';
	await cell.keep();
	const restored = async (form: PlanForm) => {
		await form.restore();
		return form.restored;
	};
	expect(await restored(aCell(TODAY))).toBe(true);
	expect(await restored(aCell('2026-11-23'))).toBe(false);
	expect(await restored(aCell(TODAY, { ...place, workerId: 'chen' }))).toBe(false);
});

test('a cell leaves a longer plan that was put aside alone', async () => {
	const phone = aPhone();
	const long = new PlanForm(phone, TODAY, null);
	long.fields.note = '帶血壓計';
	await long.keep();
	const cell = new PlanForm(phone, TODAY, null, TODAY, { workerId: '', startTime: '09:00' });
	await cell.restore();
	expect(cell.restored).toBe(false);
	await cell.keep();
	await cell.discard();
	const again = new PlanForm(phone, TODAY, null);
	await again.restore();
	expect(again.fields.note).toBe('帶血壓計');
});
