import { describe, expect, test } from 'vitest';
import { messageReadId } from '#lib/domain/ids.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { Author, Mutation } from '#lib/domain/mutations/catalogue.ts';
import { localEffect, touchedRows, type RowLookup } from '#lib/domain/mutations/local-effect.ts';
import type { TableName, Tables } from '#lib/domain/rows.ts';

const AT = '2026-11-22T02:00:00.000Z';
const NURSE: Author = { userId: 'nurse-1', name: '許美玲', role: 'nurse' };

/** A store of rows as the phone keeps them. */
class Rows implements RowLookup {
	readonly #rows = new Map<string, Tables[TableName]>();
	get<Table extends TableName>(table: Table, id: string): Tables[Table] | undefined {
		// Rows are stored under their table's name, by put() below.
		return this.#rows.get(`${table} ${id}`) as Tables[Table] | undefined;
	}
	put(table: TableName, row: Tables[TableName]): this {
		this.#rows.set(`${table} ${row.id}`, row);
		return this;
	}
	apply(mutation: Mutation): this {
		for (const { table, row } of localEffect(mutation, NURSE, this)) this.put(table, row);
		return this;
	}
	all(): unknown {
		return [...this.#rows.entries()].sort(([a], [b]) => a.localeCompare(b));
	}
}

const fall = () =>
	new Rows().put('emergencies', {
		...blankRow('emergencies'),
		id: 'e1',
		case_id: 'c1',
		severity: 'orange'
	});

/** One of each kind of effect. */
const MUTATIONS: readonly Mutation[] = [
	{ name: 'emergency.acknowledge', args: { id: 'e1', action_id: 'a1' }, at: AT },
	{ name: 'emergency.raise', args: { id: 'e1', action_id: 'a2', severity: 'red' }, at: AT },
	{
		name: 'emergency.close',
		args: { id: 'e1', action_id: 'a3', outcome: '已處理' },
		at: AT
	},
	{ name: 'task.create', args: { row: { id: 't1', case_id: 'c1', title: '量血壓' } }, at: AT },
	{ name: 'task.finish', args: { id: 't1', at: AT }, at: AT },
	{
		name: 'measurement.add',
		args: { row: { id: 'm1', case_id: 'c1', kind: 'pulse', value: 70, measured_at: AT } },
		at: AT
	},
	{
		name: 'visit_record.add',
		args: {
			row: { id: 'r1', case_id: 'c1', visit_id: 'v1' },
			measurements: [
				{ id: 'm2', kind: 'pulse', value: 71 },
				{ id: 'm3', kind: 'spo2', value: 97, measured_at: '2026-11-22T01:50:00.000Z' }
			]
		},
		at: AT
	},
	{
		name: 'message.read',
		args: { row: { id: 'x', case_id: 'c1', audience: 'circle', read_through: AT } },
		at: AT
	},
	{
		name: 'case.create',
		args: {
			row: { id: 'c2', org_id: 'o1', name: '王叔叔' },
			details: { national_id: null },
			contacts: [{ id: 'k1', name: '王淑貞' }]
		},
		at: AT
	},
	{ name: 'case.patch', args: { id: 'c2', patch: { note: [null, '怕狗'] } }, at: AT },
	{
		name: 'absence.add',
		args: {
			row: {
				id: 'away',
				org_id: 'o1',
				user_id: 'u2',
				starts_at: AT,
				ends_at: '2026-11-24T16:00:00.000Z'
			}
		},
		at: AT
	},
	{ name: 'absence.end', args: { id: 'away', at: AT }, at: AT },
	{
		name: 'visit_offer.make',
		args: { row: { id: 'ask', case_id: 'c1', visit_id: 'v1', user_id: 'u2', starts_at: AT } },
		at: AT
	},
	{ name: 'visit_offer.decline', args: { id: 'ask', at: AT, decline_reason: 'time' }, at: AT },
	{ name: 'visit_offer.accept', args: { id: 'ask', at: AT }, at: AT },
	{ name: 'visit_offer.withdraw', args: { id: 'ask', at: AT }, at: AT },
	{ name: 'visit.check_in', args: { id: 'nowhere', at: AT }, at: AT }
];

describe("what a mutation does to this phone's rows", () => {
	test('replayed twice it leaves the same rows as once', () => {
		const once = MUTATIONS.reduce((rows, mutation) => rows.apply(mutation), fall());
		const twice = [...MUTATIONS, ...MUTATIONS].reduce(
			(rows, mutation) => rows.apply(mutation),
			fall()
		);
		expect(twice.all()).toEqual(once.all());
	});

	test('every row that it writes is among those that it touches', () => {
		const rows = fall();
		for (const mutation of MUTATIONS) {
			const touched = touchedRows(mutation, NURSE).map(({ table, id }) => `${table} ${id}`);
			for (const { table, row } of localEffect(mutation, NURSE, rows)) {
				expect(touched).toContain(`${table} ${row.id}`);
				rows.put(table, row);
			}
		}
	});

	test('an unknown row is left alone: the server will say what is wrong', () => {
		expect(
			localEffect({ name: 'task.finish', args: { id: 'gone', at: AT }, at: AT }, NURSE, fall())
		).toEqual([]);
	});

	test('a visit that is given to somebody else bears the new name at once', () => {
		const rows = fall();
		rows.put('visits', { ...blankRow('visits'), id: 'v1', worker_id: 'u2', worker_name: '王照服' });
		const give = (worker_name?: string): Mutation => ({
			name: 'visit.patch',
			args: {
				id: 'v1',
				patch: { worker_id: ['u2', 'u3'] },
				...(worker_name === undefined ? {} : { worker_name })
			},
			at: AT
		});
		expect(rows.apply(give('陳照服')).get('visits', 'v1')).toMatchObject({
			worker_id: 'u3',
			worker_name: '陳照服'
		});
		// As an earlier release says it: the server will tell the name.
		expect(rows.apply(give()).get('visits', 'v1')?.worker_name).toBe('陳照服');
	});

	test('an absence stands on the phone until its end', () => {
		const rows = fall();
		for (const mutation of MUTATIONS.filter(({ name }) => name.startsWith('absence.')))
			rows.apply(mutation);
		expect(rows.get('staff_absences', 'away')).toMatchObject({
			user_id: 'u2',
			created_by: NURSE.userId,
			relevant_at: '2026-11-24T16:00:00.000Z',
			ended_at: AT
		});
	});

	test('an emergency keeps who heard first', () => {
		const rows = fall().apply({
			name: 'emergency.acknowledge',
			args: { id: 'e1', action_id: 'a1' },
			at: AT
		});
		const later = '2026-11-22T05:00:00.000Z';
		rows.apply({ name: 'emergency.acknowledge', args: { id: 'e1', action_id: 'a9' }, at: later });
		expect(rows.get('emergencies', 'e1')).toMatchObject({
			status: 'acknowledged',
			acknowledged_at: AT,
			acknowledged_by_name: '許美玲'
		});
		expect(rows.get('emergency_actions', 'a9')).toMatchObject({
			action: 'acknowledge',
			case_id: 'c1'
		});
	});

	test('a second person who hears late does not move an emergency back', () => {
		const acting = fall().apply({
			name: 'emergency.act',
			args: { id: 'e1', action_id: 'a1' },
			at: AT
		});
		acting.apply({ name: 'emergency.acknowledge', args: { id: 'e1', action_id: 'a2' }, at: AT });
		expect(acting.get('emergencies', 'e1')?.status).toBe('acting');
	});

	test('a read mark only moves forward, under the id that every device gives it', () => {
		const id = messageReadId('c1', 'circle', NURSE.userId);
		const read = (through: string): Mutation => ({
			name: 'message.read',
			args: {
				row: { id: 'made-elsewhere', case_id: 'c1', audience: 'circle', read_through: through }
			},
			at: AT
		});
		const rows = fall().apply(read(AT)).apply(read('2026-11-20T00:00:00.000Z'));
		expect(rows.get('message_reads', id)).toMatchObject({
			read_through: AT,
			user_id: NURSE.userId
		});
	});
});
