import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbedded, type EmbeddedServer } from '../fixtures/embedded-server.ts';
import { aPhone } from '../fixtures/embedded-toy.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let server: EmbeddedServer;

beforeAll(async () => {
	server = await startEmbedded();
});
afterAll(() => server.stop());

async function admin(...args: string[]): Promise<string> {
	const { port } = new URL(server.url);
	const env = { PATH: process.env['PATH'], PORT: port, DATA_DIR: server.dataDir };
	const { stdout } = await run(process.execPath, ['scripts/admin.ts', ...args], { cwd: ROOT, env });
	return stdout;
}

const createOrg = (email: string) =>
	admin('create-org', '--name', '石門居家', '--email', email, '--supervisor', '王督導');

it('makes an organisation whose supervisor can sign in and is one', async () => {
	const email = 'chief@example.org';
	const password = /^ {2}(\S{4}-\S{4}-\S{4})$/m.exec(await createOrg(email))?.[1] ?? '';
	const phone = aPhone(server);
	expect((await phone.auth.signInWithPassword({ email, password })).error).toBeNull();
	const { data } = await phone
		.from('memberships')
		.select('role, display_name, organizations(name)');
	expect(data).toMatchObject([{ role: 'supervisor', display_name: '王督導' }]);
});

it('refuses an address that is taken, in one sentence', async () => {
	await createOrg('twice@example.org');
	await expect(createOrg('twice@example.org')).rejects.toMatchObject({
		code: 1,
		stderr: expect.stringMatching(/^The server refused: There is an account with this address.*\n$/)
	});
});

it('sets a new password', async () => {
	const email = 'forgetful@example.org';
	await server.createUser({ email, password: 'connect10-old' });
	const password = /^ {2}(\S+)$/m.exec(await admin('set-password', '--email', email))?.[1] ?? '';
	const { error } = await aPhone(server).auth.signInWithPassword({ email, password });
	expect(error).toBeNull();
});

it('backs up and restores, with a new epoch, and keeps what it replaces', async () => {
	const kept = await mkdtemp(join(tmpdir(), 'connect10-backup-'));
	const dataDir = join(kept, 'data');
	const first = await startEmbedded({ dataDir });
	await first.createUser({ email: 'before@example.org', password: 'connect10-test' });
	const [before] = await first.sql('select private.epoch() as epoch');
	await first.stop();
	await writeFile(join(dataDir, 'ready'), '');
	const offline = { cwd: ROOT, env: { PATH: process.env['PATH'], DATA_DIR: dataDir } };
	const backup = join(kept, 'monday');
	await run(process.execPath, ['scripts/admin.ts', 'backup', '--to', backup], offline);

	const second = await startEmbedded({ dataDir });
	await second.createUser({ email: 'after@example.org', password: 'connect10-test' });
	await second.stop();
	await run(process.execPath, ['scripts/admin.ts', 'restore', '--from', backup], offline);

	const third = await startEmbedded({ dataDir });
	const users = await third.sql('select email from auth.users');
	expect(users).toEqual([{ email: 'before@example.org' }]);
	const [after] = await third.sql('select private.epoch() as epoch');
	expect(after).not.toEqual(before);
	await third.stop();
	expect((await readdir(kept)).some((name) => name.startsWith('data.replaced-'))).toBe(true);
	await rm(kept, { recursive: true });
});

it('says how it is used', async () => {
	await expect(admin('make-coffee')).rejects.toMatchObject({
		stderr: expect.stringContaining('Usage')
	});
});
