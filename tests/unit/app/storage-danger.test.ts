/** Who is warned that a browser may delete unsent work, from when on, and who is told that it has. */
import { expect, test } from 'vitest';
import {
	deletedSince,
	keepingOf,
	unsentDanger,
	type BrowserFacts,
	type Keeping
} from '#lib/app/storage-danger.ts';

const chrome: BrowserFacts = { isInstalled: false, isWebKit: false };
const safari: BrowserFacts = { isInstalled: false, isWebKit: true };
const homeScreen: BrowserFacts = { isInstalled: true, isWebKit: true };

test.each<[string, BrowserFacts, boolean | null, Keeping]>([
	['Safari in a tab', safari, false, 'week'],
	['Safari that does not say', safari, null, 'week'],
	['Safari that has promised', safari, true, 'kept'],
	['the home screen of an iPhone', homeScreen, false, 'kept'],
	['Chrome in a tab', chrome, false, 'space'],
	['Chrome that does not say', chrome, null, 'space'],
	['Chrome that has promised', chrome, true, 'kept'],
	['the home screen of an Android', { ...chrome, isInstalled: true }, null, 'kept']
])('%s (%o, promised: %s): %s', (_, browser, persisted, keeping) => {
	expect(keepingOf(browser, persisted)).toBe(keeping);
});

const now = '2026-11-22T01:00:00.000Z';
const waiting = (oldestPendingAt: string | null, pendingCount = 3) => ({
	pendingCount,
	oldestPendingAt
});

test('work that has waited for a day is in danger, a minute less is not', () => {
	const since = '2026-11-21T01:00:00.000Z';
	expect(unsentDanger('space', waiting(since), now)).toEqual({
		count: 3,
		since,
		earliestOn: null
	});
	expect(unsentDanger('space', waiting('2026-11-21T01:01:00.000Z'), now)).toBeNull();
});

test('no danger is spoken of where nothing waits or the browser keeps it', () => {
	const old = '2026-11-01T01:00:00.000Z';
	expect(unsentDanger('week', waiting(null, 0), now)).toBeNull();
	expect(unsentDanger('kept', waiting(old), now)).toBeNull();
});

test.each([
	['2026-11-22T01:00:00.000Z', '2026-11-29'],
	// In Taipei the next day has begun.
	['2026-11-22T16:30:00.000Z', '2026-11-30'],
	['2026-12-27T01:00:00.000Z', '2027-01-03']
])('the seven days of WebKit are counted from the use at %s, in Taipei days: %s', (at, day) => {
	const danger = unsentDanger('week', waiting('2026-11-20T01:00:00.000Z'), at);
	expect(danger?.earliestOn).toBe(day);
});

test('a phone without any memory that once held data has lost it', () => {
	expect(deletedSince('2026-11-20', true, safari)).toBe('2026-11-20');
	expect(deletedSince('2026-11-20', true, chrome)).toBe('2026-11-20');
});

test('nothing was deleted on a new phone, and on one whose people have signed out', () => {
	expect(deletedSince(null, true, safari)).toBeNull();
	expect(deletedSince('2026-11-20', false, safari)).toBeNull();
});

test("a new home-screen app of an iPhone is no loss, though it begins with Safari's cookies; on other phones it shares the data", () => {
	expect(deletedSince('2026-11-20', true, homeScreen)).toBeNull();
	expect(deletedSince('2026-11-20', true, { isInstalled: true, isWebKit: false })).toBe(
		'2026-11-20'
	);
});
