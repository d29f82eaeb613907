/** A real server for simulated phones: the embedded backend or PostgREST on Postgres behind the same few functions. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SessionStore } from '#lib/remote/session-store.ts';
import { signIn } from '#lib/remote/auth.ts';
import type { ServerConfig } from '#lib/remote/server-config.ts';
import { startEmbedded, type EmbeddedServer } from '../../fixtures/embedded-server.ts';
import { freePort } from '../../fixtures/postgres-cluster.ts';
import {
	startPostgrest,
	type PostgrestOptions,
	type PostgrestServer
} from '../../fixtures/postgrest-server.ts';

export interface Backend {
	readonly config: ServerConfig;
	/** Where the database stands; to be touched only while the server is down. */
	readonly databaseDir: string;
	sql<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
	exec(script: string): Promise<void>;
	createUser(name: string): Promise<string>;
	/** Signs this person in on one more phone: a storage that holds the session. */
	signIn(userId: string): Promise<Storage>;
	/** The same token as it would be after its end; null where none can be made. */
	aged(accessToken: string): string | null;
	/** SIGKILL, then a new process on the same data and port; `between` runs while nothing answers. */
	killAndRestart(between?: () => Promise<void>): Promise<void>;
	stop(): Promise<void>;
}

const PASSWORD = 'connect10-test';

export class EmbeddedBackend implements Backend {
	#server: EmbeddedServer;
	readonly #emails = new Map<string, string>();
	/** The folder was made for this server, which deletes it in the end. */
	#ownsData = false;

	private constructor(server: EmbeddedServer) {
		this.#server = server;
	}

	/** On a port of its own, which it keeps when it is started again. */
	static async start(options: Parameters<typeof startEmbedded>[0] = {}): Promise<EmbeddedBackend> {
		return new EmbeddedBackend(await startEmbedded({ port: await freePort(), ...options }));
	}

	get config(): ServerConfig {
		return {
			supabaseUrl: this.#server.url,
			publishableKey: this.#server.publishableKey,
			version: 'test',
			demo: false
		};
	}

	get dataDir(): string {
		return this.#server.dataDir;
	}

	get databaseDir(): string {
		return join(this.dataDir, 'db');
	}

	aged(): null {
		return null;
	}

	async sql<T>(text: string, params?: unknown[]): Promise<T[]> {
		return await this.#server.sql<T>(text, params);
	}

	async exec(script: string): Promise<void> {
		await this.#server.exec(script);
	}

	async createUser(name: string): Promise<string> {
		const email = `${name}-${crypto.randomUUID()}@example.org`;
		const userId = await this.#server.createUser({ email, password: PASSWORD, displayName: name });
		this.#emails.set(userId, email);
		return userId;
	}

	async signIn(userId: string): Promise<Storage> {
		const storage = memoryStorage();
		const parts = { config: this.config, sessions: new SessionStore(storage) };
		const outcome = await signIn(parts, this.#emails.get(userId) ?? '', PASSWORD);
		if (!outcome.ok) throw new Error(`Sign-in failed: ${outcome.problem.kind}`);
		return storage;
	}

	async killAndRestart(between: () => Promise<void> = () => Promise.resolve()): Promise<void> {
		const { dataDir, url } = this.#server;
		await this.#server.kill();
		await between();
		this.#server = await startEmbedded({ dataDir, port: Number(new URL(url).port) });
	}

	/** A second server on a copy of this one's data as it stands, with the same people. Nothing may be under way. */
	async copy(): Promise<EmbeddedBackend> {
		const dataDir = await mkdtemp(join(tmpdir(), 'connect10-'));
		await cp(this.dataDir, dataDir, {
			recursive: true,
			filter: (entry) => !basename(entry).startsWith('lock')
		});
		const twin = await EmbeddedBackend.start({ dataDir });
		twin.#ownsData = true;
		for (const [userId, email] of this.#emails) twin.#emails.set(userId, email);
		return twin;
	}

	async stop(): Promise<void> {
		const { dataDir } = this.#server;
		await this.#server.stop();
		if (this.#ownsData) await rm(dataDir, { recursive: true, force: true });
	}
}

export class PostgrestBackend implements Backend {
	readonly #server: PostgrestServer;
	#kills = 0;

	private constructor(server: PostgrestServer) {
		this.#server = server;
	}

	/** With `outlivesKill` for killAndRestart(). */
	static async start(options: PostgrestOptions = {}): Promise<PostgrestBackend> {
		return new PostgrestBackend(await startPostgrest(options));
	}

	get databaseUrl(): string {
		return this.#server.databaseUrl;
	}

	get config(): ServerConfig {
		return {
			supabaseUrl: this.#server.url,
			publishableKey: this.#server.publishableKey,
			version: 'test',
			demo: false
		};
	}

	async sql<T>(text: string, params?: unknown[]): Promise<T[]> {
		return await this.#server.sql<T>(text, params);
	}

	async exec(script: string): Promise<void> {
		await this.#server.exec(script);
	}

	async createUser(name: string): Promise<string> {
		return await this.#server.createUser(`${name}-${crypto.randomUUID()}@example.org`);
	}

	async signIn(userId: string): Promise<Storage> {
		const storage = memoryStorage();
		const sessionId = await this.#server.createSession(userId);
		new SessionStore(storage).write({
			userId,
			email: 'somebody@example.org',
			accessToken: this.#server.tokenFor(userId, sessionId),
			refreshToken: this.#server.refreshTokenFor(userId, sessionId),
			expiresAtMs: Date.now() + 3_600_000
		});
		return storage;
	}

	get databaseDir(): string {
		return this.#server.databaseDir;
	}

	aged(accessToken: string): string {
		return this.#server.aged(accessToken);
	}

	/** PostgREST and Postgres in turn; Postgres when something is to be done while it is down. */
	async killAndRestart(between?: () => Promise<void>): Promise<void> {
		if (between || this.#kills++ % 2) await this.#server.killPostgres(between);
		else await this.#server.killRest();
	}

	async stop(): Promise<void> {
		await this.#server.stop();
	}
}

export function memoryStorage(): Storage {
	const items = new Map<string, string>();
	return {
		get length() {
			return items.size;
		},
		clear: () => items.clear(),
		getItem: (key) => items.get(key) ?? null,
		key: (index) => [...items.keys()][index] ?? null,
		removeItem: (key) => void items.delete(key),
		setItem: (key, value) => void items.set(key, value)
	};
}
