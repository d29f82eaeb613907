/** What a hand-over note says by itself: facts of rows and nothing else, each told once, none lost between two notes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	coversFrom,
	handoverFacts,
	type HandoverFact,
	type HandoverKnown
} from '#lib/domain/handover-facts.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { Audience, TableName, Tables, VisitRecordRow } from '#lib/domain/rows.ts';
import { VISIT_FIELDS, VISIT_OPTIONS } from '#lib/domain/visit-options.ts';
import { propertyOptions } from '../../fixtures/property.ts';

/** Sunday 2026-11-22, 10:00 in Taipei. */
const NOW = '2026-11-22T02:00:00.000Z';
const hours = (count: number) => new Date(Date.parse(NOW) + count * 3_600_000).toISOString();

function aRow<Table extends TableName>(table: Table, row: Partial<Tables[Table]>): Tables[Table] {
	return { ...blankRow(table), ...row };
}
const last = { covers_until: hours(-8), created_by: 'nurse', seq: 100 };

function known(part: Partial<HandoverKnown> = {}): HandoverKnown {
	const before = part.last ?? null;
	return {
		now: NOW,
		from: coversFrom(before, NOW),
		last: before,
		person: aRow('cases', { id: 'case' }),
		details: null,
		emergencies: [],
		measurements: [],
		records: [],
		visits: [],
		tasks: [],
		...part
	};
}
const told = (part: Partial<HandoverKnown>) =>
	handoverFacts(known(part)).map(({ code, source }) => `${code} ${source.id}`);

describe('the period', () => {
	test('begins where the note before ended, a day ago without one, and a week ago at most', () => {
		expect(coversFrom(null, NOW)).toBe(hours(-24));
		expect(coversFrom(last, NOW)).toBe(hours(-8));
		expect(coversFrom({ ...last, covers_until: hours(-999) }, NOW)).toBe(hours(-7 * 24));
		expect(coversFrom({ ...last, covers_until: hours(3) }, NOW), 'a clock ahead').toBe(NOW);
	});
});

describe('situation', () => {
	test('open emergencies worst first; never a restricted one, open or closed', () => {
		const emergency = (id: string, severity: 'yellow' | 'red', audience: Audience = 'circle') =>
			aRow('emergencies', { id, severity, audience, occurred_at: hours(-100) });
		const emergencies = [
			emergency('mild', 'yellow'),
			emergency('severe', 'red', 'staff'),
			emergency('secret', 'red', 'restricted'),
			{ ...emergency('secret 2', 'red', 'restricted'), status: 'closed', closed_at: NOW } as const
		];
		expect(told({ emergencies })).toEqual(['emergency_open severe', 'emergency_open mild']);
	});

	test('the worst reading of each kind since the note before, also when a later one is well', () => {
		const pulse = (id: string, value: number, severity: 'none' | 'orange' | 'red', at: string) =>
			aRow('measurements', { id, kind: 'pulse', value, severity, measured_at: at });
		const measurements = [
			pulse('before', 140, 'red', hours(-9)),
			pulse('worst', 135, 'red', hours(-5)),
			pulse('high', 125, 'orange', hours(-4)),
			pulse('well', 80, 'none', hours(-1))
		];
		const facts = handoverFacts(known({ last, measurements }));
		expect(facts.map(({ code, source }) => `${code} ${source.id}`)).toEqual([
			'vital_alarm worst',
			'vital_trend well'
		]);
		expect(facts[1]).toMatchObject({ before: { value: 125 }, direction: 'down' });
	});

	test('another mood than the one told before; who could not say does not count', () => {
		const record = (id: string, mood: string | null, at: string) =>
			aRow('visit_records', { id, mood, recorded_at: at });
		const [calm, low] = VISIT_OPTIONS.mood.map(({ code }) => code);
		const records = [
			record('old', calm ?? '', hours(-40)),
			record('new', low ?? '', hours(-3)),
			record('unknown', 'unknown', hours(-1))
		];
		expect(handoverFacts(known({ last, records }))).toContainEqual(
			expect.objectContaining({ code: 'mood_changed', from: calm, to: low })
		);
		expect(told({ last, records: [records[0]!, record('same', calm ?? '', hours(-2))] })).toEqual(
			[]
		);
	});
});

