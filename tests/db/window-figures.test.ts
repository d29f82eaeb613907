/**
 * The figures of a window are kept, not counted: whatever the operator and the phones write, in whichever statements, they stay those
 * that counting gives. CONNECT10_SEED repeats a run.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, type Row } from '../fixtures/db-world.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { Phone } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

/** Days from now: on both ends of the window, today, the days around it, far away. */
const daysAway = fc.constantFrom(-400, -91, -90, -89, -1, 0, 1, 2, 60);
const caseId = fc.constantFrom(...Object.values(CASES));
const audience = fc.constantFrom('circle', 'staff');
const of = <Kind extends string>(kind: Kind) => fc.constant(kind);

const step = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: of('write'),
			rows: fc.array(fc.record({ what: fc.nat(4), caseId, daysAway, audience }), {
				minLength: 1,
				maxLength: 5
			})
		})
	},
	fc.record({ kind: of('shift'), caseId, byDays: daysAway }),
	fc.record({ kind: of('move'), caseId, audience }),
	fc.record({ kind: of('close'), caseId }),
	fc.record({ kind: of('bury'), caseId }),
	fc.record({ kind: of('again'), caseId, daysAway }),
	fc.record({ kind: of('delete'), caseId, upTo: fc.nat(4) }),
	fc.record({ kind: of('push'), caseId: of(CASES.ayue) })
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function rowOf(what: number, daysFromNow: number, fields: Record<string, unknown>): [string, Row] {
	const at = hoursFromNow(24 * daysFromNow);
	switch (what) {
		case 0:
			return [
				'visits',
				aRow.visit({
					...fields,
					starts_at: at,
					ends_at: hoursFromNow(24 * daysFromNow + 1),
					audience: 'circle'
				})
			];
		case 1:
			return [
				'measurements',
				aRow.measurement({
					...fields,
					measured_at: at,
					recorded_at: at,
					author_name: '倪護理',
					audience: 'circle'
				})
			];
		case 2:
			return ['tasks', aRow.task({ ...fields, author_name: '倪護理', recorded_at: at })];
		case 3:
			return ['case_contacts', aRow.contact({ case_id: fields['case_id'] })];
		default:
			return ['messages', aRow.message({ ...fields, author_name: '王照服', recorded_at: at })];
	}
}

/** As the operator, several rows a statement; as a phone, what sync() does. */
async function play(one: Step): Promise<void> {
	const { caseId: where } = one as { caseId: string };
	switch (one.kind) {
		case 'write': {
			const tables = new Map<string, Row[]>();
			for (const { what, daysAway: days, ...row } of one.rows) {
				const [table, made] = rowOf(what, days, { case_id: row.caseId, audience: row.audience });
				tables.set(table, [...(tables.get(table) ?? []), made]);
			}
			for (const [table, rows] of tables) {
				const columns = Object.keys(rows[0]!).join(', ');
				await db.sql(
					`insert into public.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::public.${table}, $1)`,
					[JSON.stringify(rows)]
				);
			}
			return;
		}
		case 'shift':
			await db.sql(
				`update public.visits set starts_at = starts_at + $2 * interval '1 day', ends_at = ends_at + $2 * interval '1 day' where case_id = $1`,
				[where, one.byDays]
			);
			return;
		case 'move':
			await db.sql(`update public.tasks set audience = $2 where case_id = $1`, [
				where,
				one.audience
			]);
			return;
		case 'close':
			await db.sql(
				`update public.tasks set status = 'done', finished_at = now() - interval '3 days' where case_id = $1 and status = 'open'`,
				[where]
			);
			return;
		case 'bury':
			await db.sql(
				`update public.case_contacts set deleted_at = case when deleted_at is null then now() end where case_id = $1`,
				[where]
			);
			return;
		case 'again':
			await db.sql(
				`insert into public.visits (id, case_id, starts_at, ends_at)
				 select v.id, v.case_id, v.starts_at, v.ends_at from public.visits v where v.case_id = $1
				 on conflict (id) do update set starts_at = $2::timestamptz, ends_at = $2::timestamptz + interval '1 hour'`,
				[where, hoursFromNow(24 * one.daysAway)]
			);
			return;
		case 'delete':
			for (const table of ['visits', 'tasks', 'case_contacts'])
				await db.sql(
					`delete from public.${table} where id in (select id from public.${table} where case_id = $1 order by seq limit $2)`,
					[where, one.upTo]
				);
			return;
		case 'push':
			await new Phone(db, 'nurse').push(
				[
					{ name: 'message.send', args: { row: aRow.message({ case_id: where }) } },
					{ name: 'task.create', args: { row: aRow.task({ case_id: where, title: '' }) } },
					{ name: 'measurement.add', args: { row: aRow.measurement({ case_id: where }) } }
				],
				{ inside: true }
			);
	}
}

