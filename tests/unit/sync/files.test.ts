/** Pictures on the phone: sealed, stored with their intent or not at all, sent once the row is there, and never called synced before. */
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dropFullCopies } from '#lib/db/file-copies.ts';
import type { NewFile } from '#lib/db/file-stores.ts';
import { cacheFile, readFile, sealNewFile } from '#lib/db/files.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import type { FileVariant } from '#lib/domain/photo-rows.ts';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import { requeueJournal } from '#lib/sync/apply-verdicts.ts';
import { leaveBuckets } from '#lib/sync/apply-access.ts';
import { BaseRows } from '#lib/sync/base-rows.ts';
import { Cursors } from '#lib/sync/cursors.ts';
import { Writes } from '#lib/sync/writes.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import type { FilePiece, FilePort, StoredBytes } from '#lib/sync/file-port.ts';
import { FileUploader, PIECE_BYTES } from '#lib/sync/file-uploader.ts';
import { countOutbox, dismissIntent, retractIntents } from '#lib/sync/outbox.ts';
import { readPicture } from '#lib/sync/read-picture.ts';
import { StatusState } from '#lib/sync/status.svelte.ts';
import { SYNC_STORES } from '#lib/db/local-db.ts';
import { StorageFaults } from '../../sync/support/storage-faults.ts';
import { anId, aPerson, aRow, NOW, NOW_MS } from '../../fixtures/builders.ts';

const me = aPerson();
const storage = new StorageFaults();
const BYTES = {
	thumb: new Uint8Array(5_000).map((_, at) => at % 251),
	full: new Uint8Array(3 * PIECE_BYTES - 7).map((_, at) => at % 241)
};
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const traffic = { bytesSent: 1, bytesReceived: 1 };

let db: LocalDb;
let server: Server;
let isOnline: boolean;
let uploader: FileUploader | null;
let timers: (() => void)[];

type Fault = 'offline' | 'answer_lost' | 'broken';

/** Holds bytes as the database does (tests/db/photos.test.ts). */
class Server implements FilePort {
	readonly held = new Map<string, number[]>();
	readonly asked: string[] = [];
	/** What the next calls meet. */
	faults: Fault[] = [];
	/** What the call of this number meets; the first is 1. */
	strike: (call: number) => Fault | null = () => null;
	/** Rows that it has. */
	readonly known = new Set<string>();

	storePiece({ id, variant, start, bytes }: FilePiece): Promise<RemoteAnswer<StoredBytes>> {
		this.asked.push(`${variant} ${start} ${bytes?.length ?? '?'}`);
		const fault = this.strike(this.asked.length) ?? this.faults.shift();
		if (fault === 'offline') return Promise.resolve(failure('offline'));
		if (!this.known.has(id)) return Promise.resolve(failure('server', 'not_found'));
		const key = `${id}/${variant}`;
		const has = this.held.get(key) ?? [];
		if (bytes && start === has.length) this.held.set(key, [...has, ...bytes]);
		if (fault === 'broken') this.held.delete(key);
		if (fault === 'answer_lost') return Promise.resolve(failure('timeout'));
		const thumb = this.held.get(`${id}/thumb`)?.length ?? 0;
		const full = this.held.get(`${id}/full`)?.length ?? 0;
		const stored = thumb === BYTES.thumb.length && full === BYTES.full.length;
		const value = { thumb, full, stored, broken: fault === 'broken' };
		return Promise.resolve({ ok: true, value, ...traffic });
	}

	readPieces({
		id,
		variant,
		start
	}: Omit<FilePiece, 'bytes'>): Promise<RemoteAnswer<Uint8Array<ArrayBuffer> | null>> {
		if (this.faults.shift() === 'offline') return Promise.resolve(failure('offline'));
		const bytes = (this.held.get(`${id}/${variant}`) ?? []).slice(start, start + PIECE_BYTES);
		const value = bytes.length === 0 ? null : Uint8Array.from(bytes);
		return Promise.resolve({ ok: true, value, ...traffic });
	}
}

function failure(
	kind: 'offline' | 'timeout' | 'server',
	code: string | null = null
): RemoteAnswer<never> {
	return { ok: false, kind, code, retryAfterMs: null, ...traffic };
}

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	storage.attach(db);
	server = new Server();
	isOnline = true;
	timers = [];
	uploader = null;
});
afterEach(async () => {
	storage.heal();
	await uploader?.stop();
	db.close();
});

