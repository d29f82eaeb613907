/** A new version comes when the person wants it, and never over something unsaved. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { Workbox } from 'workbox-window';
import { AppUpdates } from '#lib/app/updates.svelte.ts';

type Listener = (event: { isUpdate?: boolean }) => void;

class FakeWorkbox {
	listeners = new Map<string, Listener>();
	asked: string[] = [];
	found = false;
	isReachable = true;

	addEventListener(name: string, listener: Listener) {
		this.listeners.set(name, listener);
	}
	register() {
		return Promise.resolve();
	}
	update() {
		if (!this.isReachable) return Promise.reject(new TypeError('no network'));
		this.asked.push('update');
		if (this.found) this.tell('waiting');
		return Promise.resolve();
	}
	messageSkipWaiting() {
		this.asked.push('skip waiting');
	}
	tell(name: string, event: { isUpdate?: boolean } = {}) {
		this.listeners.get(name)?.(event);
	}
}

let workbox: FakeWorkbox;
let events: string[];
let hasUnsaved: boolean;
let updates: AppUpdates;

beforeEach(async () => {
	workbox = new FakeWorkbox();
	events = [];
	hasUnsaved = false;
	updates = new AppUpdates({
		pauseSync: () => {
			events.push(`pause before ${workbox.asked.length}`);
			return Promise.resolve();
		},
		resumeSync: () => void events.push('resume'),
		hasUnsavedDraft: () => hasUnsaved,
		reload: () => void events.push('reload')
	});
	await updates.register(() => Promise.resolve(workbox as unknown as Workbox));
});

test('a new version waits until the person asks for it', () => {
	workbox.tell('waiting');
	expect(updates.state).toBe('ready');
	expect(workbox.asked).toEqual([]);
	expect(events).toEqual([]);
});

test('sync is quiet before the new worker takes over, and the page loads again after', async () => {
	workbox.tell('waiting');
	await updates.apply();
	expect(events).toEqual(['pause before 0']);
	expect(workbox.asked).toEqual(['skip waiting']);
	workbox.tell('controlling', { isUpdate: true });
	expect(events).toEqual(['pause before 0', 'reload']);
});

test('nothing happens while something typed is not stored yet', async () => {
	workbox.tell('waiting');
	hasUnsaved = true;
	await updates.apply();
	expect(events).toEqual([]);
	expect(workbox.asked).toEqual([]);
	expect(updates.state).toBe('ready');
});

test('a worker that another tab holds back is said, and sync goes on', async () => {
	vi.useFakeTimers();
	workbox.tell('waiting');
	await updates.apply();
	vi.advanceTimersByTime(10_000);
	expect(updates.state).toBe('ready');
	expect(updates.isHeldBack).toBe(true);
	expect(events.at(-1)).toBe('resume');
	vi.useRealTimers();
});

test('the very first worker makes no fuss', () => {
	workbox.tell('controlling', { isUpdate: false });
	expect(updates.state).toBe('current');
	expect(events).toEqual([]);
});

test('when another tab has switched, this one loads again at the next change of screen, unless something is unsaved', () => {
	expect(updates.isReloadDue).toBe(false);
	workbox.tell('controlling', { isUpdate: true });
	expect(updates.state).toBe('ready');
	expect(updates.isReloadDue).toBe(true);
	hasUnsaved = true;
	expect(updates.isReloadDue).toBe(false);
	expect(events).toEqual([]);
});

test('without a network nobody is told that there is no new version', async () => {
	workbox.isReachable = false;
	expect(await updates.check()).toBe(false);
	expect(updates.state).toBe('current');
});

test('looking for a new version says whether there is one', async () => {
	expect(await updates.check()).toBe(true);
	expect(updates.state).toBe('current');
	workbox.found = true;
	await updates.check();
	expect(updates.state).toBe('ready');
});
