/** Announcements: from one's own organisations, what waits for one's word first, and who supervisors see missing. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { announcements, type Announcements } from '#lib/db/queries/announcements.ts';
import { confirmAnnouncement, remindOf } from '#lib/features/messages/announcement-actions.ts';
import { aPerson, aRow, anId, NOW } from '../../fixtures/builders.ts';
import { aWorkspace } from '../../fixtures/unit-workspace.ts';

const org = anId();
const member = (role: 'worker' | 'supervisor') =>
	aPerson({ memberships: [{ orgId: org, orgName: '', role }] });
const [worker, supervisor] = [member('worker'), member('supervisor')];
const news = aRow('messages', { org_id: org, audience: 'organization', recorded_at: NOW });
const asked = aRow('messages', {
	org_id: org,
	audience: 'organization',
	needs_confirmation: true,
	created_by: supervisor.userId,
	recorded_at: '2026-01-01T00:00:00.000Z'
});
let db: LocalDb;

beforeEach(async () => {
	db = new LocalDb(worker.userId, { indexedDB: new IDBFactory(), IDBKeyRange });
	await db.messages.bulkAdd([news, asked, aRow('messages', { org_id: anId() })]);
	const people: [string, string, string | null][] = [
		[worker.userId, '王照服', null],
		[supervisor.userId, '督導', null],
		[anId(), '李護理', null],
		[anId(), '已離職', NOW]
	];
	await db.memberships.bulkAdd(
		people.map(([user_id, display_name, ended_at]) =>
			aRow('memberships', { org_id: org, user_id, display_name, ended_at })
		)
	);
});
afterEach(() => {
	db.close();
});

const workspace = (me: typeof worker) => aWorkspace(db, me);
async function seenBy(me: typeof worker): Promise<Announcements> {
	const [found] = await announcements(db, me);
	return found!;
}
async function othersSeen() {
	const { announcements: found } = await seenBy(supervisor);
	return found.find(({ message }) => message.id === asked.id)?.confirmations?.others;
}

test('what waits for one’s word stands first, however old, until it is given; then what the phone was told of it is read', async () => {
	await db.notices.add(
		aRow('notices', { kind: 'announcement_asked', subject_id: asked.id, user_id: worker.userId })
	);
	const before = await seenBy(worker);
	expect(before.mayPost).toBe(false);
	expect(
		before.announcements.map(({ message, confirmations }) => [message.id, confirmations])
	).toEqual([
		[asked.id, { own: null, others: null }],
		[news.id, null]
	]);
	await confirmAnnouncement(workspace(worker), asked);
	const [first, second] = (await seenBy(worker)).announcements;
	expect([first?.message.id, second?.confirmations?.own?.user_id]).toEqual([
		news.id,
		worker.userId
	]);
	expect((await db.notices.toArray()).map(({ read_at }) => read_at)).toEqual([NOW]);
});

test('a second phone of the same person says the same, not more', async () => {
	await confirmAnnouncement(workspace(worker), asked);
	await confirmAnnouncement(workspace(worker), asked);
	expect(await db.announcement_marks.count()).toBe(1);
});

test('supervisors see who is missing, by name, without who wrote it and who has left; and when they were reminded', async () => {
	expect((await seenBy(supervisor)).announcements.map(({ message }) => message.id)).toEqual([
		news.id,
		asked.id
	]);
	const names = async () => (await othersSeen())?.missing.map((person) => person.display_name);
	expect([...((await names()) ?? [])].sort()).toEqual(['李護理', '王照服']);
	await confirmAnnouncement(workspace(worker), asked);
	await remindOf(workspace(supervisor), asked);
	expect(await names()).toEqual(['李護理']);
	expect(await othersSeen()).toMatchObject({
		read: [{ user_id: worker.userId }],
		reminder: { user_id: supervisor.userId }
	});
});

test('the family works for no organisation', async () => {
	expect(await announcements(db, aPerson({ memberships: [] }))).toEqual([]);
});