function rowOf(id: string) {
	return {
		id,
		case_id: 'case',
		mime: 'image/jpeg' as const,
		byte_size: BYTES.full.length,
		sha256: digest(BYTES.full),
		thumb_size: BYTES.thumb.length,
		thumb_sha256: digest(BYTES.thumb),
		taken_at: NOW
	};
}
async function sealed(id: string): Promise<NewFile> {
	const totalBytes = BYTES.full.length + BYTES.thumb.length;
	return await sealNewFile(db, { id, addedAt: NOW, totalBytes }, BYTES);
}
async function take(id = anId()): Promise<{ id: string; mid: string }> {
	const [mid = ''] = await commitIntents(
		{ db, me, nowMs: NOW_MS, offsetMs: null, newMid: anId },
		[{ name: 'attachment.add', args: { row: rowOf(id) } }],
		0,
		[await sealed(id)]
	);
	return { id, mid };
}
/** The server has taken the intent. */
async function acknowledge(id: string): Promise<void> {
	await Promise.all([db.outbox.clear(), db.shadow.clear()]);
	await db.attachments.put(aRow('attachments', rowOf(id)));
	server.known.add(id);
}
function start(): void {
	uploader = new FileUploader({
		db,
		port: server,
		clock: {
			nowMs: () => NOW_MS,
			setTimer: (run) => {
				timers.push(run);
				return () => (timers = timers.filter((each) => each !== run));
			}
		},
		network: { online: () => isOnline, onChange: () => () => undefined },
		alone: (work) => work()
	});
	uploader.start();
}
const sent = () => vi.waitFor(async () => expect(await db.uploads.count()).toBe(0));
const waitsForRetry = () => vi.waitFor(() => expect(timers).toHaveLength(1));
function retry(): void {
	for (const run of timers.splice(0)) run();
}
const held = async () => (await db.blobs.toArray()).map(({ variant }) => variant).sort();
const phase = async () => {
	const status = new StatusState();
	status.setShared({ lastSyncedAt: NOW, firstSyncDone: true });
	status.setCounts(await countOutbox(db));
	return [status.phase, status.pendingCount];
};

describe('on the phone', () => {
	test('bytes are sealed under a key that cannot be read out, and open under their own name only', async () => {
		const { id } = await take();
		const blob = await db.blobs.get([id, 'thumb']);
		const sealed = Buffer.from(blob?.sealed ?? new ArrayBuffer());
		expect(sealed.length).toBeGreaterThan(BYTES.thumb.length);
		expect(sealed.includes(Buffer.from(BYTES.thumb.subarray(0, 40)))).toBe(false);
		expect((await db.keys.toArray()).map(({ key }) => key.extractable)).toEqual([false]);
		expect(await readFile(db, id, 'thumb')).toEqual(BYTES.thumb);
		if (blob) await db.blobs.put({ ...blob, variant: 'full' });
		expect(await readFile(db, id, 'full'), 'in another one’s place').toBeNull();
		await db.keys.clear();
		expect(await readFile(db, id, 'thumb'), 'without its key').toBeNull();
	});

	test('row and bytes are stored together or not at all', async () => {
		const file = await sealed('other');
		storage.failAfter(2, 'disk_full', true);
		await expect(
			commitIntents(
				{ db, me, nowMs: NOW_MS, offsetMs: null, newMid: anId },
				[{ name: 'attachment.add', args: { row: rowOf('other') } }],
				0,
				[file]
			)
		).rejects.toMatchObject({ kind: 'quota' });
		storage.heal();
		for (const store of ['blobs', 'uploads', 'outbox', 'attachments'] as const)
			expect(await db.table(store).count(), store).toBe(0);
	});

	test('what is undone, and what is given up after a refusal, leaves with its bytes', async () => {
		const undone = await take();
		expect(await retractIntents(db, [undone.mid])).toBe(true);
		expect(await held()).toEqual([]);
		const refused = await take();
		await db.outbox.toCollection().modify({ state: 'attention' });
		await dismissIntent(db, refused.mid, NOW_MS);
		expect(await held()).toEqual([]);
		expect(await db.uploads.count()).toBe(0);
	});

	test('nothing is called synced while bytes wait, and a picture counts once', async () => {
		const { id } = await take();
		expect(await phase()).toEqual(['waiting', 1]);
		await acknowledge(id);
		expect(await phase()).toEqual(['waiting', 1]);
		expect((await countOutbox(db)).oldestPendingAt).toBe(NOW);
		start();
		await sent();
		expect(await phase()).toEqual(['synced', 0]);
	});

	test('a full phone gives up large copies of what the server has, and nothing else', async () => {
		const kept = await take();
		await acknowledge(kept.id);
		start();
		await sent();
		await take();
		expect(await dropFullCopies(db)).toBe(true);
		expect(await held()).toEqual(['full', 'thumb', 'thumb']);
		expect(await dropFullCopies(db)).toBe(false);
	});

	test('when access ends the copies go with the rows; what only this phone has is sent, and goes then', async () => {
		const copy = await take();
		await acknowledge(copy.id);
		start();
		await sent();
		await uploader?.stop();
		const waiting = await take();
		await acknowledge(waiting.id);
		await db.inTransaction('rw', SYNC_STORES, async (tx) => {
			const writes = new Writes();
			const [base, cursors] = [await BaseRows.load(tx, writes), await Cursors.load(tx, writes)];
			await leaveBuckets(tx, base, cursors, [1]);
			await writes.done();
		});
		expect(await db.attachments.count()).toBe(0);
		expect((await db.blobs.toArray()).map(({ id }) => id)).toEqual([waiting.id, waiting.id]);
		start();
		await sent();
		expect(await held()).toEqual([]);
	});

	test('a server that was set back is asked whether it still has the bytes', async () => {
		const { id, mid } = await take();
		const [entry] = await db.outbox.toArray();
		await acknowledge(id);
		start();
		await sent();
		if (!entry) throw new Error('no entry');
		await db.journal.put({ mid, outcome: 'acked', closedAtMs: NOW_MS, entry });
		server.held.clear();
		await db.inTransaction('rw', SYNC_STORES, (tx) => requeueJournal(tx, NOW_MS));
		expect(await db.uploads.count()).toBe(1);
		await db.outbox.clear();
		await sent();
		expect(server.held.get(`${id}/full`)).toHaveLength(BYTES.full.length);
	});
});

