/** One interaction with the board, by the page's own clock. */
import type { Page } from '@playwright/test';

interface Interaction {
	/** Pressed on what has focus. */
	readonly key?: string;
	/** Typed into the filter. */
	readonly type?: string;
	/** Name of a button. */
	readonly click?: string;
	/** What stands there when it is answered. */
	readonly ready?: string;
	/** Id of a visit that must stand in another row for it. */
	readonly moved?: string;
}

/** Milliseconds from the act to the frame after its answer stands in the document. */
export async function msOf(page: Page, interaction: Interaction): Promise<number> {
	return await page.evaluate(async ({ key, type, click, ready, moved }) => {
		const rowOf = (id: string) =>
			document.querySelector(`[data-visit="${id}"]`)?.closest<HTMLElement>('[data-cell]')?.dataset[
				'row'
			];
		const frame = () => new Promise(requestAnimationFrame);
		const board = () =>
			[...document.querySelectorAll('[role="columnheader"], [role="rowheader"]')]
				.filter((head) => head.closest('[hidden]') === null)
				.map((head) => head.textContent)
				.join();
		const rowBefore = moved === undefined ? undefined : rowOf(moved);
		const before = board();
		const isAnswered = () => {
			if (moved !== undefined) {
				const row = rowOf(moved);
				return row !== undefined && row !== rowBefore;
			}
			return ready === undefined ? board() !== before : document.querySelector(ready) !== null;
		};
		const startMs = performance.now();
		if (key !== undefined)
			document.activeElement?.dispatchEvent(
				new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
			);
		if (type !== undefined) {
			const field = document.querySelector<HTMLInputElement>('[role="search"] input');
			if (!field) throw new Error('There is no filter');
			field.value = type;
			field.dispatchEvent(new Event('input', { bubbles: true }));
		}
		if (click !== undefined)
			document.querySelector<HTMLElement>(`button[aria-label="${click}"]`)?.click();
		for (const giveUpMs = startMs + 10_000; !isAnswered();) {
			if (performance.now() > giveUpMs) throw new Error(`No answer to ${key ?? type ?? click}`);
			await frame();
		}
		// Drawn: a task after the frame that shows it.
		await frame();
		await new Promise((resolve) => setTimeout(resolve));
		return performance.now() - startMs;
	}, interaction);
}
