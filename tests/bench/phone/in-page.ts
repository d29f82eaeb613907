/** What is measured inside the page, by its own clock. */
import type { Page } from '@playwright/test';

/** From a tap on the link to the moment when `ready` stands on the screen. Milliseconds. */
export async function msFromTap(page: Page, link: string, ready: string): Promise<number> {
	return await page.evaluate(
		async ({ link, ready }) => {
			let target: HTMLElement | null;
			while (!(target = document.querySelector<HTMLElement>(link)))
				await new Promise(requestAnimationFrame);
			const startMs = performance.now();
			target.click();
			while (!document.querySelector(ready)) await new Promise(requestAnimationFrame);
			return performance.now() - startMs;
		},
		{ link, ready }
	);
}

/** From a letter typed into the search field to the list that answers it. Milliseconds. */
export async function msOfSearch(page: Page, text: string): Promise<number> {
	return await page.evaluate(async (text) => {
		const field = document.querySelector<HTMLInputElement>('[role="search"] input');
		if (!field) throw new Error('There is no search field');
		// Two names may be found equally often: the people listed tell the answers apart.
		const listed = () => document.querySelector('#content [role="list"]')?.textContent;
		const before = listed();
		const startMs = performance.now();
		field.value = text;
		field.dispatchEvent(new Event('input', { bubbles: true }));
		while (listed() === before) await new Promise(requestAnimationFrame);
		return performance.now() - startMs;
	}, text);
}

/** From now on the page remembers how long each strict transaction over the outbox took, from its opening to its completion. */
export async function watchCommits(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const times: number[] = [];
		Reflect.set(globalThis, 'commitTimes', times);
		// Called with the database that it was taken from.
		// eslint-disable-next-line @typescript-eslint/unbound-method
		const open = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (stores, mode, options) {
			const startMs = performance.now();
			const transaction = open.call(this, stores, mode, options);
			const isCommit =
				mode === 'readwrite' &&
				options?.durability === 'strict' &&
				transaction.objectStoreNames.contains('outbox') &&
				!transaction.objectStoreNames.contains('meta');
			if (isCommit)
				transaction.addEventListener('complete', () => times.push(performance.now() - startMs));
			return transaction;
		};
	});
}

export async function commitTimes(page: Page): Promise<number[]> {
	return await page.evaluate(() => Reflect.get(globalThis, 'commitTimes') as number[]);
}

/** The form of the message takes the next one. Asked without reading the page, which would take some of the time that is measured. */
export async function untilSent(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			document.querySelector('textarea')?.value === '' &&
			!document.querySelector('button[aria-busy="true"]'),
		undefined,
		{ polling: 20 }
	);
}

export async function untilIdle(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await new Promise((resolve) => requestIdleCallback(resolve));
	});
}

/** The page notes the moment when the line is back. */
export async function listenForLine(page: Page): Promise<void> {
	await page.evaluate(() =>
		addEventListener('online', () => Reflect.set(globalThis, 'onlineAtMs', performance.now()), {
			once: true
		})
	);
}

/** From the moment when the line was back to the moment when the text stands on the screen. Milliseconds. */
export async function msFromLineTo(page: Page, text: string): Promise<number> {
	const shown = await page.waitForFunction(
		(wanted) => document.body.textContent.includes(wanted) && performance.now(),
		text,
		{ polling: 'raf', timeout: 60_000 }
	);
	const onlineAtMs = await page.evaluate(() => Number(Reflect.get(globalThis, 'onlineAtMs')));
	return Number(await shown.jsonValue()) - onlineAtMs;
}
