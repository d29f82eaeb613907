/** From "is due" to "was shown": leases, retries, phones that are gone, the phone's own word, clocks, and who may ask the engine's questions. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aRow, type Person } from '../fixtures/db-world.ts';
import { AlarmHand } from './alarm-hand.ts';
import { startDatabase, type Connection, type TestDatabase } from './harness.ts';

let database: TestDatabase;
let db: Connection;
let hand: AlarmHand;
beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
	hand = new AlarmHand(db);
});
afterAll(async () => {
	await database.stop();
});
beforeEach(async () => {
	await db.exec('begin');
	await db.exec('delete from realtime.messages');
});
afterEach(async () => {
	await db.exec('rollback');
});

const KEY = 'B'.repeat(87);
const red = () => aRow.emergency({ severity: 'red' });
const started = () =>
	db.sql(
		`select private.engine_start('{"public": "${KEY}", "private": "secret", "hosts": ["push.test"]}')`
	);

async function ask(person: Person | 'anonymous', name: string, request: object): Promise<unknown> {
	const outcome = await db.attempt(person, `select public.${name}($1::jsonb) as answer`, [
		JSON.stringify(request)
	]);
	return 'rows' in outcome ? outcome.rows[0]?.['answer'] : outcome;
}

describe('a delivery', () => {
	test('is leased to one who asks, and to the next when nothing is heard of it', async () => {
		await hand.phoneFor('nurse');
		await hand.report('worker', red());
		const { deliveries } = await hand.tick();
		expect(deliveries).toMatchObject([{ attempts: 1, kind: 'emergency', severity: 'red' }]);
		expect((await hand.tick()).deliveries).toEqual([]);
		await hand.pass(1);
		expect((await hand.tick()).deliveries).toMatchObject([{ id: deliveries[0]?.id, attempts: 2 }]);
	});

	test('that was taken is accepted, on one phone of two is enough, and comes no more', async () => {
		await hand.phoneFor('nurse');
		await hand.phoneFor('nurse');
		const id = await hand.report('worker', red());
		const { deliveries } = await hand.tick();
		expect(deliveries).toHaveLength(2);
		await hand.settle({ id: deliveries[0]?.id, outcome: 'failed' });
		expect(await hand.heard(id), 'the other may still arrive').toContain('nurse push 0 queued');
		await hand.settle({ id: deliveries[1]?.id, outcome: 'accepted' });
		expect(await hand.heard(id)).toContain('nurse push 0 accepted');
		await hand.pass(2);
		expect((await hand.tick()).deliveries).toEqual([]);
	});

	test('is tried again when the push service says', async () => {
		await hand.phoneFor('nurse');
		await hand.report('worker', red());
		const [first] = (await hand.tick()).deliveries;
		await hand.settle({ id: first?.id, outcome: 'retry', retry_s: 100 });
		await hand.pass(1);
		expect((await hand.tick()).deliveries).toEqual([]);
		await hand.pass(1);
		expect((await hand.tick()).deliveries).toMatchObject([{ id: first?.id, attempts: 2 }]);
	});

	test('to a phone that is gone ends with it, and what else waited for that phone does too', async () => {
		await hand.phoneFor('nurse');
		const one = await hand.report('worker', red());
		const two = await hand.report('worker', red());
		const { deliveries } = await hand.tick();
		await hand.settle({ id: deliveries[0]?.id, outcome: 'gone' });
		for (const id of [one, two]) expect(await hand.heard(id)).toContain('nurse push 0 failed gone');
		expect(await db.value('select count(*)::int from private.push_subscriptions')).toBe(0);
	});

	test('that is refused says so, and the phone is kept: the fault is ours', async () => {
		await hand.phoneFor('nurse');
		const id = await hand.report('worker', red());
		const [first] = (await hand.tick()).deliveries;
		await hand.settle({ id: first?.id, outcome: 'refused' });
		expect(await hand.heard(id)).toContain('nurse push 0 failed refused');
		expect(await db.value('select count(*)::int from private.push_subscriptions')).toBe(1);
	});

	test('that nobody could take in time has failed, aloud', async () => {
		await hand.phoneFor('nurse');
		const id = await hand.report('worker', aRow.emergency({ severity: 'yellow' }));
		await hand.tick(0);
		await db.sql(`update private.deliveries set expires_at = now() - interval '1 second'`);
		await hand.tick();
		expect(await hand.heard(id)).toContain('nurse push 0 failed unreachable');
	});

	test('to the second channel carries the telephone number, and red goes before yellow', async () => {
		await db.sql('update private.engine set second_channel = true');
		await db.sql(`update public.memberships set phone = '0912-000-000' where role = 'nurse'`);
		await hand.phoneFor('nurse');
		await hand.report('worker', aRow.emergency({ severity: 'yellow' }));
		await hand.report('worker', red());
		const { deliveries } = await hand.tick();
		expect(deliveries.map(({ severity, channel }) => `${severity} ${channel}`).sort()).toEqual([
			'red push',
			'red second',
			'yellow push'
		]);
		expect(deliveries.find(({ channel }) => channel === 'second')).toMatchObject({
			phone: '0912-000-000',
			endpoint: null
		});
		await hand.pass(2);
		expect((await hand.tick(2)).deliveries.map(({ severity }) => severity)).toEqual(['red', 'red']);
	});
});

describe('the phone’s own word', () => {
	test('that it was shown, and opened, is heard without signing in, and never goes back', async () => {
		await hand.phoneFor('nurse');
		const id = await hand.report('worker', red());
		const [first] = (await hand.tick()).deliveries;
		const say = (state: string) => ask('anonymous', 'push_receipt', { token: first?.token, state });
		await say('shown');
		expect(await hand.heard(id), 'before the push service has said so').toContain(
			'nurse push 0 shown'
		);
		await hand.settle({ id: first?.id, outcome: 'accepted' });
		expect(await hand.heard(id)).toContain('nurse push 0 shown');
		await say('opened');
		await say('shown');
		expect(await hand.heard(id)).toContain('nurse push 0 opened');
	});

	test.each([{ state: 'acked' }, { state: 'shown', token: 'x' }, {}])(
		'that means nothing is refused: %o',
		async (request) => {
			expect(await ask('anonymous', 'push_receipt', request)).toMatchObject({ code: 'PT400' });
		}
	);

	test('under a token that nobody was given does nothing', async () => {
		const request = { token: randomUUID(), state: 'shown' };
		expect(await ask('anonymous', 'push_receipt', request)).toEqual({});
	});
});

describe('a phone', () => {
	const phone = (endpoint: string, client = randomUUID()) => ({
		client,
		endpoint,
		p256dh: 'p'.repeat(87),
		auth: 'a'.repeat(22),
		key: KEY
	});

	test('is known from the moment it is registered, to whom it belongs only', async () => {
		await started();
		const mine = phone('https://push.test/1');
		expect(await ask('nurse', 'push_register', mine)).toEqual({});
		expect(await ask('nurse', 'push_check', mine)).toMatchObject({ known: true, key: KEY });
		expect(await ask('worker', 'push_check', mine)).toMatchObject({ known: false });
		await ask('worker', 'push_forget', mine);
		expect(await ask('nurse', 'push_check', mine), 'not by somebody else').toMatchObject({
			known: true
		});
		await ask('nurse', 'push_forget', mine);
		expect(await ask('nurse', 'push_check', mine)).toMatchObject({ known: false });
	});

	test('belongs to whoever signed in on it last, and has one address at a time', async () => {
		await started();
		const client = randomUUID();
		await ask('nurse', 'push_register', phone('https://push.test/1', client));
		await ask('nurse', 'push_register', phone('https://push.test/2', client));
		await ask('worker', 'push_register', phone('https://push.test/2'));
		const rows = await db.sql('select endpoint, user_id from private.push_subscriptions');
		expect(rows).toHaveLength(1);
		expect(await ask('worker', 'push_check', phone('https://push.test/2'))).toMatchObject({
			known: true
		});
	});

	test.each([
		[
			'an address inside our own network',
			{ endpoint: 'https://169.254.169.254/latest' },
			'unknown_push_service'
		],
		[
			'a name that only begins like a push service',
			{ endpoint: 'https://fcm.googleapis.com.evil.tw/x' },
			'unknown_push_service'
		],
		[
			'a user name before the host',
			{ endpoint: 'https://fcm.googleapis.com@evil.tw/x' },
			'unknown_push_service'
		],
		[
			'no encryption on the way',
			{ endpoint: 'http://fcm.googleapis.com/x' },
			'unknown_push_service'
		],
		['a key of another server', { key: 'other' }, 'other_key'],
		['no keys', { p256dh: null }, 'invalid'],
		['a client that is none', { client: 'x' }, 'invalid']
	])('with %s is refused', async (_, part, message) => {
		await started();
		const answer = await ask('nurse', 'push_register', {
			...phone('https://push.test/1'),
			...part
		});
		expect(answer).toMatchObject({ message });
	});

	test('is tested by its owner, once at a time, and told what became of it', async () => {
		await started();
		const mine = phone('https://push.test/1');
		await ask('nurse', 'push_register', mine);
		expect(await ask('worker', 'push_test', mine)).toMatchObject({ code: 'PT404' });
		await ask('nurse', 'push_test', mine);
		await ask('nurse', 'push_test', mine);
		const { deliveries } = await hand.tick();
		expect(deliveries).toMatchObject([{ kind: 'test', endpoint: mine.endpoint }]);
		await hand.settle({ id: deliveries[0]?.id, outcome: 'accepted' });
		expect(await ask('nurse', 'push_check', mine)).toMatchObject({
			last: { kind: 'test', state: 'accepted' }
		});
	});

	test('that the browser has given another address is known by it, and so is what waits for it', async () => {
		await started();
		const mine = phone('https://push.test/1');
		await ask('nurse', 'push_register', mine);
		await ask('nurse', 'push_test', mine);
		const moved = { endpoint: 'https://push.test/2', p256dh: 'q'.repeat(87), auth: 'b'.repeat(22) };
		expect(await ask('anonymous', 'push_move', { ...moved, was: mine })).toEqual({});
		expect(await ask('nurse', 'push_check', moved)).toMatchObject({ known: true });
		expect(await ask('nurse', 'push_check', mine)).toMatchObject({ known: false });
		expect((await hand.tick()).deliveries).toMatchObject([moved]);
	});

	test.each([
		['somebody who has not its secret', { auth: 'x'.repeat(22) }, {}, undefined],
		['somebody who does not say it', { auth: null }, {}, undefined],
		['a browser with another address', { endpoint: 'https://push.test/9' }, {}, undefined],
		['what is no push service', {}, { endpoint: 'https://evil.tw/2' }, 'unknown_push_service'],
		['what has no keys', {}, { p256dh: null }, 'invalid']
	])('is moved by nobody else: %s', async (_, was, part, message) => {
		await started();
		const mine = phone('https://push.test/1');
		await ask('nurse', 'push_register', mine);
		const request = { ...phone('https://push.test/2'), ...part, was: { ...mine, ...was } };
		const answer = await ask('anonymous', 'push_move', request);
		if (message === undefined) expect(answer).toEqual({});
		else expect(answer).toMatchObject({ message });
		expect(await ask('nurse', 'push_check', mine)).toMatchObject({ known: true });
	});

	test('of somebody with more than ten pushes the oldest out', async () => {
		await started();
		for (let nr = 0; nr < 11; nr++) {
			await ask('nurse', 'push_register', phone(`https://push.test/${nr}`));
			await db.sql(`update private.push_subscriptions set made_at = made_at - interval '1 minute'`);
		}
		const left = await db.sql('select endpoint from private.push_subscriptions');
		expect(left).toHaveLength(10);
		expect(left).not.toContainEqual({ endpoint: 'https://push.test/0' });
	});
});

describe('the engine', () => {
	test('keeps the keys that were brought first', async () => {
		await started();
		const again = await db.value(
			`select private.engine_start('{"public": "new", "private": "new"}')`
		);
		expect(again).toEqual({ public: KEY, private: 'secret' });
	});

	test('of a server whose clock was set back lets nothing wait longer', async () => {
		await hand.phoneFor('nurse');
		await hand.phoneFor('supervisor');
		await hand.report('worker', red());
		await hand.ring();
		// It had ticked tomorrow, and all was due from there.
		await db.sql(`update private.engine set ticked_at = ticked_at + interval '1 day'`);
		await db.sql(
			`update private.alarms set next_at = next_at + interval '1 day', started_at = started_at + interval '1 day'`
		);
		await hand.tick();
		await hand.pass(5);
		expect(await hand.ring()).toEqual(['supervisor']);
	});

	test.each(['engine_start', 'engine_tick', 'engine_settle'])(
		'answers nobody but the secret key: %s',
		async (name) => {
			// As the embedded backend does.
			await db.exec('grant execute on all functions in schema public to anon, authenticated');
			for (const person of ['anonymous', 'worker', 'supervisor'] as const)
				expect(await ask(person, name, {})).toMatchObject({
					code: '42501'
				});
			await db.exec('set local role service_role');
			await db.sql(`select public.${name}('{}')`);
			await db.exec('set local role none');
		}
	);

	test('tells supervisors, and them only, how it is', async () => {
		await started();
		await hand.phoneFor('nurse');
		await hand.tick();
		expect(await db.as('supervisor', 'select public.engine_health() as h')).toMatchObject([
			{
				h: {
					waiting: 0,
					subscriptions: 1,
					second: false,
					ticked_at: expect.any(String),
					asked_at: expect.any(String)
				}
			}
		]);
		expect(await db.attempt('worker', 'select public.engine_health()')).toMatchObject({
			code: '42501'
		});
	});

	test('itself takes no word about a person back', async () => {
		await hand.phoneFor('nurse');
		await hand.report('worker', red());
		await hand.ring();
		for (const change of [
			`state = 'queued'`,
			`user_name = '別人'`,
			`user_id = gen_random_uuid()`
		]) {
			await db.exec('savepoint attempt');
			await expect(
				db.sql(`update public.emergency_receipts set ${change} where state = 'accepted'`)
			).rejects.toMatchObject({ code: '42501' });
			await db.exec('rollback to attempt');
		}
	});

	test('writes receipts; nobody else does', async () => {
		await hand.phoneFor('nurse');
		await hand.report('worker', red());
		await hand.tick();
		for (const statement of [
			`update public.emergency_receipts set state = 'opened'`,
			`insert into public.emergency_receipts select * from public.emergency_receipts`,
			'delete from public.emergency_receipts'
		])
			expect(await db.attempt('supervisor', statement), statement).toMatchObject({ code: '42501' });
	});
});
