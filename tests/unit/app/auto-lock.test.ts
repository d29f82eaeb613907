import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
	markLeft,
	readAutoLock,
	wasAwayTooLong,
	watchAbsence,
	writeAutoLock
} from '#lib/app/auto-lock.ts';
import { memoryStorage } from './memory-storage.ts';

const minuteMs = 60_000;

/** As much of a Document as the watch looks at. */
class FakePage extends EventTarget {
	visibilityState: DocumentVisibilityState = 'visible';

	show(state: DocumentVisibilityState) {
		this.visibilityState = state;
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

let storage: Storage;
let page: FakePage;
let lock: ReturnType<typeof vi.fn<() => void>>;
let stop: () => void;

beforeEach(() => {
	vi.useFakeTimers({ now: Date.parse('2026-11-22T01:00:00Z') });
	storage = memoryStorage();
	page = new FakePage();
	lock = vi.fn<() => void>();
	stop = watchAbsence(page as unknown as Document, storage, lock);
});

afterEach(() => {
	stop();
	vi.useRealTimers();
});

test('fifteen minutes out of sight lock the app unless set otherwise', () => {
	expect(readAutoLock(storage)).toBe(15);
	page.show('hidden');
	vi.advanceTimersByTime(15 * minuteMs - 1);
	expect(lock).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(lock).toHaveBeenCalledOnce();
});

test('coming back in time leaves it open', () => {
	page.show('hidden');
	vi.advanceTimersByTime(14 * minuteMs);
	page.show('visible');
	vi.advanceTimersByTime(60 * minuteMs);
	expect(lock).not.toHaveBeenCalled();
});

test('a phone whose timers slept locks on the way back', () => {
	page.show('hidden');
	vi.setSystemTime(Date.parse('2026-11-22T02:00:00Z'));
	page.show('visible');
	expect(lock).toHaveBeenCalledOnce();
});

test('another tab that came into sight meanwhile keeps the app open', () => {
	const other = new FakePage();
	const stopOther = watchAbsence(other as unknown as Document, storage, () => undefined);
	page.show('hidden');
	vi.advanceTimersByTime(minuteMs);
	other.show('visible');
	vi.advanceTimersByTime(20 * minuteMs);
	expect(lock).not.toHaveBeenCalled();
	stopOther();
});

test('never means never', () => {
	writeAutoLock(storage, null);
	page.show('hidden');
	vi.advanceTimersByTime(10 * 60 * minuteMs);
	page.show('visible');
	expect(lock).not.toHaveBeenCalled();
});

test('a page that was ended while out of sight is found out at the next start', () => {
	const leftAtMs = Date.now();
	markLeft(storage, leftAtMs);
	expect(wasAwayTooLong(storage, leftAtMs + 14 * minuteMs)).toBe(false);
	expect(wasAwayTooLong(storage, leftAtMs + 15 * minuteMs)).toBe(true);
});

test('a clock that was set back counts as too long', () => {
	markLeft(storage, Date.now());
	expect(wasAwayTooLong(storage, Date.now() - minuteMs)).toBe(true);
});
