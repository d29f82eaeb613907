import { expect, test } from 'vitest';
import { backPath, isPublic, signInPath } from '#lib/app/guard.ts';

const at = (path: string) => new URL(path, 'https://connect10.example');

test('only the door and the invitation open without a signed-in person', () => {
	expect(['/sign-in', '/join', '/', '/cases', '/join/x'].filter(isPublic)).toEqual([
		'/sign-in',
		'/join'
	]);
});

test('after signing in one comes to where one wanted to go', () => {
	const door = at(signInPath(at('/visits/7?tab=vitals#note')));
	expect(door.pathname).toBe('/sign-in');
	expect(backPath(door)).toBe('/visits/7?tab=vitals#note');
});

test('the plain way in carries nothing', () => {
	expect(signInPath(at('/'))).toBe('/sign-in');
	expect(backPath(at('/sign-in'))).toBe('/');
});

test.each([
	'//evil.example/x',
	'/\\evil.example',
	'https://evil.example',
	'javascript:alert(1)',
	'/sign-in?back=/cases',
	'/\t/evil.example'
])('a link cannot lead out of the app or round in circles: %s', (back) => {
	expect(backPath(at(`/sign-in?back=${encodeURIComponent(back)}`))).toBe('/');
});
