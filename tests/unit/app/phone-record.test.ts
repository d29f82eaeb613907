import { expect, test } from 'vitest';
import {
	afterWrongPassword,
	EMPTY_RECORD,
	pauseLeftMs,
	PHONE_RECORD_KEY,
	readRecord,
	withoutUser,
	withUser,
	writeRecord,
	type RememberedUser
} from '#lib/app/phone-record.ts';
import { memoryStorage } from './memory-storage.ts';

const nowMs = Date.parse('2026-11-22T01:00:00Z');

function aUser(userId: string, part: Partial<RememberedUser> = {}): RememberedUser {
	return {
		me: { userId, email: `${userId}@example.tw`, displayName: userId, memberships: [] },
		verifier: { salt: 'c2FsdA==', hash: 'aGFzaA==', iterations: 600_000 },
		usedAt: '2026-11-22T01:00:00.000Z',
		failures: 0,
		tryAgainAt: null,
		...part
	};
}

test('what was written is read again', () => {
	const storage = memoryStorage();
	const record = {
		...withUser(EMPTY_RECORD, aUser('yi-jun')),
		activeUserId: 'yi-jun',
		locked: true
	};
	writeRecord(storage, record);
	expect(readRecord(storage)).toEqual(record);
});

test.each([
	['nothing', null],
	['a torn write', '{"users":[{"me"'],
	['another shape', '{"users":[{"me":{}}],"activeUserId":null,"locked":false,"wipingUserId":null}'],
	['no object', '"hello"']
])('%s counts as nobody remembered', (_, text) => {
	const storage = memoryStorage();
	if (text !== null) storage.setItem(PHONE_RECORD_KEY, text);
	expect(readRecord(storage)).toEqual(EMPTY_RECORD);
});

test('the one who used the phone last stands first, and once', () => {
	const record = withUser(withUser(withUser(EMPTY_RECORD, aUser('a')), aUser('b')), aUser('a'));
	expect(record.users.map(({ me }) => me.userId)).toEqual(['a', 'b']);
});

test('taking one away leaves the others, and closes the app if it was theirs', () => {
	const both = { ...withUser(withUser(EMPTY_RECORD, aUser('a')), aUser('b')), activeUserId: 'b' };
	expect(withoutUser(both, 'b')).toMatchObject({
		activeUserId: null,
		users: [{ me: { userId: 'a' } }]
	});
	expect(withoutUser(both, 'a')).toMatchObject({
		activeUserId: 'b',
		users: [{ me: { userId: 'b' } }]
	});
});

test('after five wrong passwords the lock makes people wait, longer each time, at most 15 minutes', () => {
	let user = aUser('a');
	const pausesS: number[] = [];
	for (let tries = 0; tries < 12; tries++) {
		user = { ...user, ...afterWrongPassword(user, nowMs) };
		pausesS.push(pauseLeftMs(user, nowMs) / 1000);
	}
	expect(pausesS).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
});

test('a clock that was set back does not lock anybody out for longer than the longest pause', () => {
	const user = aUser('a', { failures: 5, tryAgainAt: '2030-01-01T00:00:00.000Z' });
	expect(pauseLeftMs(user, nowMs)).toBe(15 * 60_000);
});