async function figuresThatDiffer(): Promise<unknown[]> {
	return await db.sql(`
		with counted as (
			select bucket_id, (relevant_at at time zone 'Asia/Taipei')::date as day, count(*) as live, sum(seq) as sum
			from private.synced_rows group by 1, 2
		)
		select bucket_id, day::text, c.live as counted, k.live as kept, c.sum as counted_sum, k.sum as kept_sum
		from counted c full join private.bucket_days k using (bucket_id, day)
		where coalesce(c.live, 0) <> coalesce(k.live, 0) or coalesce(c.sum, 0) <> coalesce(k.sum, 0)`);
}

const RUNS = 15;
test(
	'the figures that are kept are those that counting gives, whatever was written',
	async () => {
		expect(await figuresThatDiffer()).toEqual([]);
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { minLength: 3, maxLength: 20, size: 'max' }),
				async (program) => {
					await db.exec('savepoint program');
					for (const one of program) {
						await play(one);
						expect(await figuresThatDiffer()).toEqual([]);
					}
					await db.exec('rollback to program');
				}
			),
			propertyOptions(RUNS)
		);
	},
	programTimeoutMs(RUNS)
);

test('the operator makes them anew after writing without triggers', async () => {
	await db.exec('set local session_replication_role = replica');
	await db.sql(
		`insert into public.messages (id, case_id, audience, body, author_name, recorded_at, relevant_at, bucket_id, seq)
		 select gen_random_uuid(), b.case_id, 'circle', '匯入', '王照服', now(), now(), b.id, nextval('private.sync_seq')
		 from private.buckets b, generate_series(1, 3) where b.kind = 'case_circle'`
	);
	await db.exec('delete from public.case_contacts');
	await db.exec('set local session_replication_role = origin');
	expect(await figuresThatDiffer()).not.toEqual([]);
	expect(Number(await db.value('select private.recount()'))).toBeGreaterThan(0);
	expect(await figuresThatDiffer()).toEqual([]);
	expect(Number(await db.value('select private.recount()'))).toBe(0);
});

test('a change costs the same in a case of forty rows and of four thousand', async () => {
	const phone = new Phone(db, 'worker');
	const pagesOfADelta = async (): Promise<number> => {
		await phone.pull({ inside: true });
		await db.insert(
			'messages',
			aRow.message({ author_name: '王照服', recorded_at: hoursFromNow(0) })
		);
		const request = {
			v: 1,
			schema: 1,
			epoch: phone.epoch,
			client: phone.id,
			cursors: Object.fromEntries(phone.cursors)
		};
		const [explained] = await db.as<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
			'worker',
			`explain (analyze, buffers, format json) select public.sync('${JSON.stringify(request)}')`
		);
		const plan = explained!['QUERY PLAN'][0].Plan;
		return plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!;
	};
	const fill = (rows: number) =>
		db.sql(
			`insert into public.messages (id, case_id, audience, body, author_name, recorded_at)
			 select gen_random_uuid(), $1, 'circle', '今天很好', '王照服', now() - (i % 80) * interval '1 day' from generate_series(1, $2::integer) i`,
			[CASES.ayue, rows]
		);
	await fill(40);
	await pagesOfADelta(); // plans are made once a connection
	const few = await pagesOfADelta();
	await fill(4000);
	const many = await pagesOfADelta();
	expect(many).toBeLessThan(1.5 * few);
});
