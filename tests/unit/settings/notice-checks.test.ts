/** The diagnosis: the first step that is not well is the last one shown. */
import { expect, test } from 'vitest';
import { isOn, noticeChecks } from '#lib/features/settings/notice-checks.ts';
import type { NoticeFacts } from '#lib/features/settings/notices-port.ts';

const NOW_MS = Date.parse('2026-11-23T10:00:00Z');
const secondsAgo = (seconds: number) => new Date(NOW_MS - seconds * 1000).toISOString();

const SERVER = {
	offers: true,
	known: true,
	tickedAt: secondsAgo(5),
	askedAt: secondsAgo(0),
	last: { state: 'shown', at: secondsAgo(60) }
} as const;
const WELL: NoticeFacts = {
	supported: true,
	needsInstall: false,
	permission: 'granted',
	subscribed: true,
	server: SERVER
};

test.each<[string, Partial<NoticeFacts>, string[], boolean]>([
	['all is well', {}, ['support ok', 'permission ok', 'known ok', 'engine ok', 'last ok'], true],
	['an iPhone in Safari', { needsInstall: true, supported: false }, ['install bad'], true],
	[
		'a browser that cannot',
		{ supported: false, permission: 'default', subscribed: false },
		['support bad'],
		false
	],
	[
		'nobody was asked',
		{ permission: 'default', subscribed: false },
		['support ok', 'permission todo'],
		false
	],
	['blocked', { permission: 'denied', subscribed: false }, ['support ok', 'permission bad'], false],
	[
		'lost by the browser',
		{ subscribed: false },
		['support ok', 'permission ok', 'known todo'],
		false
	],
	[
		'forgotten by the server',
		{ server: { ...SERVER, known: false } },
		['support ok', 'permission ok', 'known todo'],
		false
	],
	['offline', { server: null }, ['support ok', 'permission ok', 'known unknown'], true],
	[
		'a server without notices',
		{ server: { ...SERVER, offers: false } },
		['support ok', 'permission ok', 'known ok', 'engine bad'],
		true
	],
	[
		'an engine that stands',
		{ server: { ...SERVER, tickedAt: secondsAgo(61) } },
		['support ok', 'permission ok', 'known ok', 'engine bad'],
		true
	],
	[
		'an engine that never ran',
		{ server: { ...SERVER, tickedAt: null } },
		['support ok', 'permission ok', 'known ok', 'engine bad'],
		true
	],
	[
		'never any notice',
		{ server: { ...SERVER, last: null } },
		['support ok', 'permission ok', 'known ok', 'engine ok', 'last todo'],
		true
	],
	[
		'one that did not arrive',
		{ server: { ...SERVER, last: { state: 'failed', at: secondsAgo(9) } } },
		['support ok', 'permission ok', 'known ok', 'engine ok', 'last bad'],
		true
	],
	[
		'one on its way',
		{ server: { ...SERVER, last: { state: 'accepted', at: secondsAgo(9) } } },
		['support ok', 'permission ok', 'known ok', 'engine ok', 'last unknown'],
		true
	]
])('%s', (_, part, expected, on) => {
	const facts = { ...WELL, ...part };
	expect(noticeChecks(facts).map(({ name, state }) => `${name} ${state}`)).toEqual(expected);
	expect(isOn(facts)).toBe(on);
});

test('an engine is late after a minute, not before', () => {
	const facts = { ...WELL, server: { ...SERVER, tickedAt: secondsAgo(60) } };
	expect(noticeChecks(facts)).toContainEqual({ name: 'engine', state: 'ok' });
});
