/** Every cell of the matrix, over HTTP, on both backends. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { CASES, ORGS, PEOPLE } from '../fixtures/db-world.ts';
import { BACKENDS, call, type Answer, type Backend } from './backend.ts';
import {
	EVERY_OPERATION,
	FUNCTION_MATRIX,
	personOf,
	TABLE_MATRIX,
	type Operation,
	type Persona
} from './matrix.ts';
import { aPicture, type Key, type Probe } from './probe-rows.ts';
import { PROBES } from './probes.ts';

describe.each(Object.entries(BACKENDS))('on the %s', (_name, start) => {
	let backend: Backend;
	const tokens = new Map<Persona, string | null>();

	beforeAll(async () => {
		backend = await start();
		for (const { persona } of TABLE_MATRIX[0]?.cells ?? []) {
			tokens.set(persona, await tokenOf(persona));
		}
	});
	afterAll(async () => {
		await backend.stop();
	});

	async function tokenOf(persona: Persona): Promise<string | null> {
		if (persona === 'anonymous') return null;
		const person = personOf(persona);
		return await (person === persona ? backend.tokenFor(person) : backend.endedTokenFor(person));
	}

	test('every table and view of the API stands in the matrix, and nothing else', async () => {
		const found = await backend.sql<{ name: string }>(
			`select c.relname::text as name from pg_catalog.pg_class c
			 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f') order by 1`
		);
		const declared = [...new Set(TABLE_MATRIX.map(({ object }) => object))].sort();
		expect(declared).toEqual(found.map(({ name }) => name).sort());
		expect(TABLE_MATRIX.map(({ kind }) => kind).sort()).toEqual(Object.keys(PROBES).sort());
	});

	test('every function of the API stands in the matrix, and nothing else', async () => {
		const found = await backend.sql<{ name: string }>(
			`select distinct p.proname::text as name from pg_catalog.pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`
		);
		const declared = [...new Set(FUNCTION_MATRIX.map(({ object }) => object))].sort();
		expect(declared).toEqual(found.map(({ name }) => name).sort());
	});

	test.each(TABLE_MATRIX)('$kind', async ({ kind, object, cells }) => {
		const probe = PROBES[kind];
		if (probe === undefined) throw new Error(`No probe for ${kind}`);
		const wrong: string[] = [];
		for (const { persona, allowed } of cells) {
			const happened = await attemptAll(object, probe, persona);
			for (const operation of EVERY_OPERATION) {
				if (happened.has(operation) !== allowed.has(operation)) {
					wrong.push(`${persona} ${happened.has(operation) ? 'can' : 'cannot'} ${operation}`);
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	/** The operations that went through. */
	async function attemptAll(
		table: string,
		probe: Probe,
		persona: Persona
	): Promise<ReadonlySet<Operation>> {
		const token = tokens.get(persona) ?? null;
		const happened = new Set<Operation>();
		const row = await probe.insert(persona, backend.sql);
		const inserted = await call(backend, token, 'POST', table, row);
		if (done(inserted, `${persona} inserts into ${table}`)) happened.add('insert');

		const key = await probe.target(backend.sql);
		const path = `${table}?${filter(key)}`;
		const read = await call(backend, token, 'GET', path);
		if (done(read, `${persona} reads ${table}`) && rowsOf(read).length > 0) happened.add('select');

		for (const [operation, method] of [
			['delete', 'DELETE'],
			['update', 'PATCH']
		] as const) {
			const body = method === 'PATCH' ? probe.update(randomUUID()) : undefined;
			const before = method === 'PATCH' ? await snapshot(table, key) : null;
			const answer = await call(backend, token, method, path, body);
			// A statement that met no row is no refusal, and changes nothing either.
			if (!done(answer, `${persona} ${operation}s ${table}`)) continue;
			const after = await snapshot(table, key);
			if (before === null ? after === '[]' : after !== before) happened.add(operation);
		}
		return happened;
	}

	async function snapshot(table: string, key: Key): Promise<string> {
		const [column, value] = Object.entries(key)[0] ?? ['id', null];
		const rows = await backend.sql(
			`select to_jsonb(t) as row from public.${table} t where ${column} = $1`,
			[value]
		);
		return JSON.stringify(rows);
	}

	test.each(FUNCTION_MATRIX)('$kind()', async ({ kind, cells }) => {
		const wrong: string[] = [];
		for (const { persona, allowed } of cells) {
			const { name, args } = await functionCall(kind, persona);
			const answer = await call(backend, tokens.get(persona) ?? null, 'POST', `rpc/${name}`, args);
			const happened = done(answer, `${persona} calls ${name}`);
			if (happened !== allowed) wrong.push(`${persona} ${happened ? 'can' : 'cannot'}`);
		}
		expect(wrong).toEqual([]);
	});

	async function functionCall(
		kind: string,
		persona: Persona
	): Promise<{ name: string; args: Record<string, unknown> }> {
		const [name = '', detail = ''] = kind.split(': ');
		switch (name) {
			case 'sync':
				return {
					name,
					args: {
						request: {
							v: 1,
							schema: 1,
							epoch: null,
							client: randomUUID(),
							acked: 0,
							push: [],
							cursors: {}
						}
					}
				};
			case 'history':
				return { name, args: { request: { case: CASES.ayue } } };
			case 'create_invitation':
				return {
					name,
					args: {
						request: {
							org_id: ORGS.shancheng,
							...(detail === 'family' ? { case_id: CASES.ayue } : {}),
							role: detail,
							display_name: '新人'
						}
					}
				};
			case 'preview_invitation':
			case 'accept_invitation':
				return { name, args: { token: await invite() } };
			case 'revoke_invitation':
				return { name, args: { id: await invite(randomUUID(), true) } };
			case 'import_cases':
				return {
					name,
					args: {
						request: { org_id: ORGS.shancheng, rows: [{ name: `匯入${randomUUID().slice(0, 6)}` }] }
					}
				};
			case 'store_piece':
			case 'read_pieces': {
				const { id } = await aPicture(backend.sql, { created_by: PEOPLE.nurse });
				return { name, args: { request: { id, variant: 'thumb' } } };
			}
			case 'create_handover':
				return { name, args: { request: { case_id: CASES.ayue } } };
			case 'open_handovers':
				return { name, args: { of_case: CASES.ayue } };
			case 'revoke_handover':
				return { name, args: { id: await handover(randomUUID(), true) } };
			case 'preview_handover':
				return { name, args: { token: await handover() } };
			case 'accept_handover':
				return { name, args: { request: { token: await handover(), org_id: ORGS.haixian } } };
			case 'my_calendar_feed':
				return { name, args: { act: 'look' } };
			case 'calendar_feed':
				return { name, args: { token: await feed() } };
			case 'settle_refused':
				return { name, args: { request: { mid: await refused(), take_over: false } } };
			case 'preview_task_rule':
				return {
					name,
					args: { request: { org_id: ORGS.shancheng, kind: 'missed_visit', params: { hours: 12 } } }
				};
			case 'push_register':
			case 'push_forget':
			case 'push_check':
			case 'push_test':
				return { name, args: { request: await aPhoneOf(PEOPLE[personOf(persona)]) } };
			case 'push_receipt':
				return { name, args: { request: { token: randomUUID(), state: 'shown' } } };
			case 'push_move': {
				const { endpoint, p256dh, auth } = await aPhoneOf(PEOPLE.worker);
				const request = { was: { endpoint, auth: 'another' }, endpoint, p256dh, auth };
				return { name, args: { request } };
			}
			case 'engine_start':
			case 'engine_tick':
			case 'engine_settle':
				return { name, args: { request: {} } };
			case 'request_wipe':
				return { name, args: { client_id: await phoneOf(PEOPLE.worker) } };
			case 'confirm_wipe':
				return {
					name,
					args: {
						client_id: await phoneOf(PEOPLE[personOf(persona)])
					}
				};
			default:
				return { name, args: {} };
		}
	}

	/** An open invitation of the manager into the circle of 阿土, as family; returns the token, or the id. */
	async function invite(token: string = randomUUID(), wantsId = false): Promise<string> {
		const [made] = await backend.sql<{ id: string }>(
			`insert into public.invitations (org_id, case_id, role, display_name, token_hash, expires_at, created_by)
			 values ($1, $2, 'family', '家人', private.token_hash($3), now() + interval '1 day', $4) returning id`,
			[ORGS.shancheng, CASES.atu, token, PEOPLE.manager]
		);
		return wantsId ? (made?.id ?? '') : token;
	}

	/** An open hand-over of a case of its own; returns the token, or the id. */
	async function handover(token: string = randomUUID(), wantsId = false): Promise<string> {
		const [made] = await backend.sql<{ id: string }>(
			`with moved as (insert into public.cases (id, org_id, name) values (gen_random_uuid(), $1, '轉介') returning id)
			 insert into private.handovers (case_id, from_org_id, token_hash, expires_at, created_by)
			 select id, $1, private.token_hash($2), now() + interval '1 day', $3 from moved returning id`,
			[ORGS.shancheng, token, PEOPLE.supervisor]
		);
		return wantsId ? (made?.id ?? '') : token;
	}

	/** The worker's address; returns its token. */
	async function feed(token: string = randomUUID()): Promise<string> {
		await backend.sql(
			`insert into private.calendar_feeds (user_id, token_hash) values ($1, private.token_hash($2))
			 on conflict (user_id) do update set token_hash = excluded.token_hash`,
			[PEOPLE.worker, token]
		);
		return token;
	}

	/** Refused work of the nurse about 阿月. */
	async function refused(): Promise<string> {
		const mid = randomUUID();
		await backend.sql(
			`insert into private.sync_mutations (client_id, n, mid, user_id, name, args, verdict) values ($1, 1, $2, $3, 'task.accept', '{}', 'rejected')`,
			[await phoneOf(PEOPLE.nurse), mid, PEOPLE.nurse]
		);
		await backend.sql('insert into private.refused_work (mid, case_id) values ($1, $2)', [
			mid,
			CASES.ayue
		]);
		return mid;
	}

	/** A phone of this person that can be told, as it would register. */
	async function aPhoneOf(user: string): Promise<Record<string, string>> {
		const [engine] = await backend.sql<{ key: string }>(
			`update private.engine set vapid_public = coalesce(vapid_public, 'key') returning vapid_public as key`
		);
		const phone = {
			client: randomUUID(),
			endpoint: `https://fcm.googleapis.com/${randomUUID()}`,
			p256dh: 'p'.repeat(87),
			auth: 'a'.repeat(22),
			key: engine?.key ?? ''
		};
		await backend.sql(
			`insert into private.push_subscriptions (user_id, client_id, endpoint, p256dh, auth, vapid_key) values ($1, $2, $3, $4, $5, $6)`,
			[user, phone.client, phone.endpoint, phone.p256dh, phone.auth, phone.key]
		);
		return phone;
	}

	async function phoneOf(user: string): Promise<string> {
		const id = randomUUID();
		await backend.sql(
			'insert into private.sync_clients (id, user_id, app_schema) values ($1, $2, 1)',
			[id, user]
		);
		return id;
	}
});

/** Whether the call went through; a refusal must be one of permission, else the probe is at fault. */
function done({ status, body }: Answer, what: string): boolean {
	if (status < 300) return true;
	const code =
		typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'none';
	const message =
		typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
	// A person without a part in the case, or whose phone it is not, is told the same as if it did not exist.
	const refused = code === '42501' || status === 401 || message === 'not_found';
	if (!refused) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
	return false;
}

function rowsOf({ body }: Answer): unknown[] {
	return Array.isArray(body) ? body : [];
}

function filter(key: Key): string {
	return Object.entries(key)
		.map(([column, value]) => `${column}=eq.${String(value)}`)
		.join('&');
}
