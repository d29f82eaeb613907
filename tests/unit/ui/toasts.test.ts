import { expect, test } from 'vitest';
import { ToastQueue, undoMs, type ToastClock } from '#lib/ui/toasts.svelte.ts';

/** A clock that moves only when told to. */
function aClock() {
	let nowMs = 0;
	let nextId = 1;
	const timers = new Map<number, { atMs: number; run: () => void }>();
	const clock: ToastClock = {
		now: () => nowMs,
		after: (delayMs, run) => {
			const id = nextId++;
			timers.set(id, { atMs: nowMs + delayMs, run });
			return () => timers.delete(id);
		}
	};
	function pass(ms: number) {
		nowMs += ms;
		for (const [id, timer] of [...timers]) {
			if (timer.atMs > nowMs) continue;
			timers.delete(id);
			timer.run();
		}
	}
	return { clock, pass };
}

const texts = (queue: ToastQueue) => queue.items.map((toast) => toast.text);

test('a message with Undo stays ten seconds, one without leaves earlier', () => {
	const { clock, pass } = aClock();
	const queue = new ToastQueue(clock);
	queue.show({ text: 'done', action: { label: 'undo', run: () => undefined } });
	queue.show({ text: 'saved' });
	pass(undoMs - 1);
	expect(texts(queue)).toEqual(['done']);
	pass(1);
	expect(texts(queue)).toEqual([]);
});

test('time does not run while a person points at the messages', () => {
	const { clock, pass } = aClock();
	const queue = new ToastQueue(clock);
	queue.show({ text: 'done', durationMs: 1000 });
	pass(600);
	queue.pause();
	pass(60_000);
	expect(texts(queue)).toEqual(['done']);
	queue.resume();
	pass(399);
	expect(texts(queue)).toEqual(['done']);
	pass(1);
	expect(texts(queue)).toEqual([]);
});

test('a message that arrives during a pause starts to count when the pause ends', () => {
	const { clock, pass } = aClock();
	const queue = new ToastQueue(clock);
	queue.pause();
	pass(5000);
	queue.show({ text: 'done', durationMs: 1000 });
	pass(5000);
	expect(texts(queue)).toEqual(['done']);
	queue.resume();
	pass(999);
	expect(texts(queue)).toEqual(['done']);
	pass(1);
	expect(texts(queue)).toEqual([]);
});

test('pausing twice keeps the time that was left', () => {
	const { clock, pass } = aClock();
	const queue = new ToastQueue(clock);
	queue.show({ text: 'done', durationMs: 1000 });
	queue.pause();
	queue.resume();
	pass(900);
	queue.pause();
	pass(500);
	queue.resume();
	pass(99);
	expect(texts(queue)).toEqual(['done']);
	pass(1);
	expect(texts(queue)).toEqual([]);
});

test('Undo runs once and takes the message away without expiring it', async () => {
	const { clock, pass } = aClock();
	const queue = new ToastQueue(clock);
	let undone = 0;
	let expired = 0;
	const id = queue.show({
		text: 'done',
		action: { label: 'undo', run: () => void (undone += 1) },
		onexpire: () => void (expired += 1)
	});
	await queue.act(id);
	await queue.act(id);
	pass(undoMs * 2);
	expect({ undone, expired, shown: queue.items.length }).toEqual({
		undone: 1,
		expired: 0,
		shown: 0
	});
});

test('closing or running out expires a message exactly once', () => {
	const { clock, pass } = aClock();
	const queue = new ToastQueue(clock);
	const expired: string[] = [];
	const closed = queue.show({ text: 'a', onexpire: () => expired.push('a') });
	queue.show({ text: 'b', onexpire: () => expired.push('b') });
	queue.dismiss(closed);
	queue.dismiss(closed);
	pass(60_000);
	expect(expired).toEqual(['a', 'b']);
});

test('the oldest of three gives way to a fourth and counts as expired', () => {
	const { clock } = aClock();
	const queue = new ToastQueue(clock);
	const expired: string[] = [];
	for (const text of ['a', 'b', 'c', 'd']) {
		queue.show({ text, onexpire: () => expired.push(text) });
	}
	expect(texts(queue)).toEqual(['b', 'c', 'd']);
	expect(expired).toEqual(['a']);
});
