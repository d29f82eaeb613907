/** The engine's process killed (-9) at each stage of each step of a ladder: the next one goes on, and nobody whom a step names is left out. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { aRow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { PushService, type Subscription } from '../fixtures/push-service.ts';
import { BACKENDS, push, type Backend } from './backend.ts';

const CHILD = fileURLToPath(new URL('../fixtures/engine-child.ts', import.meta.url));

let backend: Backend;
let service: PushService;
let engine: ChildProcess | null = null;
beforeAll(async () => {
	service = await PushService.start();
});
afterEach(() => kill());
afterAll(() => service.stop());

function start(): void {
	engine = spawn(process.execPath, [CHILD], {
		env: {
			...process.env,
			DATABASE_URL_OF_TEST: backend.url,
			SECRET_KEY_OF_TEST: backend.secretKey,
			PUSH_HOSTS: service.host,
			PUSH_TRUST: service.certificate
		},
		stdio: ['ignore', 'ignore', 'inherit']
	});
}

async function kill(): Promise<void> {
	if (engine?.exitCode === null && engine.signalCode === null) {
		engine.kill('SIGKILL');
		await once(engine, 'exit');
	}
	engine = null;
}

async function phoneOf(person: Person): Promise<Subscription> {
	const phone = service.subscribe();
	await backend.sql(
		`insert into private.push_subscriptions (user_id, client_id, endpoint, p256dh, auth, vapid_key)
		select $1, $2, $3, $4, $5, vapid_public from private.engine`,
		[PEOPLE[person], randomUUID(), phone.endpoint, phone.p256dh, phone.auth]
	);
	return phone;
}

/** Milliseconds; far more than a living engine needs from a claim to its word. */
const LEASE_MS = 3000;

/**
 * A lease is a minute: here it ends sooner, again and again, for what the dead one asked of the database last may come after its death, a claim too.
 */
async function untilItIs<Value>(
	expected: Value,
	look: () => Promise<Value> | Value
): Promise<void> {
	let endedMs = 0;
	const lookOn = async () => {
		if (Date.now() - endedMs > LEASE_MS) {
			endedMs = Date.now();
			await backend.sql(
				`update private.deliveries set leased_until = now(), due_at = now() where state = 'queued'`
			);
		}
		return await look();
	};
	await expect.poll(lookOn, { timeout: 30_000 }).toEqual(expected);
}

/** Nothing waits any more. */
const untilSaid = () =>
	untilItIs(0, async () => {
		const waiting = await backend.sql(
			`select from private.deliveries where state = 'queued' and channel = 'push'`
		);
		return waiting.length;
	});

/** As if the server's clock had been set forward by so many hours since all that stands in the tables was written; negative: back. */
async function moveClock(hours: number): Promise<void> {
	const earlier = (...columns: string[]) =>
		columns.map((column) => `${column} = ${column} - make_interval(hours => ${hours})`).join();
	await backend.sql(`update private.engine set ${earlier('ticked_at')}`);
	await backend.sql(
		`update private.alarms set ${earlier('next_at', 'started_at')} where state = 'ringing'`
	);
	await backend.sql(
		`update private.deliveries set ${earlier('due_at', 'expires_at', 'leased_until')} where state = 'queued'`
	);
}

/** When it dies, at which of the stages below, and by how many hours the clock is moved while it is dead. */
type Kill = readonly [when: string, stage: number, hours: number];
const KILLS: readonly (readonly [keyof typeof BACKENDS, readonly Kill[]])[] = [
	[
		'PostgREST on Postgres',
		[
			['before it has looked', 0, 0],
			['with messages on their way that are never answered', 1, 0],
			['when the push service has them, and nobody has been told so', 2, 0],
			['when all is told', 3, 0],
			['with messages on their way, and the clock set back by an hour', 1, -1],
			['when all is told, and the clock set forward by an hour', 3, 1]
		]
	],
	[
		'embedded backend',
		[['when the push service has them, and the clock set back by an hour', 2, -1]]
	]
];

describe.each(KILLS)('%s', (name, kills) => {
	beforeAll(async () => {
		backend = await BACKENDS[name]();
	});
	afterAll(() => backend.stop());

	test.each(kills)('killed %s, at each step', async (_, stage, hours) => {
		await backend.sql('delete from private.push_subscriptions');
		start();
		const hasKeys = async () =>
			(await backend.sql('select from private.engine where vapid_public is not null')).length;
		await expect.poll(hasKeys, { timeout: 20_000 }).toBe(1);
		await kill();
		const phones = new Map([
			['nurse', await phoneOf('nurse')],
			['supervisor', await phoneOf('supervisor')]
		]);
		const row = aRow.emergency({ severity: 'red' });
		const answer = await push(backend, await backend.tokenFor('worker'), [
			{ name: 'emergency.report', args: { row } }
		]);
		expect(answer.body).toMatchObject({ results: [{ verdict: 'ok' }] });

		// The three steps of the built-in ladder.
		for (const people of [['nurse'], ['supervisor'], ['nurse', 'supervisor']]) {
			const earlier = service.messages.length;
			if (stage === 1) service.answers.push(...people.map(() => 'hang' as const));
			start();
			if (stage > 0) await service.until(earlier + people.length);
			if (stage === 3) await untilSaid();
			await kill();
			await moveClock(hours);
			service.answers.length = 0;
			// What the push service never answered was not taken.
			const taken = stage === 1 ? service.messages.length : earlier;
			start();
			await untilItIs(people, () => toldSince(taken, phones));
			await untilSaid();
			await kill();
			// Said again at the most once, and to nobody else.
			expect(service.messages.length - earlier).toBeLessThanOrEqual(2 * people.length);
			expect(toldSince(earlier, phones)).toEqual(people);
			// The next step is due now, wherever the clock is set meanwhile.
			await backend.sql(`update private.alarms set next_at = now() where state = 'ringing'`);
			await moveClock(hours);
		}
		const [alarm] = await backend.sql(
			'select alarm_state, alarm_step from public.emergencies where id = $1',
			[row.id]
		);
		expect(alarm).toEqual({ alarm_state: 'ringing', alarm_step: 2 });
		await backend.sql(`update private.alarms set state = 'answered'`);
		expect(service.faults).toEqual([]);
	});
});

/** Whose phones got something, in alphabetical order. */
function toldSince(count: number, phones: ReadonlyMap<string, Subscription>): string[] {
	const told = new Set(service.messages.slice(count).map(({ endpoint }) => endpoint));
	return [...phones].filter(([, { endpoint }]) => told.has(endpoint)).map(([person]) => person);
}
