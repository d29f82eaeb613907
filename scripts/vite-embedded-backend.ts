/** Gives `vite dev` the embedded backend: opened when the server starts, sockets passed on to it. */
import type { UpgradeHandler } from '#lib/server/process-backend.ts';
import type { Plugin } from 'vite';

const UPGRADE = Symbol.for('connect10.upgrade');
const SHUTDOWN = Symbol.for('connect10.shutdown');

/** `hooks.server.ts` leaves these when it has opened the backend. */
interface ProcessState {
	[UPGRADE]?: UpgradeHandler;
	[SHUTDOWN]?: () => Promise<void>;
}

export function embeddedBackendPlugin(): Plugin {
	return {
		name: 'connect10-embedded-backend',
		apply: 'serve',
		configureServer(server) {
			const state = globalThis as ProcessState;
			const passOn: UpgradeHandler = (request, socket, head) => {
				if (request.url?.startsWith('/realtime/v1/')) state[UPGRADE]?.(request, socket, head);
			};
			server.httpServer?.on('upgrade', passOn);
			// SvelteKit runs its `init` hook at the first request; the backend should not wait for one.
			server.httpServer?.once('listening', () => {
				const address = server.httpServer?.address();
				if (typeof address === 'object' && address !== null) {
					void fetch(`http://localhost:${address.port}/config.json`).catch(() => {});
				}
			});
			for (const signal of ['SIGINT', 'SIGTERM'] as const) {
				process.once(signal, () => {
					void Promise.resolve(state[SHUTDOWN]?.()).finally(() => process.exit(0));
				});
			}
		}
	};
}
