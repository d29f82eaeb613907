/** What a phone gets, in which order and how it can tell that it has it all. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
	aRow,
	CASES,
	hoursFromNow,
	ORGS,
	PEOPLE,
	placeOf,
	type Person
} from '../fixtures/db-world.ts';
import { Phone, type SyncAnswer } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const DAY_H = 24;
const db = await rolledBackDatabase();
const inside = { inside: true };

/** A message as the operator writes it, said so many hours ago. */
async function aMessage(hoursAgo: number, fields: Record<string, unknown> = {}): Promise<string> {
	return await db.insert(
		'messages',
		aRow.message({ author_name: '王照服', recorded_at: hoursFromNow(-hoursAgo), ...fields })
	);
}
async function bucketOf(kind: string, caseId = CASES.ayue): Promise<number> {
	return await db.value('select id from private.buckets where case_id = $1 and kind = $2', [
		caseId,
		kind
	]);
}

/** Ids of all synced rows that the policies let somebody see, about now or the last 90 days. */
async function visible(person: Person, since: string): Promise<string[]> {
	const rows = await db.as<{ key: string }>(
		person,
		`select table_name || '/' || id as key from private.synced_rows where relevant_at >= $1 order by 1`,
		[since]
	);
	return rows.map(({ key }) => key);
}

test('a new phone gets exactly what its person may see, and then nothing until something moves', async () => {
	await aMessage(1);
	await aMessage(1, { audience: 'staff' });
	for (const person of [
		'worker',
		'family',
		'supervisor',
		'social',
		'outsider',
		'former',
		'removed'
	] as const) {
		const phone = new Phone(db, person);
		const [first] = await phone.pull(inside);
		expect([...phone.rows.keys()].sort(), person).toEqual(
			await visible(person, first?.since ?? '')
		);
		const [again] = await phone.pull(inside);
		expect(again, person).toMatchObject({ buckets: {}, rows: {}, gone: {}, removed: [] });
	}
});

test('a page of a bucket that is not the caller’s is empty, whoever asks for it', async () => {
	await aMessage(1);
	const bucket = await bucketOf('case_circle');
	const rowsFor = async (person: Person) => {
		const [page] = await db.as<{ rows: unknown }>(
			person,
			`select p.rows from private.read_page(array[$1::integer], array[0::bigint], array['-infinity'::timestamptz], array['infinity'::timestamptz],
				array[100::bigint], array[true], '{}') p`,
			[bucket]
		);
		return page?.rows;
	};
	expect(await rowsFor('worker')).not.toBeNull();
	for (const person of ['outsider', 'former', 'removed'] as const)
		expect(await rowsFor(person), person).toBeNull();
});

test('an answer for a phone that has everything is small', async () => {
	const phone = new Phone(db, 'supervisor');
	await phone.pull(inside);
	expect(JSON.stringify(await phone.sync(inside)).length).toBeLessThan(300);
});

test('a change comes alone, in the order of its bucket', async () => {
	const phone = new Phone(db, 'worker');
	await phone.pull(inside);
	const ids = [await aMessage(0), await aMessage(0)];
	const [answer] = await phone.pull(inside);
	expect(Object.keys(answer?.rows ?? {})).toEqual(['messages']);
	expect(answer?.rows.messages?.map(({ id }) => id)).toEqual(ids);
});

test('a change to a row that is older than the window still comes', async () => {
	const old = await db.insert(
		'visits',
		aRow.visit({ starts_at: hoursFromNow(-200 * DAY_H), ends_at: hoursFromNow(-199 * DAY_H) })
	);
	const phone = new Phone(db, 'worker');
	await phone.pull(inside);
	expect(phone.of('visits').map(({ id }) => id)).not.toContain(old);
	await db.sql(`update public.visits set note = '補記' where id = $1`, [old]);
	await phone.pull(inside);
	expect(phone.of('visits').find(({ id }) => id === old)?.note).toBe('補記');
});

