/**
 * An answer is of one moment: whatever is committed between the reading of the heads and that of the rows, what the answer says of a
 * bucket (number, count, sum) holds for what it brings, and cursors skip nothing. Otherwise phones would fetch whole buckets again for
 * nothing. Pulls on a real Postgres stand still there while generated transactions go on. CONNECT10_SEED repeats a run.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../fixtures/db-world.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { Phone, startDatabase, type TestDatabase } from './harness.ts';
import {
	aStage,
	HALTS,
	playInterleaved,
	type Seen,
	type Stage,
	type Step
} from './interleaving.ts';
import { moreCases } from './more-cases.ts';

const WRITERS: readonly Person[] = ['worker', 'nurse'];
const READERS: readonly Person[] = ['worker', 'supervisor'];
const RUNS = 8;

let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
	database = await startDatabase();
	const setup = await database.connect();
	await setup.exec(HALTS);
	stage = await aStage(database, { writers: WRITERS, readers: READERS });
});
afterAll(() => database.stop());

const writer = fc.nat(WRITERS.length - 1);
const reader = fc.nat(READERS.length - 1);
const where = fc.nat(3);
const limit = fc.constantFrom(3, 500);
const of = <Kind extends string>(kind: Kind) => fc.constant(kind);
/** Tasks and contacts, which can be moved, edited and deleted before a phone has them. */
const write = fc.record({ kind: of('write'), writer, what: fc.constantFrom(1, 2), where });
const change = fc.record({ kind: of('change'), writer, which: fc.nat(99) });
const end = fc.record({ kind: of('end'), writer, keep: fc.nat(5).map((chance) => chance > 0) });
const push = fc.record({
	kind: of('push'),
	writer,
	wheres: fc.array(where, { minLength: 1, maxLength: 3 })
});
const meanwhile = fc.array(
	fc.oneof(
		{ weight: 3, arbitrary: change },
		{ weight: 2, arbitrary: end },
		{ weight: 1, arbitrary: fc.oneof(write, push) }
	),
	{ minLength: 1, maxLength: 6, size: 'max' }
);
const rounds: fc.Arbitrary<Step[]> = fc
	.array(
		fc.tuple(
			fc.array(fc.oneof(write, write, end), { maxLength: 5, size: 'max' }),
			fc.record({ kind: of('halt'), reader, limit }),
			meanwhile,
			fc.record({ kind: of('go') })
		),
		{ minLength: 3, maxLength: 6, size: 'max' }
	)
	.map((parts) => parts.flat().flat());

/** In cases of its own, which these phones have never pulled; of all others they are told that they have them. */
async function play(program: readonly Step[]): Promise<Seen> {
	const { watch, readers } = stage;
	const epoch = await watch.value<string>('select id from private.sync_epoch');
	const heads = await watch.sql<{ id: number; seq: number }>(
		'select id, seq::float8 as seq from private.buckets'
	);
	const cases = await moreCases(watch, 2, ['worker', 'nurse']);
	const phones = readers.map((connection, index) => new Phone(connection, READERS[index]!));
	for (const phone of phones) {
		phone.epoch = epoch;
		for (const { id, seq } of heads) phone.cursors.set(id, seq);
	}
	return await playInterleaved(stage, phones, cases, program);
}

test(
	'what an answer says of a bucket holds for what it brings, whatever is committed while it is made',
	async () => {
		await fc.assert(
			fc.asyncProperty(rounds, async (program) => {
				expect(await play(program)).toMatchObject({ missed: [], refetched: [] });
			}),
			propertyOptions(RUNS)
		);
	},
	programTimeoutMs(RUNS)
);

test('an answer whose heads and rows are of two moments is caught', async () => {
	await stage.watch.exec('alter function private.pull(jsonb, boolean, integer) volatile');
	const outcome = await fc.check(
		fc.asyncProperty(rounds, async (program) => {
			await play(program);
		}),
		propertyOptions(RUNS)
	);
	expect(String(outcome.errorInstance)).toContain('the server says');
});
