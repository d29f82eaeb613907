import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { LeaveForm } from '#lib/features/visits/leave-form.svelte.ts';
import { leaveSpan } from '#lib/features/visits/leave-words.ts';
import { absencesManagedBy } from '#lib/features/visits/planner.ts';
import { anId, aPerson, NOW } from '../../fixtures/builders.ts';

const TODAY = '2026-11-22'; // a Sunday, nine in the morning

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}
const aForm = (phone = aPhone()) => new LeaveForm(phone, TODAY, () => NOW, 'me');

test('whole days last from midnight to midnight in Taipei, the last day too', () => {
	const form = aForm();
	form.fields.untilDay = '2026-11-24';
	expect(form.problems).toEqual([]);
	expect(form.span).toEqual({
		startsAt: '2026-11-21T16:00:00.000Z',
		endsAt: '2026-11-24T16:00:00.000Z'
	});
});

test('some hours are of one day', () => {
	const form = aForm();
	form.fields.span = 'hours';
	form.fields.untilDay = '2026-11-30';
	expect(form.span).toEqual({
		startsAt: '2026-11-22T05:00:00.000Z',
		endsAt: '2026-11-22T09:00:00.000Z'
	});
});

test('it says what is missing, and what cannot be', () => {
	const form = aForm();
	form.fields.who = '';
	form.fields.untilDay = '2026-11-21';
	expect(form.problems).toEqual(['who', 'until']);
	expect(form.span).toBeNull();
	form.fields.span = 'hours';
	form.fields.fromTime = '25:00';
	form.fields.untilTime = '12:00';
	expect(form.problems).toEqual(['who', 'fromTime', 'untilTime']);
});

test('a time that is over needs nobody else; one that has begun may still be entered', () => {
	const form = aForm();
	form.fields.span = 'hours';
	form.fields.fromTime = '08:00';
	form.fields.untilTime = '09:00';
	expect(form.problems).toEqual(['over']);
	form.fields.untilTime = '09:01';
	expect(form.problems).toEqual([]);
});

test('who moves the first day past the last one moves both', async () => {
	const form = aForm();
	form.fields.fromDay = '2026-12-01';
	await form.keep();
	expect(form.fields.untilDay).toBe('2026-12-01');
});

test('an entry that was interrupted comes back, and is gone once it was saved', async () => {
	const phone = aPhone();
	const first = aForm(phone);
	first.fields.fromDay = '2026-11-25';
	await first.keep();
	const again = aForm(phone);
	await again.restore();
	expect([again.restored, again.fields.fromDay]).toEqual([true, '2026-11-25']);
	await again.discard();
	const later = aForm(phone);
	await later.restore();
	expect([later.restored, later.fields.fromDay]).toEqual([false, TODAY]);
});

test('an absence is told in days where it is of days, and in hours where it is of hours', () => {
	const words = (starts_at: string, ends_at: string) => leaveSpan({ starts_at, ends_at }, TODAY);
	expect(words('2026-11-21T16:00:00.000Z', '2026-11-22T16:00:00.000Z')).toBe('今天 週日');
	expect(words('2026-11-22T16:00:00.000Z', '2026-11-25T16:00:00.000Z')).toBe(
		'明天 週一 到 11月25日 週三'
	);
	expect(words('2026-11-22T05:00:00.000Z', '2026-11-22T09:00:00.000Z')).toBe(
		'今天 週日 13:00–17:00'
	);
	expect(words('2026-11-22T05:00:00.000Z', '2026-11-22T16:00:00.000Z')).toBe(
		'今天 週日 13:00–24:00'
	);
	expect(words('2026-11-22T05:00:00.000Z', '2026-11-24T02:00:00.000Z')).toBe(
		'今天 週日 13:00 到 11月24日 週二 10:00'
	);
});

test('care managers and supervisors enter the absences of others, in their own organisations', () => {
	const [managed, other] = [anId(), anId()];
	const me = aPerson({
		memberships: [
			{ orgId: managed, orgName: '甲', role: 'care_manager' },
			{ orgId: other, orgName: '乙', role: 'nurse' }
		]
	});
	expect(absencesManagedBy(me)).toEqual([managed]);
	expect(absencesManagedBy(aPerson())).toEqual([]);
});
