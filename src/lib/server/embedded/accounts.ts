/** Makes accounts in the embedded `auth` schema, in the rows that lite's own sign-up writes. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSession } from './database.ts';

export interface NewAccount {
	email: string;
	displayName: string;
	/** From `hashPassword`. One hash may serve many accounts that share a published password. */
	passwordHash: string;
}

const BCRYPT_COST = 10;

/** @param cost Bcrypt's: each step doubles the time. Less than the default is for tests only. */
export async function hashPassword(
	session: DatabaseSession,
	password: string,
	cost = BCRYPT_COST
): Promise<string> {
	const [row] = await session.query<{ hash: string }>(
		`select extensions.crypt($1, extensions.gen_salt('bf', $2)) as hash`,
		[password, cost]
	);
	if (row === undefined) throw new Error('The database did not hash the password.');
	return row.hash;
}

/** Returns the new account's id. @throws when the address is taken. */
export async function createAccount(
	session: DatabaseSession,
	account: NewAccount
): Promise<string> {
	const id = randomUUID();
	const email = account.email.toLowerCase();
	const profile = { display_name: account.displayName, email, email_verified: true, sub: id };
	await session.query(
		`insert into auth.users
			(id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
		 values ($1, 'authenticated', 'authenticated', $2, $3, now(), $4, $5)`,
		[id, email, account.passwordHash, { provider: 'email', providers: ['email'] }, profile]
	);
	await session.query(
		`insert into auth.identities (id, provider, provider_id, user_id, identity_data)
		 values ($1, 'email', $2, $3, $4)`,
		[randomUUID(), id, id, profile]
	);
	return id;
}
