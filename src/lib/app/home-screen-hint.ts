/** Whether this phone's people have been told once why the app belongs on the home screen. */

const SEEN_KEY = 'connect10.home-screen-hint';

export function isHintSeen(storage: Pick<Storage, 'getItem'>): boolean {
	return storage.getItem(SEEN_KEY) !== null;
}

export function markHintSeen(storage: Pick<Storage, 'setItem'>): void {
	storage.setItem(SEEN_KEY, 'seen');
}
