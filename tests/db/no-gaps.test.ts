/**
 * Invariant 4, no gaps under concurrent commits: transactions of several connections on a real Postgres, interleaved as generated
 * (statements that wait for a lock stay waiting while others go on), and phones that pull in between. However they fall, what comes
 * into sight in a bucket comes in the order of its numbers, and cursors alone bring every phone exactly what has been committed.
 * CONNECT10_SEED repeats a run.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../fixtures/db-world.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { Phone, startDatabase, type TestDatabase } from './harness.ts';
import { aStage, playInterleaved, type Seen, type Stage, type Step } from './interleaving.ts';
import { moreCases } from './more-cases.ts';

const WRITERS: readonly Person[] = ['worker', 'nurse', 'manager', 'nurse'];
const READERS: readonly Person[] = ['worker', 'supervisor'];

let database: TestDatabase;
let stage: Stage;

async function setTheStage(): Promise<void> {
	database = await startDatabase();
	stage = await aStage(database, { writers: WRITERS, readers: READERS });
}

const writer = fc.nat(WRITERS.length - 1);
const where = fc.nat(3);
const wheres = fc.array(where, { minLength: 1, maxLength: 4 });
const of = <Kind extends string>(kind: Kind) => fc.constant(kind);
const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record({ kind: of('write'), writer, what: fc.nat(2), where })
		},
		{ weight: 2, arbitrary: fc.record({ kind: of('bulk'), writer, wheres }) },
		{
			weight: 1,
			arbitrary: fc.record({ kind: of('undone'), writer, what: fc.nat(2), where })
		},
		{ weight: 2, arbitrary: fc.record({ kind: of('change'), writer, which: fc.nat(99) }) },
		{ weight: 2, arbitrary: fc.record({ kind: of('push'), writer, wheres }) },
		{
			weight: 5,
			arbitrary: fc.record({
				kind: of('end'),
				writer,
				keep: fc.nat(5).map((chance) => chance > 0)
			})
		},
		{
			weight: 5,
			arbitrary: fc.record({
				kind: of('pull'),
				reader: fc.nat(READERS.length - 1),
				limit: fc.constantFrom(2, 10, 500)
			})
		}
	),
	{ minLength: 10, maxLength: 60, size: 'max' }
);

/** In cases of its own, on phones that have all that was there before. */
async function play(program: readonly Step[]): Promise<Seen> {
	const { watch, readers } = stage;
	const epoch = await watch.value<string>('select id from private.sync_epoch');
	const heads = await watch.sql<{ id: number; seq: number }>(
		'select id, seq::float8 as seq from private.buckets'
	);
	const cases = await moreCases(watch, 2, ['worker', 'nurse', 'manager']);
	const phones = readers.map((connection, index) => new Phone(connection, READERS[index]!));
	for (const phone of phones) {
		phone.epoch = epoch;
		for (const { id, seq } of heads) phone.cursors.set(id, seq);
		// The sums would notice a miss at once, and heal it; here it is the cursors that count.
		phone.checksSums = false;
	}
	return await playInterleaved(stage, phones, cases, program);
}

const RUNS = 20;

describe('with the database as it is', () => {
	beforeAll(setTheStage);
	afterAll(() => database.stop());

	test(
		'however transactions fall between each other, numbers come into sight in their order, and cursors skip nothing',
		async () => {
			let stored = 0;
			await fc.assert(
				fc.asyncProperty(steps, async (program) => {
					const seen = await play(program);
					stored += seen.stored;
					expect(seen).toMatchObject({ outOfOrder: [], missed: [], refetched: [] });
				}),
				propertyOptions(RUNS)
			);
			expect(stored).toBeGreaterThan(RUNS);
		},
		programTimeoutMs(RUNS)
	);
});

/** Without the lock of the head, taken when a number is drawn and where the head is moved to it. Nor with that of the figures of a day: they are counted. */
const NO_HEAD_LOCK = `
	create or replace function private.lock_bucket(of_kind text, of_case uuid, of_org uuid, of_user uuid) returns integer
	language sql volatile security definer set search_path = '' as $$
		select id from private.buckets where case_id = of_case and kind = of_kind or user_id = of_user or case_id is null and org_id = of_org and kind = of_kind limit 1
	$$;
	create or replace function private.lock_heads(ids integer[]) returns void
	language plpgsql volatile security definer set search_path = '' as $$ begin end $$;
	create or replace function private.move_heads() returns trigger
	language plpgsql volatile security definer set search_path = '' as $$ begin return null; end $$;
	create or replace function private.keep_days() returns trigger
	language plpgsql volatile security definer set search_path = '' as $$ begin return null; end $$;
	drop table private.bucket_days;
	create view private.bucket_days as
		select bucket_id, private.taipei_day(relevant_at) as day, count(*) as live, sum(seq) as sum from private.synced_rows group by 1, 2;
	create or replace function private.bury(in_bucket integer, of_table text, of_row uuid) returns void
	language sql volatile security definer set search_path = '' as $$
		insert into private.sync_tombstones (bucket_id, seq, table_name, row_id) values (in_bucket, nextval('private.sync_seq'), of_table, of_row)
	$$;
	create or replace function private.my_heads() returns table (bucket_id integer, head bigint, kind text, case_id uuid)
	language sql stable security definer set search_path = '' as $$
		select b.id, greatest(b.seq, (select max(r.seq) from private.synced_rows r where r.bucket_id = b.id),
			(select max(t.seq) from private.sync_tombstones t where t.bucket_id = b.id)), b.kind, b.case_id
		from private.buckets b where b.id = any (array(select private.my_buckets()))
	$$`;
/** On top of that. */
const TIME_CURSOR = `
	create function public.by_time() returns trigger language plpgsql as $$
	begin new.seq := (extract(epoch from clock_timestamp() - timestamptz '2026-01-01') * 10000)::bigint; return new; end $$;
	create trigger z_by_time before insert on public.messages for each row execute function public.by_time()`;

/** Whether some program of these breaks what `holds` says. */
async function isCaught(
	programs: fc.Arbitrary<Step[]>,
	runs: number,
	holds: (seen: Seen) => boolean
): Promise<boolean> {
	const outcome = await fc.check(
		fc.asyncProperty(programs, async (program) => holds(await play(program))),
		propertyOptions(runs)
	);
	return outcome.failed;
}

describe('with numbers drawn without the lock of the head', () => {
	beforeAll(async () => {
		await setTheStage();
		await stage.watch.exec(NO_HEAD_LOCK);
	});
	afterAll(() => database.stop());

	test('one transaction after the other is well', async () => {
		const alone = steps.map((program) => program.flatMap(endedAtOnce));
		const sound = ({ outOfOrder, missed }: Seen) => outOfOrder.length + missed.length === 0;
		expect(await isCaught(alone, 5, sound)).toBe(false);
	});

	test('numbers come into sight out of order', async () => {
		expect(await isCaught(steps, RUNS, ({ outOfOrder }) => outOfOrder.length === 0)).toBe(true);
	});

	test('a phone lacks what was committed', async () => {
		expect(await isCaught(steps, RUNS, ({ missed }) => missed.length === 0)).toBe(true);
	});

	test('a phone lacks what was committed, too, when its cursor is of time', async () => {
		await stage.watch.exec(TIME_CURSOR);
		expect(await isCaught(steps, RUNS, ({ missed }) => missed.length === 0)).toBe(true);
	});
});

/** Every statement a transaction. */
function endedAtOnce(step: Step): Step[] {
	return 'writer' in step ? [step, { kind: 'end', writer: step.writer, keep: true }] : [step];
}