test('what stands and what is about today comes before the rest of the window, and the rest comes in pages without repeating', async () => {
	for (let i = 0; i < 60; i++) await aMessage(2 * DAY_H + i);
	const today = await db.insert('visits', aRow.visit());
	const openTask = await db.insert('tasks', {
		...aRow.task({
			audience: 'circle',
			author_name: '倪護理',
			recorded_at: hoursFromNow(-80 * DAY_H)
		})
	});
	await aMessage(120 * DAY_H, { body: '太久以前' });
	const phone = new Phone(db, 'family');
	const answers: SyncAnswer[] = [];
	for (;;) {
		const answer = await phone.sync({ ...inside, limit: 25 });
		phone.apply(answer);
		answers.push(answer);
		if (!Object.values(answer.buckets).some(({ more }) => more)) break;
	}
	const [first, ...pages] = answers;
	const ids = (answer: SyncAnswer | undefined) =>
		Object.entries(answer?.rows ?? {}).flatMap(([table, rows]) =>
			rows.map(({ id }) => `${table}/${id}`)
		);
	expect(ids(first)).toContain(`visits/${today}`);
	expect(ids(first)).toContain(`tasks/${openTask}`);
	expect(first?.rows.messages).toBeUndefined();
	const paged = pages.flatMap(ids);
	expect(new Set(paged).size).toBe(paged.length);
	expect(Math.max(...pages.map((page) => ids(page).length))).toBe(25);
	expect([...phone.rows.keys()].sort()).toEqual(await visible('family', first?.since ?? ''));
	expect(phone.of('messages').some(({ body }) => body === '太久以前')).toBe(false);
});

test('work of today comes before everything else when not all fits', async () => {
	// 王照服 has no visit at 阿月 today, but one at 阿土.
	await db.insert('case_members', {
		id: randomUUID(),
		case_id: CASES.atu,
		user_id: PEOPLE.worker,
		role: 'worker',
		display_name: '王照服'
	});
	const visit = await db.insert('visits', aRow.visit({ case_id: CASES.atu }));
	const phone = new Phone(db, 'worker');
	const order: number[] = [];
	for (;;) {
		const answer = await phone.sync({ ...inside, limit: 1 });
		phone.apply(answer);
		order.push(
			...Object.entries(answer.buckets)
				.filter(([, state]) => state.seq !== 0)
				.map(([bucket]) => Number(bucket))
		);
		if (phone.of('visits').some(({ id }) => id === visit)) break;
	}
	expect(order).not.toContain(await bucketOf('case_circle', CASES.ayue));
});

test('pages of any size add up to the same phone', async () => {
	for (let i = 0; i < 12; i++) {
		await aMessage(i * 30, { audience: i % 2 ? 'staff' : 'circle' });
		await db.insert('tasks', {
			...aRow.task({ author_name: '倪護理', recorded_at: hoursFromNow(-i) })
		});
	}
	const whole = new Phone(db, 'nurse');
	await whole.pull(inside);
	for (const limit of [1, 2, 3, 7, 40]) {
		const phone = new Phone(db, 'nurse');
		await phone.pull({ ...inside, limit });
		expect([...phone.rows].sort(), `limit ${limit}`).toEqual([...whole.rows].sort());
		expect(phone.cursors).toEqual(whole.cursors);
	}
});

test('rows that change or go while their window is arriving end up right', async () => {
	const ids: string[] = [];
	for (let i = 0; i < 20; i++)
		ids.push(
			await db.insert(
				'visits',
				aRow.visit({ starts_at: hoursFromNow(-72 - i), ends_at: hoursFromNow(-71 - i) })
			)
		);
	const phone = new Phone(db, 'worker');
	phone.apply(await phone.sync({ ...inside, limit: 5 }));
	phone.apply(await phone.sync({ ...inside, limit: 5 }));
	await db.sql(`update public.visits set note = '改了' where id = any ($1)`, [[ids[0], ids[19]]]);
	await db.sql('delete from public.visits where id = any ($1)', [[ids[1], ids[18]]]);
	await db.sql('delete from public.case_members where user_id = $1', [PEOPLE.removed]);
	await phone.pull({ ...inside, limit: 5 });
	const since = (await phone.sync(inside)).since;
	expect([...phone.rows.keys()].sort()).toEqual(await visible('worker', since));
	expect(phone.of('visits').filter(({ note }) => note === '改了')).toHaveLength(2);
});

