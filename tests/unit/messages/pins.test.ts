/** What a thread keeps at its top: the newest word on each message, the last pinned first. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { conversation } from '#lib/db/queries/messages.ts';
import { pinMessage, unpinMessage } from '#lib/features/messages/actions.ts';
import { aCase, anId, aPerson, aRow, NOW } from '../../fixtures/builders.ts';
import { aWorkspace } from '../../fixtures/unit-workspace.ts';

const org = anId();
const me = aPerson({ memberships: [{ orgId: org, orgName: '', role: 'supervisor' }] });
const person = aCase({ org_id: org });
const place = { caseId: person.id, thread: 'staff' } as const;
let db: LocalDb;

beforeEach(async () => {
	db = new LocalDb(me.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.cases.add(person);
});
afterEach(() => {
	db.close();
});

const workspace = () => aWorkspace(db, me);
const said = (body: string, part = {}) =>
	aRow('messages', { case_id: person.id, audience: 'staff', body, recorded_at: NOW, ...part });
const pinned = async () => {
	const found = await conversation(db, me, { ...place, limit: 5 });
	return found?.pins.map(({ pin, message, correction }) => [
		pin.excerpt,
		message?.body,
		correction?.body
	]);
};

test('what is pinned here stands above what the server has, until it is taken down; a correction goes with it', async () => {
	const [old, key] = [said('夜間專線改了'), said('鑰匙在花盆下')];
	await db.messages.bulkAdd([old, key, said('在鞋櫃', { corrects_id: key.id })]);
	await db.message_pins.bulkAdd([
		aRow('message_pins', {
			case_id: person.id,
			audience: 'staff',
			message_id: old.id,
			excerpt: old.body,
			seq: 7
		}),
		aRow('message_pins', {
			case_id: person.id,
			audience: 'circle',
			message_id: anId(),
			excerpt: '家屬也看得到',
			seq: 8
		})
	]);
	await pinMessage(workspace(), place, key);
	expect(await pinned()).toEqual([
		['鑰匙在花盆下', '鑰匙在花盆下', '在鞋櫃'],
		['夜間專線改了', '夜間專線改了', undefined]
	]);
	const pin = await db.message_pins.where({ case_id: person.id, audience: 'staff' }).first();
	await unpinMessage(workspace(), place, pin!);
	expect((await pinned())?.map(([excerpt]) => excerpt)).not.toContain(pin!.excerpt);
});

test('a message that this phone no longer holds is read from its pin', async () => {
	await db.message_pins.add(
		aRow('message_pins', {
			case_id: person.id,
			audience: 'staff',
			message_id: anId(),
			excerpt: '救護車從後門進',
			seq: 3
		})
	);
	expect(await pinned()).toEqual([['救護車從後門進', undefined, undefined]]);
});
