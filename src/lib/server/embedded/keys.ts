/** The instance's own keys: made on first start, kept beside its data, readable by its user only. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface InstanceKeys {
	/** Public: names the project; grants what the `anon` role may do. */
	publishableKey: string;
	/** Secret: grants what the `service_role` may do, past every policy. */
	secretKey: string;
	/** Secret: signs the access tokens (HS256). */
	jwtSecret: string;
}

function generateKeys(): InstanceKeys {
	return {
		publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
		secretKey: `sb_secret_${randomBytes(32).toString('base64url')}`,
		jwtSecret: randomBytes(48).toString('base64url')
	};
}

/** Reads `keys.json` in `dataDir`, or makes it with mode 0600. New keys sign every phone out. */
export async function loadOrCreateKeys(dataDir: string): Promise<InstanceKeys> {
	const path = join(dataDir, 'keys.json');
	const existing = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw error;
	});
	if (existing !== null) return parseKeys(existing, path);
	const keys = generateKeys();
	// Written aside and renamed, so that a crash never leaves half a file of keys.
	const draft = `${path}.${process.pid}.tmp`;
	await writeFile(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
	await rename(draft, path);
	return keys;
}

/** @throws Error when the file's text is not what `loadOrCreateKeys` wrote. */
export function parseKeys(text: string, path: string): InstanceKeys {
	const value: unknown = JSON.parse(text);
	if (!isKeys(value)) throw new Error(`${path} does not hold the three keys it should.`);
	return value;
}

function isKeys(value: unknown): value is InstanceKeys {
	return (
		typeof value === 'object' &&
		value !== null &&
		'publishableKey' in value &&
		typeof value.publishableKey === 'string' &&
		'secretKey' in value &&
		typeof value.secretKey === 'string' &&
		'jwtSecret' in value &&
		typeof value.jwtSecret === 'string'
	);
}
