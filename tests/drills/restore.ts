/**
 * R19: the backup is taken while phones work, the database is lost, the dump goes into a new cluster that takes its address, the
 * operator begins a new epoch, and the phones come back. What they had been told is stored after the backup must be there again.
 * With Postgres' own pg_dump and pg_restore, as docs/operations.md says.
 */
import 'fake-indexeddb/auto';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPostgres, withClient } from '../fixtures/postgres-cluster.ts';
import { PostgrestBackend } from '../sync/support/backend.ts';
import { legitimateIntent } from '../sync/support/intents.ts';
import { checkConverged, checkDurable, ledgerOf } from '../sync/support/invariants.ts';
import { Phone } from '../sync/support/phone.ts';
import { comeToRest } from '../sync/support/program.ts';
import { aWorld, installTestHelpers } from '../sync/support/world.ts';

const run = promisify(execFile);
const DEBIAN_TOOLS = '/usr/lib/postgresql/15/bin';
const INTENTS_EACH = 12;

export interface RestoreFigures {
	readonly phones: number;
	readonly dumpedKb: number;
	readonly dumpS: number;
	/** From the dump file to the first answer of the new cluster. */
	readonly restoreS: number;
	/** Acknowledged after the backup was taken: what the restore takes away. */
	readonly afterBackup: number;
	/** Of those, in the ledger again once the phones have come by. */
	readonly backAgain: number;
}

/** @throws {Broken} something acknowledged is lost, doubled or different */
export async function restoreDrill(): Promise<RestoreFigures> {
	const tools = existsSync(DEBIAN_TOOLS) ? DEBIAN_TOOLS : '';
	const version = Number(/\d+/.exec(execFileSync(join(tools, 'pg_dump'), ['-V']).toString())?.[0]);
	const backend = await PostgrestBackend.start({ outlivesKill: true, version });
	const folder = await mkdtemp(join(tmpdir(), 'connect10-drill-'));
	try {
		await installTestHelpers(backend);
		const world = await aWorld(backend);
		const people = [world.worker, world.nurse, world.manager, world.supervisor, world.family];
		const phones = await Promise.all(people.map((me) => Phone.signedIn(backend, me)));
		for (const phone of phones) await phone.sync();
		await work(phones);

		const dump = join(folder, 'connect10.dump');
		const dumpS = await seconds(() =>
			run(join(tools, 'pg_dump'), ['-Fc', '-f', dump, backend.databaseUrl])
		);
		const before = phones.map(({ saved }) => saved.length);
		await work(phones);
		const lost = phones.flatMap(({ saved }, i) => saved.slice(before[i]).map(({ mid }) => mid));

		const restoreS = await seconds(() =>
			backend.killAndRestart(() => putInPlace(dump, tools, backend.databaseDir, version))
		);
		await backend.sql('select private.new_epoch()');
		if ((await ledgerOf(backend, lost)).length > 0)
			throw new Error('The restore has taken nothing away, so that the drill would prove nothing.');
		await comeToRest(phones);
		for (const phone of phones) await checkConverged(backend, phone);
		await checkDurable(backend, phones);
		return {
			phones: phones.length,
			dumpedKb: Math.round((await stat(dump)).size / 1024),
			dumpS,
			restoreS,
			afterBackup: lost.length,
			backAgain: (await ledgerOf(backend, lost)).length
		};
	} finally {
		await backend.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function work(phones: readonly Phone[]): Promise<void> {
	for (const phone of phones) {
		for (let i = 0; i < INTENTS_EACH; i++) {
			const intent = await legitimateIntent(phone, { what: i * 7 + 1, which: i });
			if (intent) await phone.commit(intent);
		}
		await phone.syncUntilQuiet();
	}
}

/** The dump in a cluster that has never seen this database, in the place of the old one. */
async function putInPlace(
	dump: string,
	tools: string,
	databaseDir: string,
	version: number
): Promise<void> {
	const fresh = await startPostgres(version, { outlivesKill: true });
	const shim = await readFile(new URL('../fixtures/supabase-shim.sql', import.meta.url), 'utf8');
	// Roles belong to the cluster and are in no dump; on Supabase they are there already.
	const roles = shim.slice(0, shim.indexOf('create schema auth'));
	await withClient(fresh.urlOf('postgres'), (client) => client.query(roles));
	await withClient(fresh.urlOf('postgres'), (client) => client.query('create database connect10'));
	await run(join(tools, 'pg_restore'), ['--exit-on-error', '-d', fresh.urlOf('connect10'), dump]);
	await fresh.killAndRestart(async () => {
		await rm(databaseDir, { recursive: true });
		await run('cp', ['-a', fresh.dataDir, databaseDir]);
	});
	await fresh.stop();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
	const startedMs = Date.now();
	await work();
	return Math.round((Date.now() - startedMs) / 100) / 10;
}
