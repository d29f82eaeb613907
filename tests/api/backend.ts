/** The two servers that the API must behave the same on, behind one face. */
import { randomUUID } from 'node:crypto';
import { startEmbedded } from '../fixtures/embedded-server.ts';
import { emailOf, PASSWORD, PEOPLE, seedSql, type Person } from '../fixtures/db-world.ts';
import { startPostgrest } from '../fixtures/postgrest-server.ts';

export interface Backend {
	readonly url: string;
	readonly key: string;
	/** What the engine holds: the role service_role. */
	readonly secretKey: string;
	tokenFor(person: Person): Promise<string>;
	/** A token whose sign-in has been ended, though the token itself has not expired. */
	endedTokenFor(person: Person): Promise<string>;
	readonly sql: <T = Record<string, unknown>>(text: string, params?: unknown[]) => Promise<T[]>;
	stop(): Promise<void>;
}

export const BACKENDS = {
	'PostgREST on Postgres': startOnPostgrest,
	'embedded backend': startOnEmbedded
} as const;

async function startOnPostgrest(): Promise<Backend> {
	const server = await startPostgrest();
	await server.exec(await seedSql());
	return {
		url: server.url,
		key: server.publishableKey,
		secretKey: server.secretKey,
		async tokenFor(person) {
			return server.tokenFor(PEOPLE[person], await server.createSession(PEOPLE[person]));
		},
		endedTokenFor: (person) => Promise.resolve(server.tokenFor(PEOPLE[person], randomUUID())),
		sql: (text, params) => server.sql(text, params),
		stop: () => server.stop()
	};
}

async function startOnEmbedded(): Promise<Backend> {
	const server = await startEmbedded();
	await server.exec(await seedSql());
	async function tokenFor(person: Person): Promise<string> {
		const answer = await fetch(`${server.url}/auth/v1/token?grant_type=password`, {
			method: 'POST',
			headers: { apikey: server.publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify({ email: emailOf(person), password: PASSWORD })
		});
		const body: unknown = await answer.json();
		if (typeof body === 'object' && body !== null && 'access_token' in body) {
			return String(body.access_token);
		}
		throw new Error(`${person} could not sign in: ${JSON.stringify(body)}`);
	}
	return {
		url: server.url,
		key: server.publishableKey,
		secretKey: server.secretKey,
		tokenFor,
		async endedTokenFor(person) {
			const token = await tokenFor(person);
			await server.sql('delete from auth.sessions where id = $1', [sessionOf(token)]);
			return token;
		},
		sql: (text, params) => server.sql(text, params),
		stop: () => server.stop()
	};
}

function sessionOf(token: string): unknown {
	const claims: unknown = JSON.parse(
		Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
	);
	return typeof claims === 'object' && claims !== null && 'session_id' in claims
		? claims.session_id
		: null;
}

export interface Answer {
	readonly status: number;
	readonly body: unknown;
}

/** One REST call; `token` null = nobody signed in. */
export async function call(
	backend: Backend,
	token: string | null,
	method: string,
	path: string,
	body?: unknown
): Promise<Answer> {
	const answer = await fetch(`${backend.url}/rest/v1/${path}`, {
		method,
		headers: {
			apikey: backend.key,
			...(token === null ? {} : { authorization: `Bearer ${token}` }),
			'content-type': 'application/json',
			prefer: 'return=minimal'
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) })
	});
	const text = await answer.text();
	return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}

export interface ApiIntent {
	readonly name: string;
	readonly args: Readonly<Record<string, unknown>>;
}

/** One sync request of a phone that has never spoken before, with these intents made now. @param limit of the rows that come back */
export async function push(
	backend: Backend,
	token: string,
	intents: readonly ApiIntent[],
	limit?: number
): Promise<Answer> {
	const at = new Date().toISOString();
	const numbered = intents.map(({ name, args }, index) => ({
		n: index + 1,
		mid: randomUUID(),
		at,
		base: 0,
		name,
		args
	}));
	const request = {
		v: 1,
		schema: 1,
		epoch: null,
		client: randomUUID(),
		acked: 0,
		push: numbered,
		cursors: {},
		...(limit === undefined ? {} : { limit })
	};
	return await call(backend, token, 'POST', 'rpc/sync', { request });
}
