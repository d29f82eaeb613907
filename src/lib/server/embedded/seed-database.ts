/** Runs the demo seed on an empty, migrated database. */
import type { SeedAccount, SeedDeps } from '#lib/server/demo/seed-deps.ts';
import { seedDemo } from '#lib/server/demo/seed-demo.ts';
import { createAccount, hashPassword } from './accounts.ts';
import type { Database, DatabaseSession } from './database.ts';

/** All or nothing: a demo that breaks off leaves the database as it was. */
export async function seedDatabase(
	database: Database,
	options: Pick<SeedDeps, 'now' | 'scale' | 'progress'>
): Promise<void> {
	await database.transaction((session) =>
		seedDemo({
			...options,
			exec: (script) => session.exec(script),
			query: (text, params) => session.query(text, params),
			createUser: accountMaker(session)
		})
	);
	// The planner has seen the tables empty; without this the first days' queries are slow.
	await database.exec('analyze');
}

/** Hashing is slow on purpose; the demo's accounts share one published password, hashed once. */
function accountMaker(session: DatabaseSession): (account: SeedAccount) => Promise<string> {
	const hashes = new Map<string, Promise<string>>();
	return async ({ email, password, displayName }) => {
		const hash = hashes.get(password) ?? hashPassword(session, password);
		hashes.set(password, hash);
		return createAccount(session, { email, displayName, passwordHash: await hash });
	};
}
