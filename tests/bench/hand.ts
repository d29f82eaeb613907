/** A person's hand at the app: what it does is counted in acts and, at the pace of a hand, takes the time that a hand takes. */
import { expect, type Locator, type Page } from '@playwright/test';

/** How long a hand takes, besides what the app takes. Milliseconds. */
export interface Pace {
	/** To look for what to tap and to tap it; the same for a mouse's click. */
	readonly tapMs: number;
	/** A digit on the phone's number pad, or a key. */
	readonly digitMs: number;
}

/**
 * Of somebody who knows the screen, after the keystroke-level model (Card, Moran, Newell 1980): pointing takes 1.1 s, a button's
 * press 0.1 s, an average typist's key 0.28 s. Looking and deciding are in the tap; nobody has held a stopwatch to it yet.
 */
export const HUMAN: Pace = { tapMs: 1200, digitMs: 300 };

/** Each tap, each choice and each field that is filled in counts as one act, what is typed into a field only as time. */
export class Hand {
	acts = 0;
	/** What of the time was the hand's own. Milliseconds. */
	restedMs = 0;
	readonly #pace: Pace | null;

	/** @param pace null for a hand that is as quick as the app */
	constructor(pace: Pace | null) {
		this.#pace = pace;
	}

	async tap(target: Locator): Promise<void> {
		await expect(target).toBeVisible();
		await this.#rest(this.#pace?.tapMs);
		this.acts += 1;
		await target.click();
	}

	async enter(field: Locator, digits: string): Promise<void> {
		await this.tap(field);
		for (const digit of digits) {
			await this.#rest(this.#pace?.digitMs);
			await field.press(digit);
		}
	}

	/** Words, in place of what stands in the field; Han characters take the keys of their sounds: three each. */
	async write(field: Locator, text: string): Promise<void> {
		await this.tap(field);
		const keys = [...text].reduce((sum, sign) => sum + (/\p{Script=Han}/u.test(sign) ? 3 : 1), 0);
		await this.#rest(this.#pace && keys * this.#pace.digitMs);
		await field.fill(text);
	}

	/** From a list that opens: one act to open it, one to choose. */
	async choose(list: Locator, option: { readonly label: string } | string): Promise<void> {
		await expect(list).toBeVisible();
		await this.#rest(this.#pace && 2 * this.#pace.tapMs);
		this.acts += 2;
		await list.selectOption(option);
	}

	/** With the mouse, from the middle of one thing to the middle of another: pointing twice, one act. */
	async drag(page: Page, from: Locator, to: Locator): Promise<void> {
		await from.scrollIntoViewIfNeeded();
		const [start, end] = await Promise.all([from.boundingBox(), to.boundingBox()]);
		if (!start || !end) throw new Error('What is dragged, or where to, is not on the screen');
		await this.#rest(this.#pace?.tapMs);
		await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
		await page.mouse.down();
		await this.#rest(this.#pace?.tapMs);
		await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
		this.acts += 1;
		await page.mouse.up();
	}

	async #rest(ms: number | null | undefined): Promise<void> {
		if (ms === undefined || ms === null) return;
		this.restedMs += ms;
		await new Promise((resolve) => setTimeout(resolve, ms));
	}
}
