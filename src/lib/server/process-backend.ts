/**
 * The one embedded backend of this process, found again after a hot reload.
 *
 * It is kept on `globalThis`, because a reload makes new modules but must not open the same
 * database twice. The HTTP server around SvelteKit finds its two entries under the same symbols.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EmbeddedConfig } from './config.ts';
import type { ProductBackend, StartInfo } from './embedded/start-product.ts';

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

interface ProcessState {
	[START_INFO]?: StartInfo;
	[BACKEND]?: Promise<ProductBackend>;
	[UPGRADE]?: UpgradeHandler;
	[SHUTDOWN]?: () => Promise<void>;
}

const BACKEND = Symbol.for('connect10.backend');
const UPGRADE = Symbol.for('connect10.upgrade');
const SHUTDOWN = Symbol.for('connect10.shutdown');
const START_INFO = Symbol.for('connect10.start-info');

// The symbols are this file's own, so nothing else gives them another type.
const state = globalThis as ProcessState;

export function embeddedBackend(config: EmbeddedConfig): Promise<ProductBackend> {
	state[BACKEND] ??= open(config);
	return state[BACKEND];
}

/** What has to end before the backend does. */
export function beforeShutdown(end: () => Promise<void>): void {
	const next = state[SHUTDOWN];
	state[SHUTDOWN] = async () => {
		await end();
		await next?.();
	};
}

async function open(config: EmbeddedConfig): Promise<ProductBackend> {
	// Imported here only: with a Supabase of its own the process never loads PGlite.
	const { startProduct } = await import('./embedded/start-product.ts');
	const { createReporter } = await import('./embedded/reporter.ts');
	const backend = await startProduct(config, createReporter(process.stdout));
	state[START_INFO] = backend.info;
	state[UPGRADE] = backend.handleUpgrade;
	state[SHUTDOWN] = () => backend.close();
	return backend;
}
