/** The engine with a real database and a real push service: reported, rung, sent, taken, shown; and what it does when they are ill. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '#lib/server/notifier/engine.ts';
import { enginePort, type EnginePort } from '#lib/server/notifier/engine-port.ts';
import { createEngine, readEngineSettings } from '#lib/server/notifier/start-engine.ts';
import { aRow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { PushService, type Message, type Subscription } from '../fixtures/push-service.ts';
import { BACKENDS, call, push, type Backend } from './backend.ts';

const WORDS = { title: '紅色緊急通報', body: '打開查看' };

describe.each(Object.entries(BACKENDS))('%s', (_, start) => {
	let backend: Backend;
	let service: PushService;
	let port: EnginePort;
	let engine: Engine;
	const problems: string[] = [];

	beforeAll(async () => {
		[backend, service] = await Promise.all([start(), PushService.start()]);
		port = enginePort(backend.url, backend.secretKey, fetch);
	});
	afterAll(async () => {
		await Promise.all([backend.stop(), service.stop()]);
	});
	beforeEach(() => {
		engine = anEngine({});
	});
	afterEach(async () => {
		await engine.stop();
		await backend.sql(`update private.alarms set state = 'answered'`);
		await backend.sql(`update private.deliveries set state = 'dropped' where state = 'queued'`);
		await backend.sql('delete from private.push_subscriptions');
		service.messages.length = 0;
		service.answers.length = 0;
		problems.length = 0;
		expect(service.faults).toEqual([]);
	});

	function anEngine(env: Record<string, string>): Engine {
		const settings = readEngineSettings({
			PUSH_HOSTS: service.host,
			PUSH_TRUST: service.certificate,
			PUSH_CONTACT: 'mailto:notdienst@example.org',
			ORIGIN: 'https://care.example.org',
			...env
		});
		return createEngine(
			port,
			settings,
			() => WORDS,
			(problem) => problems.push(problem)
		);
	}

	/** A phone that its owner has registered. */
	async function phoneOf(person: Person): Promise<Subscription> {
		await engine.tick();
		const token = await backend.tokenFor(person);
		const { body } = await call(backend, token, 'POST', 'rpc/push_check', { request: {} });
		const phone = service.subscribe();
		const { key } = body as { key: string }; // what push_check says
		const request = { client: randomUUID(), key, ...phone };
		const answer = await call(backend, token, 'POST', 'rpc/push_register', { request });
		expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
		return phone;
	}

	/** Through the API, as a phone does. */
	async function report(count = 1): Promise<string[]> {
		const rows = Array.from({ length: count }, () => aRow.emergency({ severity: 'red' }));
		const intents = rows.map((row) => ({ name: 'emergency.report', args: { row } }));
		const answer = await push(backend, await backend.tokenFor('worker'), intents);
		expect(answer.status).toBe(200);
		return rows.map(({ id }) => id);
	}

	async function round(): Promise<void> {
		await engine.tick();
		await engine.settled();
	}

	async function stateOf(emergency: string, person: Person, channel = 'push'): Promise<unknown> {
		const [row] = await backend.sql<{ state: string; reason: string | null }>(
			'select state, reason from public.emergency_receipts where emergency_id = $1 and user_id = $2 and channel = $3 order by step desc limit 1',
			[emergency, PEOPLE[person], channel]
		);
		return row && [row.state, row.reason].filter(Boolean).join(' ');
	}

	const noticeOf = ({ payload }: Message) =>
		// What our own server has sent.
		JSON.parse(payload) as { web_push: number; notification: Record<string, unknown> };

	test('a red report reaches the phone: encrypted, signed, urgent, without a name, and says where to go', async () => {
		const phone = await phoneOf('nurse');
		const [id = ''] = await report();
		await round();
		expect(service.messages).toHaveLength(1);
		const [message] = service.messages;
		expect(message).toMatchObject({
			endpoint: phone.endpoint,
			claims: { sub: 'mailto:notdienst@example.org' },
			headers: { urgency: 'high', topic: id.replaceAll('-', ''), 'content-encoding': 'aes128gcm' }
		});
		expect(Number(message?.headers['ttl'])).toBeGreaterThan(3600);
		expect(message?.bytes).toBeLessThan(2048);
		expect(noticeOf(message!)).toMatchObject({
			web_push: 8030,
			notification: {
				...WORDS,
				navigate: `https://care.example.org/emergencies/${id}`,
				tag: `emergency-${id}`,
				data: { v: 1, kind: 'emergency', id, user: PEOPLE.nurse, severity: 'red' }
			}
		});
		expect(await stateOf(id, 'nurse')).toBe('accepted');
		const { token } = (noticeOf(message!).notification['data'] ?? {}) as { token?: string };
		const request = { token, state: 'shown' };
		await call(backend, null, 'POST', 'rpc/push_receipt', { request });
		expect(await stateOf(id, 'nurse')).toBe('shown');
	});

	test('two engines at once send it once', async () => {
		await phoneOf('nurse');
		await report(5);
		const other = anEngine({});
		const rounds = await Promise.all([engine.tick(), other.tick()]);
		await Promise.all([engine.settled(), other.settled()]);
		await other.stop();
		const sumOf = (count: 'rung' | 'messages') => rounds.reduce((sum, one) => sum + one[count], 0);
		expect([sumOf('rung'), sumOf('messages')]).toEqual([5, 5]);
		expect(service.messages).toHaveLength(5);
	});

	test('an engine that dies with it in hand loses nothing: the next one sends it', async () => {
		await phoneOf('nurse');
		const [id = ''] = await report();
		expect((await port.tick(10)).deliveries, 'taken, and never heard of again').toHaveLength(1);
		await round();
		expect(service.messages).toEqual([]);
		await backend.sql('update private.deliveries set leased_until = now()');
		await round();
		expect(service.messages).toHaveLength(1);
		expect(await stateOf(id, 'nurse')).toBe('accepted');
	});

	test.each([
		[410, 'failed gone'],
		[404, 'failed gone'],
		[413, 'failed unreachable'],
		[403, 'failed refused']
	])('%i is the end of it: %s', async (answer, state) => {
		await phoneOf('nurse');
		service.answers.push(answer);
		const [id = ''] = await report();
		await round();
		expect(await stateOf(id, 'nurse')).toBe(state);
		expect(problems, 'only what the operator can mend is told').toHaveLength(
			answer === 403 ? 1 : 0
		);
		const left = await backend.sql('select from private.push_subscriptions');
		expect(left).toHaveLength(state === 'failed gone' ? 0 : 1);
	});

	test('429 waits as long as it is told, 500 a while; then it arrives', async () => {
		await phoneOf('nurse');
		service.answers.push({ status: 429, retryAfter: '120' }, 500);
		const [id = ''] = await report();
		for (const atLeastS of [119, 2]) {
			await round();
			expect(await stateOf(id, 'nurse')).toBe('queued');
			const [wait] = await backend.sql<{ s: number }>(
				`select extract(epoch from due_at - now())::float8 as s from private.deliveries where state = 'queued'`
			);
			expect(wait?.s).toBeGreaterThan(atLeastS);
			await backend.sql('update private.deliveries set due_at = now()');
		}
		await round();
		expect(await stateOf(id, 'nurse')).toBe('accepted');
	});

	test('a push service that hangs holds up neither the others nor the ladder', async () => {
		await phoneOf('nurse');
		await phoneOf('therapist');
		service.answers.push('hang');
		const [first = ''] = await report();
		await engine.tick();
		await service.until(2);
		const [second = ''] = await report();
		await engine.tick();
		await service.until(4);
		expect(await stateOf(first, 'nurse')).toBeDefined();
		expect(await stateOf(second, 'nurse')).toBeDefined();
		await engine.settled();
		const states = await Promise.all([stateOf(first, 'nurse'), stateOf(first, 'therapist')]);
		expect(states.sort()).toEqual(['accepted', 'queued']);
	});

	test('a database that does not answer is said once, and it goes on when it does', async () => {
		let ill = true;
		const flaky: EnginePort = {
			...port,
			tick: (limit) => (ill ? Promise.reject(new Error('engine_tick: 57P03')) : port.tick(limit))
		};
		const settings = readEngineSettings({
			PUSH_HOSTS: service.host,
			PUSH_TRUST: service.certificate
		});
		const other = createEngine(
			flaky,
			settings,
			() => WORDS,
			(problem) => problems.push(problem)
		);
		await phoneOf('nurse');
		await report();
		await other.tick();
		await other.tick();
		expect(problems).toHaveLength(1);
		ill = false;
		await other.tick();
		await other.stop();
		expect(service.messages).toHaveLength(1);
	});

	test('a task that is offered reaches the phone as news: no name, replaced by the next, worth half a day', async () => {
		await phoneOf('nurse');
		const row = aRow.task({ assignee_id: PEOPLE.nurse, title: '幫阿月量血壓' });
		const answer = await push(backend, await backend.tokenFor('manager'), [
			{ name: 'task.create', args: { row } }
		]);
		expect(answer.body).toMatchObject({ results: [{ verdict: 'ok' }] });
		await backend.sql(`update private.deliveries set due_at = now() where kind = 'notice'`);
		await round();
		const [message] = service.messages;
		if (!message) throw new Error('nothing was sent');
		expect(message.payload).not.toMatch(/阿月|血壓/);
		expect(noticeOf(message).notification).toMatchObject({
			tag: 'notice-tasks',
			navigate: 'https://care.example.org/messages?tab=notices',
			data: { kind: 'notice', about: 'tasks' }
		});
		expect(message.headers).toMatchObject({ topic: 'notice-tasks', urgency: 'normal' });
		expect(Number(message.headers['ttl'])).toBeGreaterThan(11 * 3600);
	});

	test('the second channel is told the number, the words and nothing else, once', async () => {
		const told: { body: unknown; headers: unknown }[] = [];
		const gateway = createServer((request, response) => {
			let text = '';
			request.on('data', (part: Buffer) => (text += part.toString()));
			request.on('end', () => {
				const { authorization } = request.headers;
				told.push({ body: JSON.parse(text), headers: { authorization } });
				response.writeHead(told.length === 1 ? 503 : 200).end();
			});
		});
		gateway.listen(0, '127.0.0.1');
		await once(gateway, 'listening');
		// A TCP server's address is an AddressInfo; only a pipe's is a string.
		const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/sms`;
		await engine.stop();
		engine = anEngine({ SECOND_CHANNEL_URL: url, SECOND_CHANNEL_SECRET: 'shh' });
		await backend.sql(`update public.memberships set phone = '0912-000-000' where user_id = $1`, [
			PEOPLE.nurse
		]);
		await engine.tick();
		const [id = ''] = await report();
		await round();
		expect(await stateOf(id, 'nurse', 'second')).toBe('queued');
		await backend.sql('update private.deliveries set due_at = now()');
		await round();
		expect(await stateOf(id, 'nurse', 'second')).toBe('accepted');
		expect(told[1]).toEqual({
			headers: { authorization: 'Bearer shh' },
			body: {
				to: '0912-000-000',
				text: `${WORDS.title} ${WORDS.body}`,
				severity: 'red',
				link: 'https://care.example.org'
			}
		});
		gateway.close();
		await backend.sql('update private.engine set second_channel = false');
	});
});
