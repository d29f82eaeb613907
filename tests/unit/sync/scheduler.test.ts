import { expect, test } from 'vitest';
import type { CycleOutcome } from '#lib/sync/cycle.ts';
import type { WakeReason } from '#lib/sync/scheduler.ts';
import { Scheduler } from '#lib/sync/scheduler.ts';

const DONE: CycleOutcome = {
	kind: 'done',
	again: false,
	changed: true,
	releaseInMs: null,
	completeShare: 1,
	problem: null
};
const FAILED: CycleOutcome = { kind: 'failed', problem: 'offline', retryAfterMs: null };

/** A scheduler whose time and answers the test gives. */
function aScheduler({
	online = true,
	visible = true,
	saving = false,
	pokes = false,
	fraction = 0.5
} = {}) {
	const answers: CycleOutcome[] = [];
	const timers: { run: () => void; delayMs: number; live: boolean }[] = [];
	const line = { online, visible };
	const state = { cycles: 0, wiped: '' };
	const signals: AbortSignal[] = [];
	const scheduler = new Scheduler({
		clock: {
			nowMs: () => 0,
			setTimer(run, delayMs) {
				const timer = { run, delayMs, live: true };
				timers.push(timer);
				return () => void (timer.live = false);
			}
		},
		network: {
			online: () => line.online,
			visible: () => line.visible,
			saving: () => saving,
			onChange: () => () => undefined
		},
		random: { fraction: () => fraction, bytes: (count) => new Uint8Array(count) },
		runCycle: (signal) => {
			state.cycles++;
			signals.push(signal);
			return Promise.resolve(answers.shift() ?? DONE);
		},
		pokesLive: () => pokes,
		onChange: () => undefined,
		onWiped: (clientId) => void (state.wiped = clientId)
	});
	const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
	const waiting = () => timers.filter(({ live }) => live).map(({ delayMs }) => delayMs);
	const fire = async () => {
		const next = timers.filter(({ live }) => live).sort((a, b) => a.delayMs - b.delayMs)[0];
		if (next) {
			next.live = false;
			next.run();
		}
		await settle();
	};
	return { scheduler, answers, line, state, signals, settle, waiting, fire };
}

test('nothing is sent before this tab leads', async () => {
	const { scheduler, state, settle } = aScheduler();
	scheduler.wake('user');
	await settle();
	expect(state.cycles).toBe(0);
	scheduler.lead();
	await settle();
	expect(state.cycles).toBe(1);
});

test('it goes on while there is more, then sleeps until the next poll', async () => {
	const { scheduler, answers, state, settle, waiting } = aScheduler();
	answers.push({ ...DONE, again: true }, { ...DONE, again: true });
	scheduler.lead();
	await settle();
	expect(state.cycles).toBe(3);
	expect(waiting()).toEqual([30_000]);
});

test.each([
	[{ visible: true, pokes: false }, 30_000],
	[{ visible: true, pokes: true }, 120_000],
	[{ visible: false, pokes: true }, 300_000],
	[{ visible: true, pokes: false, saving: true }, 120_000],
	[{ visible: true, pokes: true, saving: true }, 480_000],
	[{ visible: false, pokes: true, saving: true }, 600_000]
])('polling with %j', async (options, expectedMs) => {
	const { scheduler, settle, waiting } = aScheduler(options);
	scheduler.lead();
	await settle();
	expect(waiting()).toEqual([expectedMs]);
});

test('when nothing has happened for a while it asks half as often, until something does', async () => {
	const { scheduler, answers, settle, waiting, fire } = aScheduler();
	const nothing = { ...DONE, changed: false } as const;
	answers.push(...Array.from({ length: 11 }, () => nothing), DONE);
	scheduler.lead();
	await settle();
	for (let polls = 1; polls < 10; polls += 1) await fire();
	expect(waiting()).toEqual([30_000]);
	await fire();
	expect(waiting()).toEqual([60_000]);
	await fire();
	expect(waiting()).toEqual([30_000]);
});

test('in view and without hints it never waits longer than two minutes, however much is to be saved', async () => {
	const { scheduler, answers, settle, waiting, fire } = aScheduler({ saving: true });
	answers.push(...Array.from({ length: 12 }, () => ({ ...DONE, changed: false }) as const));
	scheduler.lead();
	await settle();
	for (let polls = 1; polls < 12; polls += 1) await fire();
	expect(waiting()).toEqual([120_000]);
});

test('a hint that arrives says that the line is back; it does not when the server has asked for patience or is ill', async () => {
	const triesAfter = async (failure: Partial<CycleOutcome>) => {
		const { scheduler, answers, state, settle } = aScheduler();
		answers.push({ ...FAILED, ...failure } as CycleOutcome);
		scheduler.lead();
		await settle();
		scheduler.wake('poke');
		await settle();
		return state.cycles;
	};
	expect(await triesAfter({ problem: 'offline' })).toBe(2);
	expect(await triesAfter({ problem: 'timeout' })).toBe(2);
	expect(await triesAfter({ problem: 'server' })).toBe(1);
	expect(await triesAfter({ problem: 'offline', retryAfterMs: 60_000 })).toBe(1);
});