describe('background, assessment, recommendation', () => {
	test('what is known of the person, lists that are empty left out', () => {
		const person = aRow('cases', { id: 'case', allergies: ['盤尼西林'], alerts: ['跌倒高風險'] });
		const details = aRow('case_staff_details', { id: 'case', staff_alerts: ['家裡有狗'] });
		expect(handoverFacts(known({ person, details })).map(({ part, code }) => [part, code])).toEqual(
			[
				['background', 'allergies'],
				['background', 'alerts'],
				['background', 'staff_alerts']
			]
		);
	});

	test('a corrected record is told as it stands now, a removed one not at all', () => {
		const records = [
			aRow('visit_records', { id: 'wrong', note: '錯', recorded_at: hours(-3) }),
			aRow('visit_records', {
				id: 'right',
				note: '對',
				corrects_id: 'wrong',
				recorded_at: hours(-2)
			}),
			aRow('visit_records', { id: 'gone', note: '刪', deleted_at: NOW, recorded_at: hours(-2) }),
			aRow('visit_records', { id: 'empty', recorded_at: hours(-1) })
		];
		expect(told({ last, records })).toEqual(['care_given right']);
	});

	test('visits that failed and emergencies that were closed, also of earlier days when that was noted since', () => {
		const visits = [
			aRow('visits', { id: 'missed', status: 'missed', starts_at: hours(-2) }),
			aRow('visits', { id: 'told', status: 'missed', starts_at: hours(-20), seq: 99 }),
			aRow('visits', { id: 'late', status: 'no_answer', starts_at: hours(-20), seq: 101 }),
			aRow('visits', { id: 'done', status: 'done', starts_at: hours(-2) })
		];
		const closed = (id: string, closed_at: string, seq = 1) =>
			aRow('emergencies', { id, status: 'closed', closed_at, seq });
		const emergencies = [closed('now', hours(-1)), closed('old', hours(-30))];
		expect(told({ last, visits, emergencies })).toEqual([
			'visit_failed late',
			'visit_failed missed',
			'emergency_closed now'
		]);
	});

	test('open tasks, urgent ones first, and the next visit alone', () => {
		const tasks = [
			aRow('tasks', { id: 'soon', due_at: hours(2) }),
			aRow('tasks', { id: 'some day' }),
			aRow('tasks', { id: 'urgent', priority: 'high', due_at: hours(9) }),
			aRow('tasks', { id: 'done', status: 'done' })
		];
		const visits = [24, 2, -2].map((at) =>
			aRow('visits', { id: `visit ${at}`, status: 'planned', starts_at: hours(at) })
		);
		expect(told({ tasks, visits })).toEqual([
			'task_open urgent',
			'task_open soon',
			'task_open some day',
			'visit_next visit 2'
		]);
	});
});

/** A visit record of somebody, done at one hour and at the server some hours later. */
const someRecord = fc.record({
	author: fc.constantFrom('worker', 'nurse', 'therapist'),
	doneH: fc.integer({ min: -47, max: 47 }),
	delayH: fc.integer({ min: 0, max: 40 }),
	answers: fc.array(fc.constantFrom('all', 'little', 'none', 'unknown', 'no such answer')),
	audience: fc.constantFrom('circle', 'staff'),
	isRemoved: fc.boolean()
});

function rowsOf(drawn: readonly DrawnRecord[]) {
	return drawn.map((each, index): VisitRecordRow =>
		aRow('visit_records', {
			id: `record ${index}`,
			created_by: each.author,
			author_name: each.author,
			recorded_at: hours(each.doneH + 0.5),
			received_at: hours(each.doneH + each.delayH + 0.75),
			note: `note ${index}`,
			audience: each.audience,
			deleted_at: each.isRemoved ? NOW : null,
			...Object.fromEntries(VISIT_FIELDS.map((field, at) => [field, each.answers[at] ?? null]))
		})
	);
}
type DrawnRecord = typeof someRecord extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** What somebody's phone shows at an hour: what has reached the server, and what they did themselves. */
const onPhoneOf = (who: string, at: string, rows: readonly VisitRecordRow[]) =>
	rows.flatMap((row) => {
		if ((row.recorded_at ?? '') > at) return [];
		if ((row.received_at ?? '') <= at) return [row];
		return row.created_by === who ? [{ ...row, received_at: null }] : [];
	});

describe('any rows', () => {
	test('nothing is invented: every word of a fact stands in the row that it names', () => {
		fc.assert(
			fc.property(fc.array(someRecord, { maxLength: 12 }), (drawn) => {
				const records = rowsOf(drawn);
				for (const fact of handoverFacts(known({ now: hours(48), from: hours(-48), records }))) {
					const row = records.find(({ id }) => id === fact.source.id);
					expect(row).toMatchObject({ deleted_at: null, author_name: fact.source.by });
					expect(row?.recorded_at).toBe(fact.source.at);
					if (fact.code === 'care_given') {
						expect(fact.note).toBe(row?.note);
						for (const { field, option } of fact.noticed) expect(row?.[field]).toBe(option);
					} else {
						expect(fact.code).toBe('mood_changed');
						expect(wordsOf(fact)).toContain(row?.mood);
					}
				}
			}),
			propertyOptions(200)
		);
	});

	test('nothing falls between two notes, however late it reached the server', () => {
		fc.assert(
			fc.property(
				fc.array(someRecord, { maxLength: 12 }),
				fc.constantFrom('worker', 'nurse'),
				fc.constantFrom('nurse', 'therapist'),
				fc.integer({ min: 1, max: 47 }),
				(drawn, first, second, laterH) => {
					const rows = rowsOf(drawn);
					const idsOf = (who: string, now: string, before: HandoverKnown['last']) =>
						handoverFacts(
							known({
								now,
								last: before,
								from: coversFrom(before, now),
								records: onPhoneOf(who, now, rows)
							})
						)
							.filter(({ code }) => code === 'care_given')
							.map(({ source }) => source.id);
					const early = idsOf(first, NOW, null);
					const late = idsOf(second, hours(laterH), {
						covers_until: NOW,
						created_by: first,
						seq: 1
					});
					const due = onPhoneOf(second, hours(laterH), rows)
						.filter((row) => row.deleted_at === null && (row.recorded_at ?? '') > hours(-24))
						.map(({ id }) => id);
					expect([...early, ...late]).toEqual(expect.arrayContaining(due));
					// Told twice is at most what the second writer did themselves.
					for (const id of early.filter((each) => late.includes(each)))
						expect(rows.find((row) => row.id === id)?.created_by).toBe(second);
				}
			),
			propertyOptions(300)
		);
	});
});

function wordsOf(fact: HandoverFact): string[] {
	return Object.values(fact).filter((value) => typeof value === 'string');
}
