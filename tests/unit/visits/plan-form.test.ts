import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { VisitRow } from '#lib/domain/rows.ts';
import { clashes, PlanForm } from '#lib/features/visits/plan-form.svelte.ts';

const WORKER = 'worker-1';
const TODAY = '2026-11-22'; // a Sunday

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}

function aVisit(part: Partial<VisitRow>): VisitRow {
	return { ...blankRow('visits'), worker_id: WORKER, ...part };
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

test('visits of the same worker that overlap are a clash; those that touch or are cancelled are not', () => {
	const planned = [
		{ day: '2026-11-23', startsAt: '2026-11-23T01:00:00.000Z', endsAt: '2026-11-23T02:00:00.000Z' }
	];
	const overlapping = aVisit({
		id: 'a',
		starts_at: '2026-11-23T01:30:00.000Z',
		ends_at: '2026-11-23T02:30:00.000Z'
	});
	const touching = aVisit({
		id: 'b',
		starts_at: '2026-11-23T02:00:00.000Z',
		ends_at: '2026-11-23T03:00:00.000Z'
	});
	const cancelled = { ...overlapping, id: 'c', status: 'cancelled' as const };
	const anothers = { ...overlapping, id: 'd', worker_id: 'worker-2' };
	expect(clashes(planned, WORKER, [overlapping, touching, cancelled, anothers])).toEqual([
		overlapping
	]);
	expect(clashes(planned, '', [overlapping])).toEqual([]);
});
