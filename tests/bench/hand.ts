/** A person's hand at the app: what it does is counted in acts and, at the pace of a hand, takes the time that a hand takes. */
import { expect, type Locator } from '@playwright/test';

/** How long a hand takes, besides what the app takes. Milliseconds. */
export interface Pace {
	/** To look for what to tap and to tap it. */
	readonly tapMs: number;
	/** A digit on the phone's number pad. */
	readonly digitMs: number;
}

/**
 * Of somebody who knows the screen, after the keystroke-level model (Card, Moran, Newell 1980): pointing takes 1.1 s, a button's
 * press 0.1 s, an average typist's key 0.28 s. Looking and deciding are in the tap; nobody has held a stopwatch to it yet.
 */
export const HUMAN: Pace = { tapMs: 1200, digitMs: 300 };

/** Each tap and each field that is filled in counts as one act, what is typed into a field only as time. */
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
		await this.#act(target);
		await target.click();
	}

	async enter(field: Locator, digits: string): Promise<void> {
		await this.tap(field);
		for (const digit of digits) {
			await this.#rest(this.#pace?.digitMs);
			await field.press(digit);
		}
	}

	/** Typed, or taken up in what is typed: a date, a time, a word. */
	async fill(field: Locator, value: string): Promise<void> {
		await this.#act(field);
		await this.#rest((this.#pace?.digitMs ?? 0) * value.length);
		await field.fill(value);
		await field.blur();
	}

	/** A line typed into the field that has the focus, and Enter. One act, like a field that is filled in. */
	async write(field: Locator, line: string): Promise<void> {
		await expect(field).toBeFocused();
		await this.#act(field);
		await this.#rest((this.#pace?.digitMs ?? 0) * (line.length + 1));
		await field.fill(line);
		await field.press('Enter');
	}

	/** One of a list: opened, looked through, taken. */
	async choose(field: Locator, option: string | { readonly label: string }): Promise<void> {
		await this.#act(field);
		await this.#rest(this.#pace?.tapMs);
		await field.selectOption(option);
	}

	/** Picked up with the mouse in one place and let go in another: two acts. Both must be in sight together. */
	async drag(from: Locator, to: Locator): Promise<void> {
		const { mouse } = from.page();
		await this.#act(from);
		await from.evaluate((element) => {
			element.scrollIntoView({ block: 'start' });
		});
		const [start, end] = [await middleOf(from), await middleOf(to)];
		await mouse.move(start.x, start.y);
		await mouse.down();
		await mouse.move(end.x, end.y, { steps: 8 });
		await this.#act(to);
		await mouse.up();
	}

	async #act(target: Locator): Promise<void> {
		await expect(target).toBeVisible();
		await this.#rest(this.#pace?.tapMs);
		this.acts += 1;
	}

	async #rest(ms: number | undefined): Promise<void> {
		if (ms === undefined) return;
		this.restedMs += ms;
		await new Promise((resolve) => setTimeout(resolve, ms));
	}
}

async function middleOf(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
	const box = await target.boundingBox();
	if (!box) throw new Error('What is carried, or where to, is not on the screen');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
