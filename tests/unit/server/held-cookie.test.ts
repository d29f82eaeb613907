/** The cookie that outlives what a browser deletes: who may have it set, and what it says. */
import { expect, test } from 'vitest';
import { heldAnswer, readHeld } from '#lib/server/held-cookie.ts';

/** Already the next day in Taipei. */
const now = '2026-11-21T16:30:00.000Z';
const asked = (url: string, headers: Record<string, string>) =>
	new Request(url, { method: 'POST', headers });
const own = (url: string) => asked(url, { 'sec-fetch-site': 'same-origin' });
const cookieOf = (response: Response) => response.headers.get('set-cookie');

test('says a day and nothing else, to the server alone, for as long as browsers allow', () => {
	const response = heldAnswer(own('https://care.example.tw/held'), now);
	expect(response.status).toBe(204);
	expect(cookieOf(response)).toBe(
		'connect10.held=2026-11-22; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict; Secure'
	);
});

test('is stored without https too, for this machine', () => {
	expect(cookieOf(heldAnswer(own('http://localhost:3000/held'), now))).not.toContain('Secure');
});

test('is taken away', () => {
	expect(cookieOf(heldAnswer(own('https://care.example.tw/held'), null))).toBe(
		'connect10.held=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure'
	);
});

test.each<[string, Record<string, string>]>([
	['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://care.example.tw' }],
	['a neighbour', { 'sec-fetch-site': 'same-site' }],
	['another site, in an old browser', { origin: 'https://elsewhere.example' }],
	['nobody in particular', {}]
])('%s sets nothing', (_, headers) => {
	const response = heldAnswer(asked('https://care.example.tw/held', headers), now);
	expect(response.status).toBe(403);
	expect(cookieOf(response)).toBeNull();
});

test('an old browser says by its origin that the page is ours', () => {
	const request = asked('https://care.example.tw/held', { origin: 'https://care.example.tw' });
	expect(heldAnswer(request, now).status).toBe(204);
});

test('what is no day was never held', () => {
	expect(readHeld('2026-11-22')).toBe('2026-11-22');
	for (const value of [undefined, '', '2026-02-30', '<script>', '2026-11-22; x'])
		expect(readHeld(value)).toBeNull();
});
