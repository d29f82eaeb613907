/** A client in a page of its own browser profile, with a line of its own to the servers. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Client, Edit, Settings, ShownRow, WorkTable } from './contract.ts';
import type { Gateway } from './gateway.ts';

export class PeerPhone {
	readonly gateway: Gateway;
	readonly #context: BrowserContext;
	readonly #settings: Settings;
	#page: Page | null = null;

	private constructor(gateway: Gateway, context: BrowserContext, settings: Settings) {
		this.gateway = gateway;
		this.#context = context;
		this.#settings = settings;
	}

	static async open(
		browser: Browser,
		gateway: Gateway,
		settings: Omit<Settings, 'url'>
	): Promise<PeerPhone> {
		const context = await browser.newContext({ ignoreHTTPSErrors: true });
		const phone = new PeerPhone(gateway, context, { ...settings, url: gateway.url });
		await phone.openPage();
		return phone;
	}

	/** The page is opened (again) on what the profile holds. */
	async openPage(): Promise<void> {
		this.#page = await this.#context.newPage();
		await this.#page.goto(this.gateway.url);
		await this.#page.addScriptTag({ url: '/client.js', type: 'module' });
		await this.#page.waitForFunction(() => 'client' in globalThis);
		await this.#page.evaluate((settings) => globalThis.client.open(settings), this.#settings);
	}

	/** The page is gone in the midst of whatever it does. */
	async kill(): Promise<void> {
		await this.#page?.close({ runBeforeUnload: false });
		this.#page = null;
	}

	async close(): Promise<void> {
		await this.#context.close();
		await this.gateway.stop();
	}

	async sync(): Promise<void> {
		await this.#inPage.evaluate(() => globalThis.client.sync());
	}

	async save(edits: readonly Edit[]): Promise<void> {
		await this.#inPage.evaluate((saved) => globalThis.client.save(saved), edits);
	}

	async dump(): Promise<Readonly<Record<WorkTable, readonly ShownRow[]>>> {
		return await this.#inPage.evaluate(() => globalThis.client.dump());
	}

	/** Milliseconds of one order, by the page's own clock. */
	async time(order: 'sync'): Promise<number>;
	async time(order: 'save', edits: readonly Edit[]): Promise<number>;
	async time(order: 'rowsOfCase', caseId: string): Promise<number>;
	async time(order: keyof Client, argument?: unknown): Promise<number> {
		return await this.#inPage.evaluate(
			async ([name, given]) => {
				const startMs = performance.now();
				await (globalThis.client[name] as (argument: unknown) => Promise<unknown>)(given);
				return performance.now() - startMs;
			},
			[order, argument] as const
		);
	}

	get #inPage(): Page {
		if (this.#page === null) throw new Error('The page is closed.');
		return this.#page;
	}
}
