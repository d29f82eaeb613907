/** An answer to a task that was given without signal, while its time passed on the server. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { attentionTray } from '#lib/sync/outbox.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkQuiet, checkView } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());
const [, caseId] = world.caseIds;

/** The nurse asks the worker, whose phone has it; then it is without signal and the time passes. */
async function asked() {
	const nurse = await Phone.signedIn(backend, world.nurse);
	const worker = await Phone.signedIn(backend, world.worker);
	await nurse.sync();
	const id = nurse.newId();
	const row = { id, case_id: caseId, title: '量血壓', assignee_id: world.worker.userId };
	await nurse.commit({ name: 'task.create', args: { row: { ...row, reply_minutes: 30 } } });
	for (const phone of [nurse, worker]) await phone.sync();
	expect(await worker.db.tasks.get(id)).toMatchObject({ reply_due_at: expect.any(String) });
	// A minute before the time passes: what a phone knows of the server's clock is only as sharp as its last round trip.
	worker.clockShiftMs = -60_000;
	await worker.commit({ name: 'task.accept', args: { id, at: worker.now() } });
	worker.clockShiftMs = 0;
	const ticks: unknown[] = [];
	await backend.sql(
		`update public.tasks set reply_due_at = now(), received_at = now() - interval '1 hour' where id = $1`,
		[id]
	);
	for (let times = 0; times < 2; times++)
		ticks.push(...(await backend.sql('select private.expire_tasks(50) as gone')));
	expect(ticks).toEqual([{ gone: 1 }, { gone: 0 }]);
	await nurse.sync();
	expect(await nurse.db.tasks.get(id)).toMatchObject({ status: 'expired' });
	return { id, nurse, worker };
}

async function agree(phones: readonly Phone[]): Promise<void> {
	for (const phone of [...phones, ...phones]) await phone.syncUntilQuiet();
	for (const phone of phones) {
		await checkQuiet(phone);
		await checkView(phone);
		await checkConverged(backend, phone);
	}
}

test('counts, where nobody else has it', async () => {
	const { id, nurse, worker } = await asked();
	await agree([worker, nurse]);
	const { status, assignee_id, reply_due_at, answered_at } = (await nurse.db.tasks.get(id))!;
	expect({ status, assignee_id }).toEqual({ status: 'accepted', assignee_id: world.worker.userId });
	expect(Date.parse(answered_at!)).toBeLessThanOrEqual(Date.parse(reply_due_at!));
	expect(await attentionTray(worker.db)).toEqual([]);
});

test('is told that a colleague has it by now', async () => {
	const { id, nurse, worker } = await asked();
	await nurse.commit({ name: 'task.accept', args: { id, at: nurse.now() } });
	await nurse.sync();
	await agree([worker, nurse]);
	expect(await worker.db.tasks.get(id)).toMatchObject({ assignee_id: world.nurse.userId });
	expect((await attentionTray(worker.db)).map(({ code }) => code)).toEqual(['taken']);
});

test('a hand-over made without signal keeps its chain on both phones', async () => {
	const { id, nurse, worker } = await asked();
	await agree([worker, nurse]);
	const { userId: to_id, displayName: to_name } = world.nurse;
	await worker.commit({
		name: 'task.give',
		args: { id, at: worker.now(), to_id, to_name, reply_minutes: null, note: '那天請假' }
	});
	const mine = (await worker.db.tasks.get(id))!;
	expect(mine).toMatchObject({ status: 'open', assignee_id: to_id });
	await agree([worker, nurse]);
	for (const phone of [worker, nurse]) {
		const { handed_on } = (await phone.db.tasks.get(id))!;
		const [{ at, ...hand } = { at: '' }, ...more] = handed_on;
		expect(more).toEqual([]);
		expect(Date.parse(at)).not.toBeNaN();
		expect({ ...mine.handed_on[0], at }).toEqual({ ...hand, at });
	}
});
