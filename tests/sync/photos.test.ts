/** A photo from one phone over a real server to another one: announced, sent in pieces over a server that dies, and opened. */
import 'fake-indexeddb/auto';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, expect, test, vi } from 'vitest';
import { sealNewFile } from '#lib/db/files.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import { readPicture } from '#lib/sync/read-picture.ts';
import { EmbeddedBackend, PostgrestBackend, type Backend } from './support/backend.ts';
import { portOf, uploaderOf } from './support/files.ts';
import { Phone } from './support/phone.ts';
import { aWorld, installTestHelpers } from './support/world.ts';

const BACKENDS = {
	'embedded backend': () => EmbeddedBackend.start(),
	'PostgREST on Postgres': () => PostgrestBackend.start({ outlivesKill: true })
} satisfies Record<string, () => Promise<Backend>>;

const started: Backend[] = [];
afterAll(async () => {
	for (const backend of started) await backend.stop();
});

test.each(Object.entries(BACKENDS))(
	'on the %s a picture arrives whole though the server dies in the middle, and a colleague opens it',
	async (_name, start) => {
		const backend = await start();
		started.push(backend);
		await installTestHelpers(backend);
		const world = await aWorld(backend);
		const worker = await Phone.signedIn(backend, world.worker);
		await worker.sync();

		const full = new Uint8Array(randomBytes(180_000));
		const thumb = new Uint8Array(randomBytes(15_000));
		const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
		const id = worker.newId();
		const at = worker.now();
		const [caseId] = world.caseIds;
		await worker.commit({
			name: 'case_consent.add',
			args: {
				row: {
					id: worker.newId(),
					case_id: caseId,
					given_by: '女兒',
					relation: 'family',
					how: 'paper',
					given_on: at.slice(0, 10)
				}
			}
		});
		const file = await sealNewFile(
			worker.db,
			{ id, addedAt: at, totalBytes: full.length + thumb.length },
			{ full, thumb }
		);
		const row = {
			id,
			case_id: caseId,
			kind: 'photo' as const,
			mime: 'image/jpeg' as const,
			width: 1600,
			height: 1200,
			byte_size: full.length,
			sha256: digest(full),
			thumb_size: thumb.length,
			thumb_sha256: digest(thumb),
			taken_at: at
		};
		await commitIntents(
			{
				db: worker.db,
				me: worker.me,
				nowMs: worker.clock.nowMs(),
				offsetMs: null,
				newMid: () => worker.newId()
			},
			[{ name: 'attachment.add', args: { row } }],
			0,
			[file]
		);
		expect(await worker.sync()).toMatchObject({ kind: 'done' });
		expect(await worker.db.outbox.where('state').notEqual('acked').toArray()).toEqual([]);

		let pieces = 0;
		const port = await portOf(backend, world.worker, async () => {
			pieces += 1;
			if (pieces === 3) await backend.killAndRestart();
		});
		const uploader = uploaderOf(worker, port);
		uploader.start();
		await vi.waitFor(async () => expect(await worker.db.uploads.count()).toBe(0), 60_000);
		await uploader.stop();

		const nurse = await Phone.signedIn(backend, world.nurse);
		await nurse.sync();
		expect((await nurse.db.attachments.get(id))?.stored_at).not.toBeNull();
		const nursePort = await portOf(backend, world.nurse);
		const opened = await readPicture(nurse.db, nursePort, id, 'full');
		if (opened.kind !== 'here') throw new Error(opened.kind);
		expect(digest(new Uint8Array(await opened.picture.arrayBuffer()))).toBe(digest(full));

		const outsider = await portOf(backend, world.outsider);
		expect(await outsider.readPieces({ id, variant: 'full', start: 0 })).toMatchObject({
			ok: false,
			code: 'not_found'
		});
	}
);
