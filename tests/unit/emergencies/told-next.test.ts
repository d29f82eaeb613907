import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { TellBook } from '#lib/db/queries/ladders.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { nextTold } from '#lib/features/emergencies/told-next.ts';
import { toldWords } from '#lib/features/emergencies/told-words.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';

overwriteGetLocale(() => 'zh-TW');

const supervisor = {
	...blankRow('memberships'),
	user_id: 'boss',
	display_name: 'boss',
	role: 'supervisor' as const
};
const member = (user_id: string) => ({
	...blankRow('case_members'),
	user_id,
	display_name: user_id,
	role: 'worker' as const
});
const book: TellBook = {
	ladders: [],
	circle: [member('reporter'), member('colleague')],
	roster: { shifts: [], people: new Map([['boss', supervisor]]), holidays: new Set() }
};
const next = (fields: object, known = book) => {
	const emergency = {
		...blankRow('emergencies'),
		case_id: 'case',
		severity: 'red' as const,
		alarm_step: 0,
		alarm_next_at: '2026-11-23T02:05:00.000Z',
		created_by: 'reporter',
		...fields
	};
	const { step, people } = nextTold(emergency, { org_id: 'org' }, known);
	return [step?.after ?? null, people.map(({ user_id }) => user_id)];
};

test('the step after the running one, then the last one again, then nobody', () => {
	expect(next({})).toEqual([5, ['boss']]);
	expect(next({ alarm_step: 1 })).toEqual([10, ['colleague', 'boss']]);
	expect(next({ alarm_step: 7 })).toEqual([10, ['colleague', 'boss']]);
	expect(next({ alarm_step: 8 })).toEqual([null, []]);
});

test('of the order that holds for this person', () => {
	const own = {
		...blankRow('escalation_ladders'),
		org_id: 'org',
		case_id: 'case',
		severity: 'red' as const,
		steps: [
			{ after: 0, to: ['circle' as const] },
			{ after: 7, to: [], people: ['boss'] }
		]
	};
	expect(next({}, { ...book, ladders: [own] })).toEqual([7, ['boss']]);
});

test('of the order by which it rings, whatever has been changed since', () => {
	const taken = {
		steps: [
			{ after: 0, to: ['circle' as const] },
			{ after: 9, to: ['circle' as const] }
		],
		repeat_minutes: 10,
		repeats: 0
	};
	const changed = { ...blankRow('escalation_ladders'), org_id: 'org', severity: 'red' as const };
	const now = {
		...book,
		ladders: [{ ...changed, steps: [{ after: 0, to: [], people: ['boss'] }] }]
	};
	expect(next({ alarm_ladder: taken }, now)).toEqual([9, ['colleague']]);
	expect(next({ alarm_ladder: taken, alarm_step: 1 }, now)).toEqual([null, []]);
});

test('families are not told of causes', () => {
	const failed = { state: 'failed', reason: 'refused' } as const;
	expect(toldWords(failed, true)).toBe('還沒聯絡上');
	expect(toldWords(failed, false)).toContain('系統管理者');
});
