/**
 * Many writers at once on a real Postgres, truly in parallel: no phone misses a commit (no-gaps.test.ts generates the interleavings and
 * breaks the guard), and batches that touch many cases never wait for each other in a circle; that is then broken on purpose, and the
 * same test must notice.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aRow, hoursFromNow, insertStatement, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { createMigratedDatabase } from '../fixtures/postgrest-server.ts';
import {
	Phone,
	startDatabase,
	type Connection,
	type Intent,
	type TestDatabase
} from './harness.ts';
import { moreCases } from './more-cases.ts';
import { Random } from './random.ts';

const CASE_COUNT = 6;
const STAFF_OF_CASES: readonly Person[] = ['worker', 'nurse', 'manager', 'therapist', 'social'];
let database: TestDatabase;
let db: Connection;
let cases: string[];

beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
	cases = await moreCases(db, CASE_COUNT, STAFF_OF_CASES);
});
afterAll(async () => {
	await database.stop();
});

interface Outcome {
	committed: number;
	missed: string[];
	faults: Record<string, number>;
}

/**
 * Writers store 1–3 messages a transaction in random cases and stretch some of them; one in ten is rolled back. Phones pull all the
 * while, then once more. `missed`: committed rows that a phone does not have in the end.
 */
async function stress(
	random: Random,
	options: { writers: number; transactions: number }
): Promise<Outcome> {
	const outcome: Outcome = { committed: 0, missed: [], faults: {} };
	const committed = new Set<string>();
	let writing = true;
	const write = async (seed: number) => {
		const connection = await database.connect();
		const mine = new Random(seed);
		for (let i = 0; i < options.transactions; i++) {
			const ids: string[] = [];
			try {
				await connection.exec('begin');
				// Each transaction keeps to one case, so that waiting for each other in a circle is not the question here.
				const inCase = mine.pick(cases);
				for (let row = mine.int(1, 3); row > 0; row--) {
					const statement = insertStatement('messages', {
						...aRow.message({ case_id: inCase }),
						author_name: '系統',
						recorded_at: hoursFromNow(0)
					});
					await connection.sql(statement.text, statement.params);
					ids.push((JSON.parse(statement.params[0]) as { id: string }).id);
					if (mine.chance(0.5))
						await connection.sql('select pg_sleep($1)', [mine.int(1, 8) / 1000]);
				}
				const keep = !mine.chance(0.1);
				await connection.exec(keep ? 'commit' : 'rollback');
				if (keep) for (const id of ids) committed.add(id);
			} catch (error) {
				await connection.exec('rollback');
				const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
				outcome.faults[code] = (outcome.faults[code] ?? 0) + 1;
			}
		}
	};
	const phones = await Promise.all(
		(['worker', 'nurse', 'supervisor'] as const).map(
			async (person) => new Phone(await database.connect(), person)
		)
	);
	const read = async (phone: Phone) => {
		// The sums would notice a miss at once; here it is the rows that count.
		phone.checksSums = false;
		while (writing) phone.apply(await phone.sync({ limit: 50 }));
		await phone.pull();
	};
	const reading = Promise.all(phones.map(read));
	await Promise.all(Array.from({ length: options.writers }, () => write(random.int(1, 2 ** 31))));
	writing = false;
	await reading;
	outcome.committed = committed.size;
	for (const phone of phones) {
		const held = new Set(phone.of('messages').map(({ id }) => id));
		outcome.missed.push(...[...committed].filter((id) => !held.has(id)));
	}
	return outcome;
}

const ROUNDS = 12;
const STAFF: readonly Person[] = ['nurse', 'manager', 'therapist', 'social'];

/** Messages, and emergencies that tell everybody of the circle, to several cases in any order. */
function acrossCases(random: Random): Intent[] {
	return Array.from({ length: random.int(2, 8) }, () => {
		const inCase = random.pick(cases);
		const incident = random.chance(0.3) ? 'ABUSE' : 'FALL';
		return random.chance(0.3)
			? {
					name: 'emergency.report',
					args: { row: aRow.emergency({ case_id: inCase, incident_type: incident }) }
				}
			: { name: 'message.send', args: { row: aRow.message({ case_id: inCase }) } };
	});
}

