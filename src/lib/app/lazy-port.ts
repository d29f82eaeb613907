/** The engine's road to the server, whose code is fetched at the first request: the first screen needs none of it. */
import type { RemoteFailure } from '#lib/protocol/answers.ts';
import type { PokeSource, RemotePort } from '#lib/sync/remote-port.ts';

/** Answers null while the code or the server's address cannot be had. */
export type LoadPort = () => Promise<RemotePort | null>;

const OFFLINE: RemoteFailure = {
	ok: false,
	kind: 'offline',
	retryAfterMs: null,
	code: null,
	bytesSent: 0,
	bytesReceived: 0
};

export class LazyPort implements RemotePort {
	readonly pokes = new LazyPokes();
	readonly #load: LoadPort;
	#port: Promise<RemotePort | null> | null = null;

	constructor(load: LoadPort) {
		this.#load = load;
	}

	sync: RemotePort['sync'] = async (request, signal) => {
		const port = await this.#loaded();
		return port ? await port.sync(request, signal) : OFFLINE;
	};

	history: RemotePort['history'] = async (request, signal) => {
		const port = await this.#loaded();
		return port ? await port.history(request, signal) : OFFLINE;
	};

	async renewSession(): Promise<'renewed' | 'ended' | 'unreachable'> {
		const port = await this.#loaded();
		return port ? await port.renewSession() : 'unreachable';
	}

	async confirmWipe(clientId: string): Promise<void> {
		const port = await this.#loaded();
		await port?.confirmWipe(clientId);
	}

	/** A failed load is tried again with the next request. */
	async #loaded(): Promise<RemotePort | null> {
		this.#port ??= this.#load().catch((failure: unknown) => {
			console.warn('The code that speaks to the server was not loaded', failure);
			return null;
		});
		const port = await this.#port;
		if (port === null) this.#port = null;
		else this.pokes.handOver(port.pokes);
		return port;
	}
}

/** Remembers what the engine wants to hear of until there is somebody who can listen. */
class LazyPokes implements PokeSource {
	#source: PokeSource | null = null;
	#topics: readonly string[] = [];
	#isStopped = false;
	readonly #listeners = new Set<() => void>();

	follow(topics: readonly string[]): void {
		this.#topics = topics;
		this.#source?.follow(topics);
	}

	onPoke(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	live(): boolean {
		return this.#source?.live() ?? false;
	}

	stop(): void {
		this.#isStopped = true;
		this.#listeners.clear();
		this.#source?.stop();
	}

	handOver(source: PokeSource): void {
		if (this.#source !== null) return;
		this.#source = source;
		if (this.#isStopped) {
			source.stop();
			return;
		}
		source.onPoke(() => {
			for (const listener of this.#listeners) listener();
		});
		source.follow(this.#topics);
	}
}
