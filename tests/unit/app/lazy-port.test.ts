/** The road to the server is built at the first request; nothing that was wanted before is forgotten. */
import { expect, test } from 'vitest';
import { LazyPort } from '#lib/app/lazy-port.ts';
import type { RemotePort } from '#lib/sync/remote-port.ts';

/** A port that notes what it is told; `poke()` plays the server. */
function aPort() {
	const told: string[] = [];
	let listener: () => void = () => undefined;
	const port = {
		sync: () => Promise.resolve({ ok: true, value: {}, bytesSent: 1, bytesReceived: 2 }),
		pokes: {
			follow: (topics: readonly string[]) => void told.push(`follow ${topics.join()}`),
			onPoke: (run: () => void) => {
				listener = run;
				return () => undefined;
			},
			live: () => true,
			stop: () => void told.push('stop')
		}
	} as unknown as RemotePort;
	return { port, told, poke: () => listener() };
}

const ask = (port: LazyPort) =>
	port.sync({} as Parameters<RemotePort['sync']>[0], new AbortController().signal);

test('nothing is loaded before the first request, and then once', async () => {
	let loads = 0;
	const lazy = new LazyPort(() => {
		loads++;
		return Promise.resolve(aPort().port);
	});
	lazy.pokes.follow(['user:1']);
	expect(loads).toBe(0);
	await ask(lazy);
	await ask(lazy);
	expect(loads).toBe(1);
});

test('code that cannot be loaded counts as offline, and is tried again', async () => {
	const answers = [
		Promise.reject(new TypeError('no network')),
		Promise.resolve(null),
		Promise.resolve(aPort().port)
	];
	const lazy = new LazyPort(() => answers.shift() ?? Promise.resolve(null));
	expect(await ask(lazy)).toMatchObject({ ok: false, kind: 'offline' });
	expect(await ask(lazy)).toMatchObject({ ok: false, kind: 'offline' });
	expect(await ask(lazy)).toMatchObject({ ok: true });
});

test('topics and listeners from before the load hear the pokes after it', async () => {
	const { port, told, poke } = aPort();
	const lazy = new LazyPort(() => Promise.resolve(port));
	let pokes = 0;
	lazy.pokes.follow(['user:1']);
	lazy.pokes.onPoke(() => pokes++);
	expect(lazy.pokes.live()).toBe(false);
	await ask(lazy);
	poke();
	lazy.pokes.follow(['user:1', 'org:2']);
	expect([pokes, lazy.pokes.live()]).toEqual([1, true]);
	expect(told).toEqual(['follow user:1', 'follow user:1,org:2']);
});

test('a port that comes after the end is ended at once', async () => {
	const { port, told } = aPort();
	const lazy = new LazyPort(() => Promise.resolve(port));
	lazy.pokes.stop();
	await ask(lazy);
	expect(told).toEqual(['stop']);
});
