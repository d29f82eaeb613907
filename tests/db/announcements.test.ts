/** Announcements that ask for a word: who is asked, who says it for whom, and whom a reminder reaches. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { announcementReadId } from '#lib/domain/ids.ts';
import { aRow, hoursFromNow, ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

async function push(person: Person, name: string, row: Fields): Promise<Result> {
	const at = hoursFromNow(0);
	const [result] = await new Phone(db, person).push([{ name, args: { row }, at }], {
		inside: true
	});
	return result!;
}
async function ask(fields: Fields = {}): Promise<string> {
	const row = aRow.announcement({ needs_confirmation: true, ...fields });
	expect((await push('supervisor', 'message.send', row)).verdict).toBe('ok');
	return row.id;
}
async function mark(person: Person, message_id: string, fields: Fields = {}): Promise<Result> {
	const user_id = PEOPLE[person];
	const id = announcementReadId(message_id, user_id);
	return await push(person, 'announcement.mark', aRow.mark({ id, user_id, message_id, ...fields }));
}
const remind = (person: Person, message_id: string) =>
	mark(person, message_id, { id: randomUUID(), kind: 'reminder' });

async function told(message_id: string): Promise<string[]> {
	const rows = await db.sql<{ user_id: string }>(
		`select user_id from public.notices where kind = 'announcement_asked' and subject_id = $1`,
		[message_id]
	);
	const nameOf = (id: string) =>
		Object.entries(PEOPLE).find(([, person]) => person === id)?.[0] ?? '?';
	return rows.map(({ user_id }) => nameOf(user_id)).sort();
}
const COLLEAGUES = ['manager', 'nurse', 'outside', 'removed', 'social', 'therapist', 'worker'];

test('everybody who works there is asked, but who asks; an announcement that asks for nothing asks nobody', async () => {
	expect(await told(await ask())).toEqual(COLLEAGUES);
	expect(await told(await ask({ needs_confirmation: false }))).toEqual([]);
});

test('a word is one’s own, under the name of the directory, once, and in that organisation', async () => {
	const id = await ask();
	expect((await mark('worker', id, { user_name: '別人' })).verdict).toBe('ok');
	expect((await mark('worker', id)).verdict, 'from a second phone').toBe('ok');
	expect((await mark('worker', id, { id: randomUUID(), user_id: PEOPLE.nurse })).verdict).toBe(
		'rejected'
	);
	expect((await mark('nurse', id, { org_id: ORGS.haixian })).verdict).toBe('rejected');
	expect((await mark('outsider', id)).verdict).toBe('rejected');
	expect((await mark('family', id)).verdict).toBe('rejected');
	expect(
		await db.sql('select user_name from public.announcement_marks where message_id = $1', [id])
	).toEqual([{ user_name: '王照服' }]);
});

test('of a message in a thread, or an announcement that asks for nothing, there is nothing to say', async () => {
	expect((await mark('worker', await ask({ needs_confirmation: false }))).verdict).toBe('rejected');
	const inThread = aRow.message({ needs_confirmation: true });
	expect((await push('worker', 'message.send', inThread)).verdict).toBe('rejected');
});

test('a reminder reaches those who have not said so, once an hour; only supervisors remind', async () => {
	const id = await ask();
	await mark('worker', id);
	await mark('nurse', id);
	expect((await remind('manager', id)).verdict).toBe('rejected');
	await db.sql(`delete from public.notices where subject_id = $1`, [id]);
	expect((await remind('supervisor', id)).verdict).toBe('ok');
	const missing = COLLEAGUES.filter((name) => name !== 'worker' && name !== 'nurse');
	expect(await told(id)).toEqual(missing);
	expect((await remind('supervisor', id)).verdict).toBe('ok');
	expect(await told(id), 'nobody twice').toEqual(missing);
});
