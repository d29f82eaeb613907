/**
 * The part of Supabase's auth admin API that an operator needs and lite has not: make an account,
 * find one, set its password. For holders of the secret key; `supabase.auth.admin` speaks it.
 */
import { createAccount, hashPassword } from './accounts.ts';
import type { Database, Row } from './database.ts';
import { problem } from './responses.ts';

const ROUTE = /^\/auth\/v1\/admin\/users(?:\/([0-9a-f-]{36}))?$/;
const MIN_PASSWORD_LENGTH = 8;
const USER_COLUMNS = `id, aud, role, email, raw_user_meta_data as user_metadata,
	raw_app_meta_data as app_metadata, created_at, updated_at, last_sign_in_at`;

export function isAdminPath(pathname: string): boolean {
	return ROUTE.test(pathname);
}

export async function handleAdmin(
	database: Database,
	secretKey: string,
	request: Request,
	body: Uint8Array
): Promise<Response> {
	if (request.headers.get('apikey') !== secretKey) {
		return problem(403, 'not_admin', 'This needs the secret key.');
	}
	const url = new URL(request.url);
	const userId = ROUTE.exec(url.pathname)?.[1];
	if (request.method === 'GET' && userId === undefined) return list(database, url);
	if (request.method === 'POST' && userId === undefined) return create(database, body);
	if (request.method === 'PUT' && userId !== undefined) return setPassword(database, userId, body);
	return problem(
		405,
		'not_offered',
		'Of the admin API, accounts can be listed, made, and given a password.'
	);
}

async function list(database: Database, url: URL): Promise<Response> {
	const perPage = Math.min(1000, Number(url.searchParams.get('per_page')) || 50);
	const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
	const users = await database.sql(
		`select ${USER_COLUMNS} from auth.users order by created_at, id limit $1 offset $2`,
		[perPage, (page - 1) * perPage]
	);
	return Response.json({ users, aud: 'authenticated' });
}

async function create(database: Database, body: Uint8Array): Promise<Response> {
	const { email, password, user_metadata } = fieldsIn(body);
	if (typeof email !== 'string' || !email.includes('@')) {
		return problem(400, 'validation_failed', 'An account needs an e-mail address.');
	}
	if (!isPassword(password)) return weakPassword();
	return database.transaction(async (session) => {
		const taken = await session.query('select from auth.users where email = lower($1)', [email]);
		if (taken.length > 0)
			return problem(422, 'email_exists', 'There is an account with this address.');
		const displayName = nameIn(user_metadata) ?? email;
		const passwordHash = await hashPassword(session, password);
		const id = await createAccount(session, { email, displayName, passwordHash });
		return oneUser(
			await session.query(`select ${USER_COLUMNS} from auth.users where id = $1`, [id])
		);
	});
}

/** Ends the account's sessions too: who had the old password is out. */
async function setPassword(
	database: Database,
	userId: string,
	body: Uint8Array
): Promise<Response> {
	const { password } = fieldsIn(body);
	if (!isPassword(password)) return weakPassword();
	return database.transaction(async (session) => {
		const users = await session.query(
			`update auth.users set encrypted_password = $2, updated_at = now()
			 where id = $1 returning ${USER_COLUMNS}`,
			[userId, await hashPassword(session, password)]
		);
		await session.query('delete from auth.sessions where user_id = $1', [userId]);
		return oneUser(users);
	});
}

function oneUser(users: Row[]): Response {
	const [user] = users;
	return user ? Response.json(user) : problem(404, 'user_not_found', 'There is no such account.');
}

function fieldsIn(body: Uint8Array): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(body));
		return typeof value === 'object' && value !== null ? { ...value } : {};
	} catch {
		return {};
	}
}

function isPassword(value: unknown): value is string {
	// Bcrypt looks at the first 72 bytes only.
	return typeof value === 'string' && value.length >= MIN_PASSWORD_LENGTH && value.length <= 72;
}

function weakPassword(): Response {
	return problem(422, 'weak_password', `A password has ${MIN_PASSWORD_LENGTH} to 72 characters.`);
}

function nameIn(metadata: unknown): string | null {
	return typeof metadata === 'object' &&
		metadata !== null &&
		'display_name' in metadata &&
		typeof metadata.display_name === 'string'
		? metadata.display_name
		: null;
}
