/**
 * R5: a real Chromium is killed with SIGKILL at random moments while a page records work with the product's engine, and opened again on
 * the same profile. What the page was told is saved has been said to a server outside the browser; all of it must be there.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { Phone } from '../fixtures/e2e-phone.ts';
import type { Held } from './browser-kills.page.ts';

export interface KillFigures {
	readonly kills: number;
	/** Intents that the page was told are saved. */
	readonly acknowledged: number;
	/** Of these, not there afterwards. */
	readonly lost: number;
	/** Rows without their outbox entry, or entries without their rows. */
	readonly torn: number;
	/** Stored, and the browser died before anybody was told. */
	readonly unheard: number;
}

/** @param fraction in [0, 1), where the kill falls */
export async function killBrowsers(kills: number, fraction: () => number): Promise<KillFigures> {
	const listener = new Listener(await scriptOf('./browser-kills.page.ts'));
	const url = await listener.start();
	const phone = await Phone.make(url);
	try {
		for (let kill = 0; kill < kills; kill++) {
			await phone.start('/', { offline: false });
			await listener.hears(1 + Math.floor(fraction() * 60));
			await new Promise((resolve) => setTimeout(resolve, fraction() * 25));
			await phone.kill();
		}
		await phone.start('/', { offline: false });
		const { mids, torn } = await listener.nextHeld();
		const there = new Set(mids);
		const acknowledged = [...listener.saved];
		return {
			kills,
			acknowledged: acknowledged.length,
			lost: acknowledged.filter((mid) => !there.has(mid)).length,
			torn: torn.length,
			unheard: mids.filter((mid) => !listener.saved.has(mid)).length
		};
	} finally {
		await phone.throwAway();
		listener.stop();
	}
}

/** The page's only connection to the world. */
class Listener {
	readonly saved = new Set<string>();
	readonly #server;
	#held = Promise.withResolvers<Held>();
	#onSaved: () => void = () => undefined;

	constructor(script: string) {
		const page = `<!doctype html><meta charset="utf-8"><title>R5</title><script type="module">${script}</script>`;
		this.#server = createServer((request, response) => {
			void (async () => {
				const body = await bodyOf(request);
				// Sent by the page of this drill.
				if (request.url === '/held') this.#held.resolve(JSON.parse(body) as Held);
				if (request.url === '/saved') this.#note(JSON.parse(body) as string[]);
				response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
				response.end(request.url === '/' ? page : '');
			})().catch(() => response.destroy());
		});
	}

	async start(): Promise<string> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		// A TCP server's address is an AddressInfo; only a pipe's is a string.
		const { port } = this.#server.address() as AddressInfo;
		return `http://localhost:${port}/`;
	}

	/** Until so many more intents were said to be saved. */
	async hears(count: number): Promise<void> {
		await this.nextHeld();
		const wanted = this.saved.size + count;
		const { promise, resolve } = Promise.withResolvers<undefined>();
		this.#onSaved = () => {
			if (this.saved.size >= wanted) resolve(undefined);
		};
		await promise;
	}

	/** What the page that is open now has found at its start. */
	async nextHeld(): Promise<Held> {
		const held = await this.#held.promise;
		this.#held = Promise.withResolvers<Held>();
		return held;
	}

	stop(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}

	#note(mids: readonly string[]): void {
		for (const mid of mids) this.saved.add(mid);
		this.#onSaved();
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString();
}

async function scriptOf(file: string): Promise<string> {
	const built = await build({
		configFile: false,
		root: fileURLToPath(new URL('../..', import.meta.url)),
		logLevel: 'error',
		define: { 'process.env.NODE_ENV': '"production"' },
		build: {
			write: false,
			target: 'es2022',
			modulePreload: false,
			rolldownOptions: {
				input: fileURLToPath(new URL(file, import.meta.url)),
				output: { codeSplitting: false }
			}
		}
	});
	// Neither several outputs nor a watcher was asked for.
	const { output } = built as Rolldown.RolldownOutput;
	return output[0].code.replaceAll('</script', '<\\/script');
}
