/**
 * A server that is set back forgets what it had refused, too. The work stays in its author's tray, and is not tried again; those who
 * answer for the case have it on their list again, and what rests on it elsewhere does not wait for it.
 */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { attentionTray, resendIntent } from '#lib/sync/outbox.ts';
import type { RemotePort } from '#lib/sync/remote-port.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkDurable, checkQuiet, checkView, ledgerOf } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { withSync } from './support/ports.ts';
import { Backup } from './support/restored.ts';
import { servedWorld } from './support/served-world.ts';
import { joinCircle, leaveCircle } from './support/world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());
const [, caseId] = world.caseIds;

/** The nurse makes a task and a comment to it while, unknown to the phone, her access ends; the backup is from before she is told. */
async function refusedAfterBackup() {
	const sent: unknown[] = [];
	const watched = (port: RemotePort) =>
		withSync(port, (request, signal) => {
			sent.push(...request.push);
			return port.sync(request, signal);
		});
	const nurse = await Phone.signedIn(backend, world.nurse, { sabotage: watched });
	await nurse.sync();
	const task = nurse.newId();
	const row = { case_id: caseId, audience: 'staff' } as const;
	await nurse.commit(
		{ name: 'task.create', args: { row: { ...row, id: task, title: '量血壓' } } },
		{
			name: 'task_comment.add',
			args: { row: { ...row, id: nurse.newId(), task_id: task, body: '飯前' } }
		}
	);
	await leaveCircle(backend, caseId, world.nurse);
	const backup = await Backup.take(backend);
	await nurse.sync();
	return { nurse, backup, sent };
}

async function onTheListOfRefused({ saved }: Phone): Promise<unknown[]> {
	return await backend.sql('select mid from private.refused_work where mid = any ($1)', [
		saved.map(({ mid }) => mid)
	]);
}

test.each([
	['with a new epoch', true],
	['without a word', false]
])('set back %s: the tray stays as it was, and the server knows of it again', async (_, told) => {
	const { nurse, backup, sent } = await refusedAfterBackup();
	const tray = await attentionTray(nurse.db);
	expect(tray.map(({ code }) => code)).toEqual(['access_ended', 'depends_on_rejected']);
	expect(await onTheListOfRefused(nurse)).toHaveLength(2);
	await backup.restore(told);
	expect(await onTheListOfRefused(nurse)).toEqual([]);
	// Whoever set the server back gave her back what had been taken: it is refused all the same, because she was told so.
	await joinCircle(backend, caseId, world.nurse, 'nurse');

	await nurse.syncUntilQuiet();
	const seen = (await attentionTray(nurse.db)).map(({ mid, code, data }) => ({ mid, code, data }));
	expect(seen).toEqual(tray.map(({ mid, code, data }) => ({ mid, code, data })));
	expect(await onTheListOfRefused(nurse)).toHaveLength(2);
	const mids = nurse.saved.map(({ mid }) => mid);
	expect((await ledgerOf(backend, mids)).map(({ verdict }) => verdict).sort()).toEqual([
		'blocked',
		'rejected'
	]);
	await checkView(nurse);
	await checkQuiet(nurse);
	await checkDurable(backend, [nurse]);

	// Told once: nothing of it travels any more.
	sent.length = 0;
	await nurse.sync();
	expect(sent).toEqual([]);

	// And she may send it again, as ever.
	await resendIntent(nurse.db, mids[0]!, undefined, nurse.clock.nowMs(), () => nurse.newId());
	await nurse.syncUntilQuiet();
	expect(await attentionTray(nurse.db)).toEqual([]);
	nurse.db.close();
});
