/** Keeps the server's cookie in step with this browser: it holds data, or it was erased on purpose. Never in anybody's way. */

/** Goes with the data when the browser deletes it, so that the next sync tells the server again. */
const TOLD_KEY = 'connect10.held-told-on';

export interface HeldMarkParts {
	readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
	/** Whether the server has taken it. */
	readonly tell: (holds: boolean) => Promise<boolean>;
}

export class HeldMark {
	readonly #parts: HeldMarkParts;
	#isTelling = false;

	constructor(parts: HeldMarkParts) {
		this.#parts = parts;
	}

	/** After a sync that worked: asks the server at most once a day; what fails is tried after the next one. @param today Taipei day */
	async renew(today: string): Promise<void> {
		const { storage, tell } = this.#parts;
		if (this.#isTelling || storage.getItem(TOLD_KEY) === today) return;
		this.#isTelling = true;
		const isTaken = await tell(true).catch(() => false);
		this.#isTelling = false;
		if (isTaken) storage.setItem(TOLD_KEY, today);
	}

	/** After everything was erased on purpose. What fails is tried at the next start. */
	async clear(): Promise<void> {
		this.#parts.storage.removeItem(TOLD_KEY);
		await this.#parts.tell(false).catch(() => false);
	}
}
