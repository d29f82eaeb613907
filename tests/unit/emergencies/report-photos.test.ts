/** Photos that go with a report: stored with it or not at all, and never in its way. */
import type { DBCore } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { reportEmergency } from '#lib/features/emergencies/actions.ts';
import { ReportForm } from '#lib/features/emergencies/report-form.svelte.ts';
import { aPerson } from '../../fixtures/builders.ts';
import { aWorkspace } from '../../fixtures/unit-workspace.ts';

const me = aPerson();
const PICTURE = {
	full: new Uint8Array(3000).fill(7),
	thumb: new Uint8Array(300).fill(9),
	width: 1600,
	height: 1200
};
let db: LocalDb;

beforeEach(() => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
});
afterEach(() => {
	db.close();
});

const workspace = () => aWorkspace(db, me);

async function report(type: string, count: number) {
	const form = new ReportForm(db, {
		caseId: 'case-1',
		type,
		measurementId: null,
		sign: null,
		severity: null
	});
	return await reportEmergency(
		workspace(),
		form,
		Array.from({ length: count }, () => PICTURE)
	);
}
const names = async () =>
	(await db.outbox.orderBy('order').toArray()).map(({ mutation }) => mutation.name);

test('the report is first, its photos point at it and wait sealed beside it', async () => {
	const { id, hasPhotos } = await report('FALL', 2);
	expect(hasPhotos).toBe(true);
	expect(await names()).toEqual(['emergency.report', 'attachment.add', 'attachment.add']);
	const rows = await db.attachments.toArray();
	expect(rows).toMatchObject([
		{ emergency_id: id, case_id: 'case-1', audience: 'circle', kind: 'photo' },
		{ emergency_id: id }
	]);
	expect(await db.uploads.count()).toBe(2);
	expect(await db.blobs.count()).toBe(4);
});

test('nothing is held back for undoing: a report goes at once', async () => {
	await report('FALL', 1);
	expect((await db.outbox.toArray()).map(({ holdMs }) => holdMs)).toEqual([0, 0]);
});

test('of a restricted event they are restricted on this phone, too', async () => {
	await report('ABUSE', 1);
	expect((await db.attachments.toArray()).map(({ audience }) => audience)).toEqual(['restricted']);
});

test('where the phone has no room for them the report goes without, and that is said', async () => {
	db.use({
		stack: 'dbcore',
		name: 'no room for pictures',
		create: (core: DBCore) => ({
			...core,
			table: (name: string) => {
				const table = core.table(name);
				const mutate = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
				return name === 'blobs' ? { ...table, mutate } : table;
			}
		})
	});
	expect(await report('FALL', 1)).toMatchObject({ hasPhotos: false });
	expect(await names()).toEqual(['emergency.report']);
	expect(await db.emergencies.count()).toBe(1);
	expect(await db.attachments.count()).toBe(0);
	expect(await db.uploads.count()).toBe(0);
});