test('a removed row is named once, a row that only moved within sight is not', async () => {
	const contact = await db.insert('case_contacts', aRow.contact({ audience: 'circle' }));
	const doomed = await db.insert('case_contacts', aRow.contact({ audience: 'circle' }));
	const worker = new Phone(db, 'worker');
	const family = new Phone(db, 'family');
	await worker.pull(inside);
	await family.pull(inside);
	await db.sql(`update public.case_contacts set audience = 'staff' where id = $1`, [contact]);
	await db.sql('delete from public.case_contacts where id = $1', [doomed]);
	const [toWorker] = await worker.pull(inside);
	const [toFamily] = await family.pull(inside);
	expect(toWorker?.gone).toEqual({ case_contacts: [doomed] });
	expect(toWorker?.rows.case_contacts).toMatchObject([{ id: contact, audience: 'staff' }]);
	expect(toFamily?.gone.case_contacts?.sort()).toEqual([contact, doomed].sort());
	expect(family.of('case_contacts')).toEqual([]);
	// And back again.
	await db.sql(`update public.case_contacts set audience = 'circle' where id = $1`, [contact]);
	await worker.pull(inside);
	await family.pull(inside);
	expect(family.of('case_contacts').map(({ id }) => id)).toEqual([contact]);
	expect(worker.of('case_contacts').map(({ bucket_id }) => bucket_id)).toEqual([
		await bucketOf('case_circle')
	]);
});

test('access that is granted brings the case from the start; access that is taken names its buckets', async () => {
	await aMessage(1);
	const phone = new Phone(db, 'outside');
	await phone.pull(inside);
	expect(phone.of('cases')).toEqual([]);
	const place = await db.insert('case_members', {
		id: randomUUID(),
		case_id: CASES.ayue,
		user_id: PEOPLE.outside,
		role: 'worker',
		display_name: '?'
	});
	await phone.pull(inside);
	expect(phone.of('cases').map(({ id }) => id)).toEqual([CASES.ayue]);
	expect(phone.of('messages')).toHaveLength(1);
	await db.sql('update public.case_members set ended_at = now() where id = $1', [place]);
	const [answer] = await phone.pull(inside);
	expect(answer?.removed).toEqual([await bucketOf('case_circle'), await bucketOf('case_staff')]);
	expect(phone.of('cases')).toEqual([]);
	expect((await phone.pull(inside))[0]?.removed).toEqual([]);
});

test('who leaves the last organisation loses every case, but not what is their own', async () => {
	const phone = new Phone(db, 'worker');
	await phone.pull(inside);
	await db.sql('update public.memberships set ended_at = now() where user_id = $1', [
		PEOPLE.worker
	]);
	await phone.pull(inside);
	expect(new Set([...phone.rows.values()].map(({ table }) => table))).toEqual(
		new Set(['profiles'])
	);
});

test('after a restore everything comes again, whatever the cursors say', async () => {
	const phone = new Phone(db, 'worker');
	await phone.pull(inside);
	const before = [...phone.rows].sort();
	await db.value('select private.new_epoch()');
	// A page of one row: buckets that do not fit are to be started again, too, when their turn comes.
	const answers: SyncAnswer[] = [];
	for (const cursor of phone.cursors.keys())
		phone.rows.set(`phantom/${cursor}`, {
			table: 'phantom',
			id: randomUUID(),
			bucket_id: cursor,
			seq: 1,
			relevant_at: 'infinity'
		});
	answers.push(...(await phone.pull({ ...inside, limit: 1 })));
	expect(Object.values(answers[0]?.buckets ?? {}).every(({ reset }) => reset)).toBe(true);
	expect([...phone.rows].sort()).toEqual(before);
});

test('a cursor ahead of the server starts that bucket again, alone', async () => {
	const phone = new Phone(db, 'worker');
	await phone.pull(inside);
	const circle = await bucketOf('case_circle');
	phone.cursors.set(circle, 999_999_999);
	const [answer] = await phone.pull(inside);
	expect(Object.keys(answer?.buckets ?? {})).toEqual([String(circle)]);
	expect(answer?.buckets[circle]).toMatchObject({ reset: true, more: false });
});

