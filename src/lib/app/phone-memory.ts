/** What this phone must still know after it died at once: who uses it, and their sessions. */
import { durableStorage } from './durable-storage.ts';
import { PHONE_RECORD_KEY } from './phone-record.ts';

const SESSION_KEYS = 'connect10.session.';

export const phoneMemory = durableStorage(
	() => localStorage,
	(key) => key === PHONE_RECORD_KEY || key.startsWith(SESSION_KEYS),
	{ nowMs: () => Date.now() }
);
