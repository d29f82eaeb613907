/** Locks the app when it has been out of sight for longer than this phone's setting allows. */

import type { AutoLockMinutes } from '#lib/features/settings/port.ts';

const AUTO_LOCK_CHOICES: readonly AutoLockMinutes[] = [5, 15, 60, null];

const SETTING_KEY = 'connect10.auto-lock-minutes';
const LEFT_AT_KEY = 'connect10.left-at';
const DEFAULT_MINUTES: AutoLockMinutes = 15;
const MINUTE_MS = 60_000;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function readAutoLock(storage: Storage): AutoLockMinutes {
	const text = storage.getItem(SETTING_KEY);
	if (text === 'never') return null;
	return AUTO_LOCK_CHOICES.find((minutes) => String(minutes) === text) ?? DEFAULT_MINUTES;
}

export function writeAutoLock(storage: Storage, minutes: AutoLockMinutes): void {
	storage.setItem(SETTING_KEY, minutes === null ? 'never' : String(minutes));
}

/** Call when the app goes out of sight: a phone may end it there without another word. */
export function markLeft(storage: Storage, nowMs: number): void {
	storage.setItem(LEFT_AT_KEY, String(nowMs));
}

export function markBack(storage: Storage): void {
	storage.removeItem(LEFT_AT_KEY);
}

/** Whether the app was away too long. A clock that runs backwards counts as too long: nobody can say how long it was. */
export function wasAwayTooLong(storage: Storage, nowMs: number): boolean {
	const minutes = readAutoLock(storage);
	const leftAt = storage.getItem(LEFT_AT_KEY);
	if (minutes === null || leftAt === null) return false;
	const awayMs = nowMs - Number(leftAt);
	return awayMs < 0 || awayMs >= minutes * MINUTE_MS;
}

/**
 * Watches the page and calls `lock` when it was out of sight too long: while still hidden if the timer runs,
 * else on the way back, before anything is read. Answers a function that stops watching.
 */
export function watchAbsence(page: Document, storage: Storage, lock: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;

	function lockIfDue() {
		if (wasAwayTooLong(storage, Date.now())) lock();
	}

	function changed() {
		clearTimeout(timer);
		if (page.visibilityState === 'visible') {
			lockIfDue();
			markBack(storage);
			return;
		}
		markLeft(storage, Date.now());
		const minutes = readAutoLock(storage);
		// Asked again when it fires: another tab may have come into sight meanwhile.
		if (minutes !== null) timer = setTimeout(lockIfDue, minutes * MINUTE_MS);
	}

	page.addEventListener('visibilitychange', changed);
	return () => {
		clearTimeout(timer);
		page.removeEventListener('visibilitychange', changed);
	};
}
