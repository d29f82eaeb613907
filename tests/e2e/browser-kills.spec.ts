/** The browser itself is killed while it writes (scorecard R5); `npm run drill -- browser-kills` does it at length. */
import { expect, test } from '@playwright/test';
import { killBrowsers } from '../drills/browser-kills.ts';

test('whatever a page was told is saved is there after the browser is killed, whole', async () => {
	const figures = await killBrowsers(2, Math.random);
	expect(figures.acknowledged).toBeGreaterThan(10);
	expect(figures).toMatchObject({ lost: 0, torn: 0 });
});