test('a held intent is sent when its time has come', async () => {
	const { scheduler, answers, settle, waiting } = aScheduler();
	answers.push({ ...DONE, releaseInMs: 4000 });
	scheduler.lead();
	await settle();
	expect(waiting()).toEqual([4000]);
});

test.each([
	['45 s in view', true, [2, 4, 8, 16, 32, 45, 45, 45, 45, 45, 45]],
	['five minutes out of view', false, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]]
])('failures wait longer and longer, at random up to %s', async (_, visible, seconds) => {
	const { scheduler, answers, settle, waiting, fire } = aScheduler({ fraction: 0.999999, visible });
	answers.push(...Array.from({ length: 12 }, () => FAILED));
	scheduler.lead();
	await settle();
	const waits: number[] = [];
	for (let i = 0; i < 11; i++) {
		waits.push(Math.round(waiting()[0]! / 1000));
		await fire();
	}
	expect(waits).toEqual(seconds);
});

test('the shortest wait is one second, and a success starts the count anew', async () => {
	const { scheduler, answers, settle, waiting, fire } = aScheduler({ fraction: 0 });
	answers.push(FAILED, FAILED, DONE, FAILED);
	scheduler.lead();
	await settle();
	expect(waiting()).toEqual([1000]);
	await fire();
	await fire();
	expect(waiting()).toEqual([30_000]);
	await fire();
	expect(waiting()).toEqual([1000]);
});

test('Retry-After is kept to', async () => {
	const { scheduler, answers, settle, waiting } = aScheduler();
	answers.push({ kind: 'failed', problem: 'rate_limited', retryAfterMs: 77_000 });
	scheduler.lead();
	await settle();
	expect(waiting()).toEqual([77_000]);
});

test.each<[WakeReason, number]>([
	['emergency', 2],
	['online', 2],
	['visible', 2],
	['user', 2],
	['commit', 1]
])('while it waits after a failure, %s leads to %d tries in all', async (reason, tries) => {
	const { scheduler, answers, state, settle } = aScheduler();
	answers.push(FAILED);
	scheduler.lead();
	await settle();
	scheduler.wake(reason);
	await settle();
	expect(state.cycles).toBe(tries);
});

test('without network only what a person waits for, an emergency and the timer are tried', async () => {
	const { scheduler, line, state, settle } = aScheduler();
	scheduler.lead();
	await settle();
	line.online = false;
	scheduler.wake('commit');
	scheduler.wake('poke');
	await settle();
	expect(state.cycles).toBe(1);
	scheduler.wake('emergency');
	await settle();
	expect(state.cycles).toBe(2);
});

test('taps that follow each other closely travel together', async () => {
	const { scheduler, state, settle, fire } = aScheduler();
	scheduler.lead();
	await settle();
	for (let i = 0; i < 5; i++) scheduler.wake('commit');
	await fire();
	expect(state.cycles).toBe(2);
});

test('a tap during a request leads to one more', async () => {
	const { scheduler, state, settle } = aScheduler();
	scheduler.lead();
	scheduler.wake('commit');
	scheduler.wake('commit');
	await settle();
	expect(state.cycles).toBe(2);
});

test('pausing cancels the request under way and lets none begin until resume', async () => {
	const { scheduler, state, signals, settle, waiting } = aScheduler();
	scheduler.lead();
	await scheduler.pause();
	expect(signals[0]?.aborted).toBe(true);
	scheduler.wake('user');
	await settle();
	expect([state.cycles, waiting()]).toEqual([1, []]);
	scheduler.resume();
	await settle();
	expect(state.cycles).toBe(2);
});

test('signed out it stays quiet until a person asks or has signed in again', async () => {
	const { scheduler, answers, state, settle, waiting } = aScheduler();
	answers.push({ kind: 'signed_out' }, { kind: 'signed_out' });
	scheduler.lead();
	await settle();
	scheduler.wake('online');
	scheduler.wake('emergency');
	await settle();
	expect([state.cycles, scheduler.state, waiting()]).toEqual([1, 'signed_out', []]);
	scheduler.wake('user');
	await settle();
	scheduler.resume();
	await settle();
	expect([state.cycles, scheduler.state]).toEqual([3, 'asleep']);
});

test('after a wipe nothing ever runs again', async () => {
	const { scheduler, answers, state, settle } = aScheduler();
	answers.push({ kind: 'wiped', clientId: 'c' });
	scheduler.lead();
	await settle();
	scheduler.wake('user');
	scheduler.resume();
	await settle();
	expect([state.cycles, state.wiped, scheduler.state]).toEqual([1, 'c', 'ended']);
});
