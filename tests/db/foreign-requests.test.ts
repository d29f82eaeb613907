/** Requests that no phone of ours would send: whatever JSON comes, it is answered or refused in words, and never brings the function down. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow } from '../fixtures/db-world.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import type { SyncAnswer } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const RUNS = 10;
/** Each a savepoint of one transaction. */
const REQUESTS_A_RUN = 25;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const db = await rolledBackDatabase();

/** What each request is spoilt from: every shape of arguments that mutations have. */
function wholeRequest(ids: { readonly task: string; readonly visit: string }): Json {
	const at = hoursFromNow(0);
	const mutations: [name: string, args: Record<string, unknown>][] = [
		['message.send', { row: aRow.message() }],
		['measurement.add', { row: aRow.measurement({ value: 72 }) }],
		['task.create', { row: aRow.task() }],
		['task.patch', { id: ids.task, patch: { body: [null, '換藥'] } }],
		['task.accept', { id: ids.task }],
		['visit.check_in', { id: ids.visit, at }],
		['case.patch', { id: CASES.ayue, patch: { note: [null, '早起'] } }],
		['case_contact.add', { row: aRow.contact() }]
	];
	const push = mutations.map(([name, args], index) => ({
		n: index + 1,
		mid: randomUUID(),
		name,
		args,
		at,
		base: 0,
		offset_ms: 12
	}));
	// Rows of the world are JSON already.
	return JSON.parse(
		JSON.stringify({
			v: 1,
			schema: 1,
			epoch: null,
			client: randomUUID(),
			turn: 0,
			acked: 0,
			push,
			cursors: { 1: 3, 2: 0 },
			limit: 50
		})
	) as Json;
}

const NASTY: readonly Json[] = [
	...[null, true, -1, 0, 1.5, 1e308, 2 ** 31, 2 ** 63, '', ' ', 'x', 'null', 'NaN', '-infinity'],
	...['1e400', '\u202e', "'; drop table public.cases; --", '{"a":1}', '[]', randomUUID(), '😀'],
	...['1970-01-01', '9999-12-31T23:59:59Z', '294277-01-01', '25:99', 'x'.repeat(20_000)],
	...[[], {}, [[]], [null], [1, 2, 3], { id: null }, { row: [] }, { patch: 'x' }, { n: 1 }]
];

/** One change to a request: somewhere in it stands something else, or nothing. */
const spoiling = fc.record({
	/** Which of its places, counted round and round. */
	place: fc.nat(100_000),
	instead: fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom(...NASTY).map((value) => ({ value })) },
		{
			weight: 2,
			arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => ({ value: value as Json }))
		},
		{ weight: 1, arbitrary: fc.constant(null) }
	)
});

type Spoiling = typeof spoiling extends fc.Arbitrary<infer One> ? One : never;

/** Every object or list in it, with each of its keys. */
function placesIn(value: Json): [holder: Record<string, Json>, key: string][] {
	if (typeof value !== 'object' || value === null) return [];
	// A list is an object with numbers for keys.
	const holder = value as Record<string, Json>;
	return Object.keys(holder).flatMap((key) => [[holder, key], ...placesIn(holder[key] ?? null)]);
}

function spoil(request: Json, { place, instead }: Spoiling): void {
	const places = placesIn(request);
	const [holder, key] = places[place % places.length]!;
	if (instead) holder[key] = instead.value;
	else Reflect.deleteProperty(holder, key);
}

/** Refused in words of ours, or as data that cannot be read: PostgREST makes a 4xx of each. Everything else is a fault of the server. */
const REFUSED = /^(PT4\d\d|22...)$/;
const VERDICTS = ['ok', 'dup', 'conflict', 'rejected', 'blocked', 'fork', 'later'];

/** Rows on which the arguments rest. */
async function aRequest(): Promise<Json> {
	const written = { author_name: '系統', recorded_at: hoursFromNow(0) };
	return wholeRequest({
		task: await db.insert('tasks', { ...written, ...aRow.task() }),
		visit: await db.insert('visits', aRow.visit())
	});
}

async function ask(request: Json) {
	// What Postgres cannot store as text at all is refused before it is a request.
	const text = JSON.stringify(request).replaceAll('\\u0000', '');
	return await db.attempt('supervisor', 'select public.sync($1::jsonb) as answer', [text]);
}

test('unspoilt it is done, all of it', async () => {
	const outcome = await ask(await aRequest());
	const answer = 'rows' in outcome ? (outcome.rows[0]?.['answer'] as SyncAnswer) : undefined;
	expect(answer?.results.map(({ verdict }) => verdict)).toEqual(Array(8).fill('ok'));
});

test(
	'whatever stands in a request, it is answered, or refused as the fault of who sent it',
	async () => {
		const outcomes = { answered: 0, refused: 0 };
		const request = fc.array(fc.array(spoiling, { minLength: 1, maxLength: 3 }), {
			minLength: REQUESTS_A_RUN,
			maxLength: REQUESTS_A_RUN
		});
		await fc.assert(
			fc.asyncProperty(request, async (spoilings) => {
				for (const steps of spoilings) {
					const sent = await aRequest();
					for (const step of steps) spoil(sent, step);
					const outcome = await ask(sent);
					if ('code' in outcome) {
						expect(outcome.code, `${outcome.message}\n${JSON.stringify(steps)}`).toMatch(REFUSED);
						outcomes.refused++;
						continue;
					}
					outcomes.answered++;
					const answer = outcome.rows[0]?.['answer'] as SyncAnswer;
					for (const { verdict, code } of answer.results) {
						expect(VERDICTS).toContain(verdict);
						if (verdict === 'rejected') expect(code).toMatch(/^[a-z_]{1,40}$/);
					}
				}
			}),
			propertyOptions(RUNS)
		);
		// Both must have been tried, or it proves nothing.
		expect(outcomes.answered).toBeGreaterThan(RUNS);
		expect(outcomes.refused).toBeGreaterThan(RUNS);
	},
	programTimeoutMs(RUNS)
);