/** Something of one's own first, then tasks for others, within one case: people meet only in what they tell each other. */
function acrossPeople(random: Random, person: Person, inCase: string): Intent[] {
	const tasks = Array.from({ length: random.int(2, 6) }, () => {
		const assignee = PEOPLE[random.pick(STAFF)];
		return {
			name: 'task.create',
			args: { row: aRow.task({ case_id: inCase, assignee_id: assignee }) }
		};
	});
	return [
		{ name: 'profile.patch', args: { id: PEOPLE[person], patch: { phone: [null, randomUUID()] } } },
		...tasks
	];
}

async function batches(
	random: Random,
	across: 'cases' | 'people'
): Promise<{ done: number; deadlocks: number }> {
	const result = { done: 0, deadlocks: 0 };
	await Promise.all(
		[...STAFF, 'nurse' as const, 'manager' as const].map(async (person, index) => {
			const phone = new Phone(await database.connect(), person);
			const mine = new Random(random.int(1, 2 ** 31));
			for (let i = 0; i < ROUNDS; i++) {
				const intents =
					across === 'cases' ? acrossCases(mine) : acrossPeople(mine, person, cases[index] ?? '');
				try {
					await phone.sync({ push: phone.numbered(intents) });
					result.done++;
				} catch (error) {
					if (!(error instanceof Error && 'code' in error && error.code === '40P01')) throw error;
					result.deadlocks++;
				}
			}
		})
	);
	return result;
}

describe('with the database as it is', () => {
	test('no phone ever misses a commit', async () => {
		const random = Random.seeded('no gaps');
		const { committed, missed, faults } = await stress(random, { writers: 8, transactions: 40 });
		expect(faults, random.label).toEqual({});
		expect(committed, random.label).toBeGreaterThan(300);
		expect(missed, random.label).toEqual([]);
	});

	test.each(['cases', 'people'] as const)(
		'batches across many %s never deadlock',
		async (across) => {
			const random = Random.seeded('no deadlocks');
			const { done, deadlocks } = await batches(random, across);
			expect(deadlocks, random.label).toBe(0);
			expect(done, random.label).toBe(6 * ROUNDS);
		}
	);

	test('two phones of one person that send the same mutation at once apply it once', async () => {
		const phone = new Phone(await database.connect(), 'worker');
		const tab = new Phone(await database.connect(), 'worker');
		Object.defineProperty(tab, 'id', { value: phone.id });
		for (let i = 0; i < 20; i++) {
			const push = phone.numbered([
				{ name: 'message.send', args: { row: aRow.message({ case_id: cases[0] }) } }
			]);
			const answers = await Promise.all([phone.sync({ push }), tab.sync({ push })]);
			expect(
				answers.flatMap(({ results }) => results.map(({ verdict }) => verdict)).sort()
			).toEqual(['dup', 'ok']);
		}
	});
});

describe('with a planted fault', () => {
	beforeEach(async () => {
		await useFreshDatabase();
	});

	test('heads locked in the order of the mutations: batches deadlock', async () => {
		await db.exec(`
			create or replace function private.lock_for_batch(push jsonb) returns void
			language plpgsql volatile security definer set search_path = '' as $$ begin end $$`);
		const random = Random.seeded('deadlocks on purpose');
		const { deadlocks } = await batches(random, 'cases');
		expect(deadlocks, random.label).toBeGreaterThan(0);
	});

	test('a person’s own rows written in the middle of the batch: batches deadlock', async () => {
		await db.exec(`
			do $$ begin
				execute replace(pg_get_functiondef('private.push(uuid, jsonb)'::regprocedure), 'array[''notice.read'', ''profile.patch'']', 'array[]::text[]');
			end $$`);
		const random = Random.seeded('deadlocks among people');
		const { deadlocks } = await batches(random, 'people');
		expect(deadlocks, random.label).toBeGreaterThan(0);
	});

	/** Faults are planted in a database of their own, in the same cluster. */
	async function useFreshDatabase(): Promise<void> {
		await database.stop();
		database = await startDatabase();
		db = await database.connect();
		cases = await moreCases(db, CASE_COUNT, STAFF_OF_CASES);
	}
});

test('migrations leave nothing behind that another database of the cluster would trip over', async () => {
	await expect(createMigratedDatabase(database.cluster, 'another')).resolves.toMatch(/another$/);
});
