/**
 * What an operator does by hand: `npm run admin -- create-org …`, and what else its usage names.
 *
 * For accounts it speaks to the running server through Supabase's own APIs with the secret key, so the same
 * commands serve the embedded backend (key from the data folder) and a Supabase of one's own
 * (PUBLIC_SUPABASE_URL and SUPABASE_SECRET_KEY).
 */
import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '@supabase/supabase-js';
import { backUp, restore } from '#lib/server/embedded/backup.ts';
import { parseKeys } from '#lib/server/embedded/keys.ts';
import { StartupProblem } from '#lib/server/startup-problem.ts';

const USAGE = `Usage:
  npm run admin -- create-org --name "雲嶺居家長照機構" --email chief@example.org --supervisor "王督導" [--kind B]
      Makes an organisation (A coordination, B services, C local station, clinic) and its first supervisor.
  npm run admin -- set-password --email worker@example.org
      Gives an account a new password and signs its phones out.
  npm run admin -- backup --to ../connect10-monday
      Copies the data folder. Stop the server first.
  npm run admin -- restore --from ../connect10-monday
      Puts a backup in the data folder's place and keeps what was there. Stop the server first.`;

/** Ends the command with one sentence instead of a stack. */
class Refusal extends Error {}

const dataDir = () => process.env['DATA_DIR'] || '.data';

if (existsSync('.env')) process.loadEnvFile('.env');

try {
	await run(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof Refusal || error instanceof StartupProblem)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}

async function run(args: string[]): Promise<void> {
	const { positionals, values } = parse(args);
	switch (positionals[0]) {
		case 'create-org':
			return createOrganisation(values);
		case 'set-password':
			return setPassword(values);
		case 'backup':
			return backUpTo(values);
		case 'restore':
			return restoreFrom(values);
		default:
			throw new Refusal(USAGE);
	}
}

function parse(args: string[]) {
	const text = { type: 'string' } as const;
	const options = { name: text, email: text, supervisor: text, kind: text, to: text, from: text };
	try {
		return parseArgs({ args, options, allowPositionals: true });
	} catch (error) {
		throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
	}
}

interface Values {
	name?: string;
	email?: string;
	supervisor?: string;
	kind?: string;
	to?: string;
	from?: string;
}

async function createOrganisation({ name, email, supervisor, kind = 'B' }: Values): Promise<void> {
	if (!name || !email || !supervisor) throw new Refusal(USAGE);
	const supabase = connect();
	const password = newPassword();
	const { data, error } = await supabase.auth.admin.createUser({
		email,
		password,
		email_confirm: true,
		user_metadata: { display_name: supervisor }
	});
	if (error) throw explained(error);
	const userId = data.user.id;
	const orgId = randomUUID();
	const rows: [string, Record<string, string>][] = [
		['organizations', { id: orgId, name, kind }],
		['profiles', { id: userId, display_name: supervisor }],
		[
			'memberships',
			{
				id: randomUUID(),
				org_id: orgId,
				user_id: userId,
				role: 'supervisor',
				display_name: supervisor
			}
		]
	];
	for (const [table, row] of rows) {
		const { error: refused } = await supabase.from(table).insert(row);
		if (refused) throw explained(refused);
	}
	console.log(`Made ${name}. ${supervisor} signs in with:\n  ${email}\n  ${password}`);
}

async function setPassword({ email }: Values): Promise<void> {
	if (!email) throw new Refusal(USAGE);
	const supabase = connect();
	const userId = await idOf(supabase, email.toLowerCase());
	const password = newPassword();
	const { error } = await supabase.auth.admin.updateUserById(userId, { password });
	if (error) throw explained(error);
	console.log(`New password for ${email}; their phones are signed out:\n  ${password}`);
}

async function backUpTo({ to }: Values): Promise<void> {
	if (!to) throw new Refusal(USAGE);
	await backUp(dataDir(), to);
	console.log(`Copied ${dataDir()} to ${to}. It holds care records and keys: keep it as safe.`);
}

async function restoreFrom({ from }: Values): Promise<void> {
	if (!from) throw new Refusal(USAGE);
	const replaced = await restore(dataDir(), from);
	console.log(`Restored ${from} to ${dataDir()}; phones will send what it lacks.`);
	if (replaced !== null) console.log(`What was there is kept in ${replaced}.`);
}

async function idOf(supabase: ReturnType<typeof connect>, email: string): Promise<string> {
	const perPage = 1000;
	for (let page = 1; ; page += 1) {
		const { data, error } = await supabase.auth.admin.listUsers({ page, perPage });
		if (error) throw explained(error);
		const found = data.users.find((user) => user.email === email);
		if (found) return found.id;
		if (data.users.length < perPage) throw new Refusal(`There is no account with ${email}.`);
	}
}

function connect() {
	const auth = { persistSession: false, autoRefreshToken: false };
	const url = process.env['PUBLIC_SUPABASE_URL'];
	if (url) {
		const secretKey = process.env['SUPABASE_SECRET_KEY'];
		if (secretKey) return createClient(url, secretKey, { auth });
		throw new Refusal(
			'Set SUPABASE_SECRET_KEY to the secret key of the project (its API settings show it).'
		);
	}
	const keyFile = join(dataDir(), 'keys.json');
	if (!existsSync(keyFile)) {
		throw new Refusal(
			`There is no ${keyFile}; start the server first (npm start), or set DATA_DIR to its data folder.`
		);
	}
	const { secretKey } = parseKeys(readFileSync(keyFile, 'utf8'), keyFile);
	return createClient(`http://localhost:${process.env['PORT'] || 3000}`, secretKey, { auth });
}

/** Twelve characters that cannot be taken for one another when read out on the telephone. */
function newPassword(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	const characters = Array.from({ length: 12 }, () => letters[randomInt(letters.length)]);
	return characters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

function explained(error: { message: string; code?: string | undefined }): Refusal {
	if (/fetch failed/.test(error.message)) {
		return new Refusal(
			'The server does not answer; start it first (npm start), or set PORT to the port it runs on.'
		);
	}
	return new Refusal(
		`The server refused: ${error.message}${error.code ? ` (${error.code})` : ''}.`
	);
}
