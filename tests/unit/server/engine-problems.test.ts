/** What the engine says to the operator: of a part of its round that fails, and, once it was stopped, nothing of a database that is gone, too. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Engine } from '#lib/server/notifier/engine.ts';
import type { Delivery, EnginePort, Outcome } from '#lib/server/notifier/engine-port.ts';
import { aDelivery } from '../../fixtures/deliveries.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DELIVERY = aDelivery();

test.each([
	['running', false, 1],
	['stopped', true, 0]
])('a word that the database does not take, %s', async (_, isStopped, problems) => {
	const said: string[] = [];
	let answer: (outcome: Outcome) => void = () => undefined;
	const waiting = [[DELIVERY]];
	const port: EnginePort = {
		start: (offer) => Promise.resolve(offer),
		tick: () => Promise.resolve({ rung: 0, failed: [], deliveries: waiting.pop() ?? [] }),
		settle: () => Promise.reject(new Error('gone'))
	};
	const open = () => Promise.resolve(() => new Promise<Outcome>((resolve) => (answer = resolve)));
	const engine = new Engine({ port, open, onProblem: (problem) => said.push(problem) });
	await engine.tick();
	if (isStopped) {
		const stopping = engine.stop();
		// As long as it has patience with what hangs.
		await vi.advanceTimersByTimeAsync(3000);
		await stopping;
	}
	answer({ outcome: 'accepted' });
	await vi.advanceTimersByTimeAsync(1000);
	expect(said).toHaveLength(problems);
	vi.clearAllTimers();
});

test('a part of the round that fails is said once, until it is over, and holds up no message', async () => {
	const said: string[] = [];
	const sent: string[] = [];
	const rounds = [['expire_tasks(50) 22012'], ['expire_tasks(50) 22012'], [], ['again']];
	let messages: Delivery[] = [];
	const port: EnginePort = {
		start: (offer) => Promise.resolve(offer),
		tick: () => {
			const deliveries = messages;
			messages = [];
			return Promise.resolve({ rung: 0, failed: rounds[0] ?? [], deliveries });
		},
		settle: () => Promise.resolve()
	};
	const open = () =>
		Promise.resolve(({ id }: Delivery) => {
			sent.push(id);
			return Promise.resolve<Outcome>({ outcome: 'accepted' });
		});
	const engine = new Engine({ port, open, onProblem: (problem) => said.push(problem) });
	for (; rounds.length > 0; rounds.shift()) {
		messages = [DELIVERY];
		await engine.tick();
	}
	expect(sent).toHaveLength(4);
	expect(said).toEqual([
		expect.stringContaining('expire_tasks(50) 22012'),
		expect.stringContaining('again')
	]);
	await engine.stop();
});
