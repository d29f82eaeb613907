/** A paper on its way: it has no small picture, is sent whole, and is opened as what its row says. */
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SYNC_STORES, LocalDb } from '#lib/db/local-db.ts';
import { readFile, sealNewFile } from '#lib/db/files.ts';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import { requeueJournal } from '#lib/sync/apply-verdicts.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import type { FilePiece, FilePort, StoredBytes } from '#lib/sync/file-port.ts';
import { FileUploader, PIECE_BYTES } from '#lib/sync/file-uploader.ts';
import { readPicture } from '#lib/sync/read-picture.ts';
import { anId, aPerson, aRow, NOW, NOW_MS } from '../../fixtures/builders.ts';

const me = aPerson();
const BYTES = new Uint8Array(PIECE_BYTES + 100).map((_, at) => at % 241);
const traffic = { bytesSent: 1, bytesReceived: 1 };

let db: LocalDb;
let uploader: FileUploader | null;
let sent: string[];
let held: number[];

const port: FilePort = {
	storePiece({ variant, start, bytes }: FilePiece): Promise<RemoteAnswer<StoredBytes>> {
		sent.push(`${variant} ${start} ${bytes?.length ?? '?'}`);
		if (bytes && start === held.length) held.push(...bytes);
		const stored = held.length === BYTES.length;
		const value = { thumb: 0, full: held.length, stored, broken: false };
		return Promise.resolve({ ok: true, value, ...traffic });
	},
	readPieces({ start }) {
		const bytes = held.slice(start, start + PIECE_BYTES);
		const value = bytes.length === 0 ? null : Uint8Array.from(bytes);
		return Promise.resolve({ ok: true, value, ...traffic });
	}
};

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	uploader = null;
	sent = [];
	held = [];
});
afterEach(async () => {
	await uploader?.stop();
	db.close();
});

const rowOf = (id: string) => ({
	id,
	case_id: 'case',
	kind: 'document' as const,
	document_kind: 'contract',
	caption: '服務契約',
	mime: 'application/pdf' as const,
	width: null,
	height: null,
	byte_size: BYTES.length,
	sha256: createHash('sha256').update(BYTES).digest('hex'),
	thumb_size: null,
	thumb_sha256: null,
	taken_at: NOW
});

/** A paper that was added on this phone and whose row the server has taken. */
async function added(): Promise<string> {
	const id = anId();
	const upload = { id, addedAt: NOW, totalBytes: BYTES.length };
	const file = await sealNewFile(db, upload, { full: BYTES, thumb: null });
	await commitIntents(
		{ db, me, nowMs: NOW_MS, offsetMs: null, newMid: anId },
		[{ name: 'attachment.add', args: { row: rowOf(id) } }],
		0,
		[file]
	);
	await db.outbox.toCollection().modify({ state: 'acked', n: 1, verdict: 'ok' });
	return id;
}

function start(): void {
	uploader = new FileUploader({
		db,
		port,
		clock: { nowMs: () => NOW_MS, setTimer: () => () => undefined },
		network: { online: () => true, onChange: () => () => undefined },
		alone: (work) => work()
	});
	uploader.start();
}
const isSent = () => vi.waitFor(async () => expect(await db.uploads.count()).toBe(0));

test('its bytes are sealed and sent, and nobody asks for a small picture', async () => {
	const id = await added();
	expect(await db.blobs.toCollection().primaryKeys()).toEqual([[id, 'full']]);
	start();
	await isSent();
	expect(sent).toEqual(['full 0 ?', `full 0 ${PIECE_BYTES}`, `full ${PIECE_BYTES} 100`]);
	expect(await readFile(db, id, 'full'), 'and stays here').toEqual(BYTES);
});

test('a server that forgot it gets it again, whole', async () => {
	const id = await added();
	start();
	await isSent();
	held = [];
	const [entry] = await db.outbox.toArray();
	if (!entry) throw new Error('nothing was recorded');
	await db.journal.put({ mid: entry.mid, outcome: 'acked', closedAtMs: NOW_MS, entry });
	await db.outbox.clear();
	await db.inTransaction('rw', SYNC_STORES, (tx) => requeueJournal(tx, NOW_MS));
	expect(await db.uploads.get(id)).toMatchObject({ onlyFull: true, totalBytes: BYTES.length });
});

test('it is opened as a PDF; a small picture of it is not asked for', async () => {
	const row = aRow('attachments', { ...rowOf(anId()), stored_at: NOW });
	await db.attachments.put(row);
	held = [...BYTES];
	const answer = await readPicture(db, port, row.id, 'full');
	if (answer.kind !== 'here') throw new Error(answer.kind);
	expect(answer.picture.type).toBe('application/pdf');
	expect(new Uint8Array(await answer.picture.arrayBuffer())).toEqual(BYTES);
	expect(await readPicture(db, port, row.id, 'thumb')).toEqual({ kind: 'gone' });
});