describe('sending', () => {
	test('waits for the row, then the small one goes before the large one, in pieces', async () => {
		const { id } = await take();
		start();
		uploader?.wake();
		await uploader?.stop();
		expect(server.asked).toEqual([]);
		await acknowledge(id);
		start();
		await sent();
		expect(server.asked).toEqual([
			'thumb 0 ?',
			'thumb 0 5000',
			'full 0 ?',
			`full 0 ${PIECE_BYTES}`,
			`full ${PIECE_BYTES} ${PIECE_BYTES}`,
			`full ${2 * PIECE_BYTES} ${PIECE_BYTES - 7}`
		]);
		expect(Uint8Array.from(server.held.get(`${id}/full`) ?? [])).toEqual(BYTES.full);
		expect(await held(), 'the copy stays').toEqual(['full', 'thumb']);
	});

	test('goes on where the bytes end after a lost answer and in another life of the app', async () => {
		const { id } = await take();
		await acknowledge(id);
		server.held.set(`${id}/thumb`, [...BYTES.thumb]);
		server.faults = ['answer_lost'];
		start();
		await waitsForRetry();
		await uploader?.stop();
		server.held.set(`${id}/full`, [...BYTES.full.subarray(0, PIECE_BYTES)]);
		server.asked.length = 0;
		start();
		await sent();
		expect(server.asked).toEqual([
			'thumb 0 ?',
			'full 0 ?',
			`full ${PIECE_BYTES} ${PIECE_BYTES}`,
			`full ${2 * PIECE_BYTES} ${PIECE_BYTES - 7}`
		]);
	});

	test('says how far it is, tries again by itself, and begins anew when the server threw the bytes away', async () => {
		const { id } = await take();
		await acknowledge(id);
		// Asked, small one, asked, first piece; then the line is gone.
		server.strike = (at) => (at === 5 ? 'offline' : null);
		start();
		await waitsForRetry();
		expect((await db.uploads.get(id))?.sentBytes).toBe(BYTES.thumb.length + PIECE_BYTES);
		// Both asked, then the second piece.
		server.strike = (at) => (at === 8 ? 'broken' : null);
		retry();
		await waitsForRetry();
		retry();
		await sent();
		expect(Uint8Array.from(server.held.get(`${id}/full`) ?? [])).toEqual(BYTES.full);
	});

	test('leaves alone what nobody can reach, and what was removed before it was sent', async () => {
		const { id } = await take();
		await acknowledge(id);
		isOnline = false;
		start();
		await waitsForRetry();
		expect(server.asked).toEqual([]);
		await db.attachments.update(id, { removed_at: NOW });
		isOnline = true;
		retry();
		await sent();
		expect(server.asked).toEqual([]);
		expect(await held()).toEqual([]);
	});
});

describe('opening a picture', () => {
	const open = async (id: string, variant: FileVariant = 'full') =>
		await readPicture(db, server, id, variant);
	async function onServer(part = {}): Promise<string> {
		const row = aRow('attachments', { ...rowOf(anId()), stored_at: NOW, ...part });
		await db.attachments.put(row);
		server.held.set(`${row.id}/thumb`, [...BYTES.thumb]);
		server.held.set(`${row.id}/full`, [...BYTES.full]);
		return row.id;
	}

	test('takes it from the server once, checks it, and then has it without signal', async () => {
		const id = await onServer();
		const answer = await open(id);
		if (answer.kind !== 'here') throw new Error(answer.kind);
		expect(new Uint8Array(await answer.picture.arrayBuffer())).toEqual(BYTES.full);
		server.faults = ['offline'];
		expect((await open(id)).kind).toBe('here');
		expect((await open(id, 'thumb')).kind).toBe('no_signal');
	});

	test('never shows bytes that are not what was announced', async () => {
		const id = await onServer({ sha256: digest(BYTES.thumb) });
		expect((await open(id)).kind).toBe('no_signal');
		expect(await held()).toEqual([]);
	});

	test('says where it is when it is not here', async () => {
		expect((await open(anId())).kind).toBe('gone');
		expect((await open(await onServer({ removed_at: NOW }))).kind).toBe('gone');
		expect((await open(await onServer({ stored_at: null }))).kind).toBe('elsewhere');
	});

	test('keeps nothing of a row that has left meanwhile', async () => {
		await cacheFile(db, anId(), 'thumb', BYTES.thumb);
		expect(await held()).toEqual([]);
	});
});
