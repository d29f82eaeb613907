import { expect, test } from 'vitest';
import { isAppNavigation } from '../../../src/service-worker/navigation.ts';

test.each(['/', '/cases', '/cases/0193-abc', '/settings/sync', '/join'])(
	'%s opens with the shell',
	(path) => expect(isAppNavigation('navigate', 'GET', path)).toBe(true)
);

test.each([
	'/auth/v1/logout',
	'/rest/v1/cases',
	'/realtime/v1/websocket',
	'/_app/version.json',
	'/config.json',
	'/icons/mark.svg'
])('%s is left to the server', (path) =>
	expect(isAppNavigation('navigate', 'GET', path)).toBe(false)
);

test('only page loads are answered', () => {
	expect(isAppNavigation('cors', 'GET', '/cases')).toBe(false);
	expect(isAppNavigation('navigate', 'POST', '/cases')).toBe(false);
});