test('instants travel in UTC with milliseconds, and columns that are null do not travel', async () => {
	await aMessage(1, { recorded_at: '2026-11-20T10:00:00.123456+08:00' });
	const phone = new Phone(db, 'worker');
	await phone.pull(inside);
	const [message] = phone.of('messages');
	expect(message).toMatchObject({
		recorded_at: '2026-11-20T02:00:00.123Z',
		relevant_at: '2026-11-20T02:00:00.123Z'
	});
	expect(message).not.toHaveProperty('reply_to_id');
	const record = await db.insert('visit_records', {
		...aRow.record({ done_codes: [{ code: 'BA01', quantity: 1, unit: 'time', price_ntd: null }] }),
		author_name: '?',
		recorded_at: hoursFromNow(0)
	});
	await phone.pull(inside);
	expect(phone.of('visit_records').find(({ id }) => id === record)?.done_codes).toEqual([
		{ code: 'BA01', quantity: 1, unit: 'time', price_ntd: null }
	]);
});

test('a claim of a device whose clock is far off does not hide the row from other phones', async () => {
	const phone = new Phone(db, 'worker');
	await phone.push(
		[{ name: 'message.send', args: { row: aRow.message() }, at: '1970-01-02T00:00:00Z' }],
		inside
	);
	const other = new Phone(db, 'nurse');
	await other.pull(inside);
	expect(other.of('messages')).toMatchObject([{ recorded_at: '1970-01-02T00:00:00.000Z' }]);
});

test('older rows come on demand, page by page, none lost between rows of the same moment', async () => {
	for (let i = 0; i < 30; i++)
		await aMessage(100 * DAY_H + Math.floor(i / 4) * DAY_H, {
			audience: i % 3 ? 'circle' : 'staff'
		});
	const asked: string[] = [];
	let before: string | null = null;
	for (let more = true; more;) {
		const request: Record<string, unknown> = {
			case: CASES.ayue,
			limit: 5,
			...(before === null ? {} : { before })
		};
		const [row] = await db.as<{ answer: { rows: SyncAnswer['rows']; more: boolean } }>(
			'worker',
			'select public.history($1::jsonb) as answer',
			[JSON.stringify(request)]
		);
		const page = Object.values(row?.answer.rows ?? {}).flat();
		asked.push(...page.map(({ id }) => id));
		before = page.map(({ relevant_at }) => relevant_at).sort()[0] ?? null;
		more = row?.answer.more ?? false;
	}
	expect(new Set(asked).size).toBe(asked.length);
	expect(asked).toHaveLength(30);
	const [family] = await db.as<{ answer: { rows: SyncAnswer['rows'] } }>(
		'family',
		'select public.history($1::jsonb) as answer',
		[JSON.stringify({ case: CASES.ayue })]
	);
	expect(family?.answer.rows.messages).toHaveLength(20);
});

test('a phone that is to be wiped is told so, and gets nothing', async () => {
	const phone = new Phone(db, 'worker');
	await phone.pull(inside);
	await db.as('supervisor', 'select public.request_wipe($1)', [phone.id]);
	await aMessage(0);
	const answer = await phone.sync({
		...inside,
		push: phone.numbered([{ name: 'message.send', args: { row: aRow.message() } }])
	});
	expect(answer).toMatchObject({ wipe: true, rows: {}, buckets: {}, results: [{ verdict: 'ok' }] });
	await db.as('worker', 'select public.confirm_wipe($1)', [phone.id]);
	expect(await phone.sync(inside)).not.toHaveProperty('wipe');
	const [device] = await db.as<{ devices: { client_id: string; wiped_at?: string }[] }>(
		'worker',
		'select public.my_devices() as devices'
	);
	expect(device?.devices).toMatchObject([{ client_id: phone.id, wiped_at: expect.any(String) }]);
});

test('a phone outside the organisation hears of nothing within it', async () => {
	await aMessage(0, { case_id: null, org_id: ORGS.shancheng, audience: 'organization' });
	const phone = new Phone(db, 'outsider');
	await phone.pull(inside);
	const ids = new Set([...phone.rows.values()].map(({ id }) => id));
	expect(ids.has(CASES.ayue)).toBe(false);
	expect(ids.has(placeOf('worker'))).toBe(false);
	expect(phone.of('messages')).toEqual([]);
	expect(phone.of('cases').map(({ id }) => id)).toEqual([CASES.ahai]);
});
