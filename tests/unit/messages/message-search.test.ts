/** What was said is found on this phone, as it was written, in the threads that one sees, and opened at its place. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { MOST_HITS, searchMessages } from '#lib/db/queries/message-search.ts';
import { conversation } from '#lib/db/queries/messages.ts';
import { excerptOf } from '#lib/domain/excerpt.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { MessageRow } from '#lib/domain/rows.ts';
import { foldText } from '#lib/domain/text.ts';

describe('the piece around what was found', () => {
	const found = (text: string, query: string) => excerptOf(text, foldText(query));

	test('is cut on both sides, on one line, with what was found as it was written', () => {
		expect(found('今天早上量血壓，一百六', '血壓')).toEqual({
			before: '今天早上量',
			hit: '血壓',
			after: '，一百六'
		});
		const long = found(`${'前'.repeat(30)}跌倒\n${'後'.repeat(60)}`, '跌倒');
		expect(long?.before).toBe(`…${'前'.repeat(12)}`);
		expect(long?.after).toBe(` ${'後'.repeat(39)}…`);
	});

	test.each([
		['送去臺大', '台大', '臺大'],
		['ＢＡ０１ 做完', 'ba01', 'ＢＡ０１'],
		['Nguyễn 來了', 'nguyen', 'Nguyễn'],
		['㎎ 藥量 5㎎', 'mg', '㎎'],
		['👵🏻 阿嬤', '阿嬤', '阿嬤']
	])('of %s for %s marks %s', (text, query, hit) => {
		expect(found(text, query)?.hit).toBe(hit);
	});

	test('is none where it does not stand', () => {
		expect(found('今天很好', '不好')).toBeNull();
		expect(found('今天很好', '')).toBeNull();
	});
});

describe('search in threads', () => {
	const at = (minute: number) =>
		new Date(Date.parse('2026-11-20T04:00:00.000Z') + minute * 60_000).toISOString();
	const message = (id: string, minute: number, part: Partial<MessageRow> = {}): MessageRow => ({
		...blankRow('messages'),
		id,
		case_id: 'lin',
		audience: 'circle',
		body: id,
		created_by: 'other',
		recorded_at: at(minute),
		received_at: at(minute),
		...part
	});
	let db: LocalDb;
	beforeEach(async () => {
		db = new LocalDb('me', { indexedDB: new IDBFactory(), IDBKeyRange });
		await db.cases.bulkAdd(
			['lin', 'chen'].map((id) => ({ ...blankRow('cases'), id, name: id, org_id: 'org', _gen: 0 }))
		);
		await db.case_members.add({
			...blankRow('case_members'),
			id: 'm',
			case_id: 'lin',
			user_id: 'me',
			role: 'nurse',
			_gen: 0
		});
	});
	afterEach(() => {
		db.close();
	});
	const put = (...rows: MessageRow[]) =>
		db.messages.bulkPut(rows.map((row) => ({ ...row, _gen: 0 })));
	const ids = async (text: string, place: Parameters<typeof searchMessages>[2] = null) =>
		(await searchMessages(db, text, place)).hits.map((hit) => hit.message.id);

	test('finds pieces in all threads, newest first, and in one thread only those of it', async () => {
		await put(
			message('a', 1, { body: '夜裡咳嗽' }),
			message('b', 3, { body: '還在咳嗽', audience: 'staff' }),
			message('c', 2, { body: '咳嗽藥吃完', case_id: 'chen' }),
			message('d', 4, { body: '很好' })
		);
		expect(await ids('咳嗽')).toEqual(['b', 'c', 'a']);
		expect(await ids('咳嗽', { caseId: 'lin', thread: 'circle' })).toEqual(['a']);
		expect(await ids('  ')).toEqual([]);
	});

	test('leaves out announcements, what was deleted, and people who are not on this phone', async () => {
		await put(
			message('a', 1, { body: '停班', case_id: null, org_id: 'org', audience: 'organization' }),
			message('b', 2, { body: '停班', deleted_at: at(3) }),
			message('c', 3, { body: '停班', case_id: 'gone' })
		);
		expect(await ids('停班')).toEqual([]);
	});

	test('shows no more than some, and says how many there are', async () => {
		await put(...Array.from({ length: 60 }, (_, n) => message(`m${n}`, n, { body: `好 ${n}` })));
		const { hits, count } = await searchMessages(db, '好', null);
		expect([hits.length, count, hits[0]?.message.id]).toEqual([MOST_HITS, 60, 'm59']);
	});

	test('of what was corrected the newest correction is known, and what it corrects, however old', async () => {
		await put(
			message('first', 0, { body: '38.5' }),
			...Array.from({ length: 50 }, (_, n) => message(`m${n}`, n + 1)),
			message('again', 60, { body: '36.5', corrects_id: 'first' }),
			message('then', 61, { body: '36.8', corrects_id: 'first' })
		);
		const me = { userId: 'me', memberships: [] };
		const found = await conversation(db, me, { caseId: 'lin', thread: 'circle', limit: 2 });
		expect(found?.messages.map(({ id }) => id)).toEqual(['again', 'then']);
		expect(found?.corrections.get('first')?.id).toBe('then');
		expect(found?.quoted.get('first')?.body).toBe('38.5');
	});

	test('a thread that is opened at an old message reaches back to it, with some before it', async () => {
		await put(...Array.from({ length: 100 }, (_, n) => message(`m${n}`, n)));
		const me = { userId: 'me', memberships: [] };
		const place = { caseId: 'lin', thread: 'circle', limit: 40 } as const;
		const jumped = await conversation(db, me, { ...place, atId: 'm20' });
		expect(jumped?.messages[0]?.id).toBe('m17');
		expect(jumped?.hasOlder).toBe(true);
		const recent = await conversation(db, me, { ...place, atId: 'm90' });
		expect(recent?.messages[0]?.id).toBe('m60');
		const unknown = await conversation(db, me, { ...place, atId: 'elsewhere' });
		expect(unknown?.messages).toHaveLength(40);
	});
});
