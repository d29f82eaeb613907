/** What a person has said about notices on this phone: turned off by hand, or "not now" to the hint. */

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const OFF_KEY = 'connect10.notices-off.';
const NOT_NOW_KEY = 'connect10.notices-not-now';
/** Milliseconds. */
const HINT_AGAIN_MS = 14 * 86_400_000;

/** This browser can show notices of a closed app at all; on iOS only from the home screen. */
export function canNotify(): boolean {
	return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/** Allowed once, and not turned off by hand since. */
export function areWanted(userId: string, storage: Memory): boolean {
	return canNotify() && Notification.permission === 'granted' && !isTurnedOff(userId, storage);
}

export function isTurnedOff(userId: string, storage: Memory): boolean {
	return storage.getItem(OFF_KEY + userId) !== null;
}

export function setTurnedOff(userId: string, isOff: boolean, storage: Memory): void {
	if (isOff) storage.setItem(OFF_KEY + userId, 'off');
	else storage.removeItem(OFF_KEY + userId);
}

/** Not for a fortnight after "not now"; a clock that was set back does not make it longer. */
export function isHintDue(nowMs: number, storage: Memory): boolean {
	const saidAtMs = Number(storage.getItem(NOT_NOW_KEY) ?? NaN);
	return !(Math.abs(nowMs - saidAtMs) < HINT_AGAIN_MS);
}

export function postponeHint(nowMs: number, storage: Memory): void {
	storage.setItem(NOT_NOW_KEY, String(nowMs));
}
