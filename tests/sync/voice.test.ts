/** A voice note that is spoken without signal: arrives once, whole, with its message, and a colleague hears the same bytes. */
import 'fake-indexeddb/auto';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, expect, test, vi } from 'vitest';
import { sealNewFile } from '#lib/db/files.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import { readPicture } from '#lib/sync/read-picture.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { portOf, uploaderOf } from './support/files.ts';
import { Phone } from './support/phone.ts';
import { aWorld, installTestHelpers } from './support/world.ts';

let backend: EmbeddedBackend | undefined;
afterAll(async () => {
	await backend?.stop();
});

test('a voice note arrives once with its message though the line breaks, and a colleague opens the same bytes as sound', async () => {
	backend = await EmbeddedBackend.start();
	await installTestHelpers(backend);
	const world = await aWorld(backend);
	const worker = await Phone.signedIn(backend, world.worker);
	await worker.sync();

	const full = new Uint8Array(
		Buffer.concat([Buffer.from('1a45dfa3', 'hex'), randomBytes(120_000)])
	);
	const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
	const [id, message] = [worker.newId(), worker.newId()];
	const [caseId] = world.caseIds;
	const at = worker.now();
	const file = await sealNewFile(
		worker.db,
		{ id, addedAt: at, totalBytes: full.length },
		{ full, thumb: null }
	);
	const row = {
		id,
		case_id: caseId,
		message_id: message,
		kind: 'voice' as const,
		mime: 'audio/webm' as const,
		duration_ms: 31_000,
		byte_size: full.length,
		sha256: digest(full),
		taken_at: at,
		audience: 'staff' as const
	};
	await commitIntents(
		{
			db: worker.db,
			me: worker.me,
			nowMs: worker.clock.nowMs(),
			offsetMs: null,
			newMid: () => worker.newId()
		},
		[
			{
				name: 'message.send',
				args: { row: { id: message, case_id: caseId, audience: 'staff', body: '語音 0:31' } }
			},
			{ name: 'attachment.add', args: { row } }
		],
		0,
		[file]
	);
	expect(await worker.sync()).toMatchObject({ kind: 'done' });
	expect(await worker.sync(), 'again: the server has it').toMatchObject({ kind: 'done' });
	expect(await worker.db.outbox.where('state').notEqual('acked').toArray()).toEqual([]);

	let pieces = 0;
	const uploader = uploaderOf(
		worker,
		await portOf(backend, world.worker, () => {
			pieces += 1;
			return pieces === 2 ? Promise.reject(new Error('the line broke')) : Promise.resolve();
		})
	);
	uploader.start();
	await vi.waitFor(async () => expect(await worker.db.uploads.count()).toBe(0), 60_000);
	await uploader.stop();

	const nurse = await Phone.signedIn(backend, world.nurse);
	await nurse.sync();
	expect(await nurse.db.attachments.where('message_id').equals(message).toArray()).toMatchObject([
		{ id, duration_ms: 31_000, audience: 'staff' }
	]);
	const opened = await readPicture(nurse.db, await portOf(backend, world.nurse), id, 'full');
	if (opened.kind !== 'here') throw new Error(opened.kind);
	expect(opened.picture.type).toBe('audio/webm');
	expect(digest(new Uint8Array(await opened.picture.arrayBuffer()))).toBe(digest(full));
});
