/** Photos: only with a consent that holds, never altered, their bytes whole or not at all, and seen by those who see the row. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PICTURE, type Person } from '../fixtures/db-world.ts';
import { Callers } from './hand-over.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const callers = new Callers(db);
const inside = { inside: true };

interface Intent {
	readonly name: string;
	readonly args: Fields;
	readonly at?: string;
}
async function push(person: Person, ...intents: Intent[]): Promise<Result[]> {
	const now = hoursFromNow(0);
	return await new Phone(db, person).push(
		intents.map((intent) => ({ at: now, ...intent })),
		inside
	);
}
const consent = (fields: Fields = {}) => ({
	name: 'case_consent.add',
	args: { row: aRow.consent(fields) }
});
const photo = (fields: Fields = {}) => ({
	name: 'attachment.add',
	args: { row: aRow.photo(fields) }
});

/** A picture of 阿月 that the worker took with consent; its id. */
async function aPhoto(fields: Fields = {}): Promise<string> {
	const id = randomUUID();
	const [, added] = await push('worker', consent(), photo({ id, ...fields }));
	expect(added).toMatchObject({ verdict: 'ok' });
	return id;
}

interface Have {
	readonly thumb: number;
	readonly full: number;
	readonly stored: boolean;
	readonly broken: boolean;
}
async function send(
	person: Person,
	id: string,
	variant: 'thumb' | 'full',
	start: number,
	bytes: Uint8Array
): Promise<Have> {
	return await callers.rpc<Have>(person, 'store_piece', {
		id,
		variant,
		start,
		bytes: Buffer.from(bytes).toString('base64')
	});
}

describe('a consent', () => {
	test('bears the name of who recorded it, and one step: that it is withdrawn, once', async () => {
		const id = randomUUID();
		await push('worker', consent({ id, author_name: '院長', withdrawn_at: hoursFromNow(-1) }));
		const read = () =>
			db.sql(
				`select author_name, withdrawn_at is null as holds, withdrawn_by_name from public.case_consents where id = $1`,
				[id]
			);
		expect(await read()).toEqual([{ author_name: '王照服', holds: true, withdrawn_by_name: null }]);
		const withdraw = { name: 'case_consent.withdraw', args: { id, at: hoursFromNow(0) } };
		expect(await push('nurse', withdraw)).toMatchObject([{ verdict: 'ok' }]);
		expect(await push('manager', withdraw)).toMatchObject([{ verdict: 'ok' }]);
		expect(await read()).toEqual([
			{ author_name: '王照服', holds: false, withdrawn_by_name: '倪護理' }
		]);
		for (const change of [`given_by = '別人'`, 'withdrawn_at = null', `how = 'typed'`]) {
			await db.exec('savepoint tried');
			await expect(
				db.sql(`update public.case_consents set ${change} where id = $1`, [id]),
				change
			).rejects.toMatchObject({ message: 'append_only' });
			await db.exec('rollback to tried');
		}
	});

	test.each([
		['for something else', { kind: 'audio' }],
		['of nobody', { given_by: ' ' }],
		['of next week', { given_on: hoursFromNow(7 * 24).slice(0, 10) }],
		['that the family should not see', { audience: 'staff' }]
	])('%s is refused', async (_, fields) => {
		expect(await push('worker', consent(fields))).toMatchObject([{ verdict: 'rejected' }]);
	});
});

describe('a photo', () => {
	test('without a consent on record is refused, and names why', async () => {
		expect(await push('worker', photo())).toMatchObject([
			{ verdict: 'rejected', code: 'no_consent' }
		]);
		const [, ofAnother] = await push('worker', consent({ case_id: CASES.atu }), photo());
		expect(ofAnother).toMatchObject({ code: 'no_consent' });
	});

	test('rests on the consent that held when it was taken: before it was withdrawn, not after', async () => {
		const id = randomUUID();
		await push('worker', consent({ id }), {
			name: 'case_consent.withdraw',
			args: { id, at: hoursFromNow(-1) }
		});
		expect(
			await push(
				'worker',
				photo({ taken_at: hoursFromNow(-2) }),
				photo({ taken_at: hoursFromNow(-0.5) })
			)
		).toMatchObject([{ verdict: 'ok' }, { code: 'no_consent' }]);
	});

	test.each([
		['a film', { mime: 'video/mp4' }],
		['bigger than a phone makes them', { byte_size: 1_000_001 }],
		['a wound of nowhere', { kind: 'wound' }],
		['with a place that is no code', { kind: 'wound', body_site: '薦骨' }],
		['without a digest', { sha256: '' }]
	])('%s is refused', async (_, fields) => {
		const [, added] = await push('worker', consent(), photo(fields));
		expect(added).toMatchObject({ verdict: 'rejected' });
	});

	test('is never stored, nor removed, by saying so', async () => {
		const id = await aPhoto({ stored_at: hoursFromNow(0), removed_at: hoursFromNow(0) });
		expect(
			await db.sql(
				`select stored_at, removed_at, author_name from public.attachments where id = $1`,
				[id]
			)
		).toEqual([{ stored_at: null, removed_at: null, author_name: '王照服' }]);
		for (const change of ['stored_at = now()', `caption = '別的'`, `sha256 = repeat('0', 64)`]) {
			await db.exec('savepoint tried');
			await expect(
				db.sql(`update public.attachments set ${change} where id = $1`, [id]),
				change
			).rejects.toMatchObject({ message: 'append_only' });
			await db.exec('rollback to tried');
		}
	});

	test('is removed by its author or who answers for the case, with a reason, and then nobody reads it', async () => {
		const id = await aPhoto();
		await send('worker', id, 'thumb', 0, PICTURE.thumb);
		const remove = (reason: string) => ({
			name: 'attachment.remove',
			args: { id, at: hoursFromNow(0), reason }
		});
		expect(await push('worker', remove(' '))).toMatchObject([{ code: 'reason_required' }]);
		expect(await push('nurse', remove('模糊'))).toMatchObject([{ code: 'not_allowed' }]);
		expect(await push('manager', remove('模糊'))).toMatchObject([{ verdict: 'ok' }]);
		expect(await push('worker', remove('別的'))).toMatchObject([{ verdict: 'ok' }]);
		expect(
			await db.sql(`select removed_by_name, removal_reason from public.attachments where id = $1`, [
				id
			])
		).toEqual([{ removed_by_name: '梅個管', removal_reason: '模糊' }]);
		expect(await callers.refusal('worker', 'read_pieces', { id, variant: 'thumb' })).toMatchObject({
			code: 'PT404'
		});
	});

	test('taken before its author left the case still comes in, with its bytes, and is read by those who are there now', async () => {
		await push('worker', consent());
		await callers.move();
		const id = randomUUID();
		const at = hoursFromNow(-2);
		const [added] = await push('worker', { ...photo({ id, taken_at: at }), at });
		expect(added).toMatchObject({ verdict: 'ok' });
		await send('worker', id, 'thumb', 0, PICTURE.thumb);
		expect(await send('worker', id, 'full', 0, PICTURE.full)).toMatchObject({ stored: true });
		expect(await callers.refusal('worker', 'read_pieces', { id, variant: 'thumb' })).toMatchObject({
			code: 'PT404'
		});
		expect(await callers.rpc('outsider', 'read_pieces', { id, variant: 'thumb' })).toEqual({
			bytes: PICTURE.thumb.toString('base64')
		});
	});
});

describe('the bytes of a photo', () => {
	const half = PICTURE.full.subarray(0, 6000);
	const rest = PICTURE.full.subarray(6000);

	test('arrive in pieces, any of them any number of times, and are stored when they match what was announced', async () => {
		const id = await aPhoto();
		expect(await send('worker', id, 'full', 0, half)).toMatchObject({ full: 6000 });
		expect(await send('worker', id, 'full', 0, half), 'again').toMatchObject({ full: 6000 });
		expect(await send('worker', id, 'full', 9000, rest.subarray(3000)), 'ahead').toMatchObject({
			full: 6000
		});
		expect(await send('nurse', id, 'full', 6000, rest), 'from another phone').toMatchObject({
			full: 10_000,
			stored: false
		});
		expect(await send('worker', id, 'thumb', 0, PICTURE.thumb)).toEqual({
			thumb: 300,
			full: 10_000,
			stored: true,
			broken: false
		});
		const [row] = await db.sql<{ stored: boolean; moved: boolean }>(
			`select a.stored_at is not null as stored, b.seq = a.seq as moved
			from public.attachments a join private.buckets b on b.id = a.bucket_id where a.id = $1`,
			[id]
		);
		expect(row, 'and every phone hears of it').toEqual({ stored: true, moved: true });
		expect(await callers.rpc('family', 'read_pieces', { id, variant: 'full', start: 0 })).toEqual({
			bytes: PICTURE.full.toString('base64')
		});
		expect(
			await callers.rpc('family', 'read_pieces', { id, variant: 'full', start: 6000 })
		).toEqual({ bytes: rest.toString('base64') });
		expect(
			await callers.rpc('family', 'read_pieces', { id, variant: 'full', start: 10_000 })
		).toEqual({ bytes: null });
	});

	test('that are not what was announced are thrown away whole, and may come again', async () => {
		const id = await aPhoto();
		await send('worker', id, 'full', 0, half);
		expect(await send('worker', id, 'full', 6000, rest.toReversed())).toMatchObject({
			full: 0,
			broken: true
		});
		await send('worker', id, 'full', 0, half);
		expect(await send('worker', id, 'full', 6000, rest)).toMatchObject({
			full: 10_000,
			broken: false
		});
	});

	test('cannot be more than was announced, nor more than a piece holds, nor come for nothing', async () => {
		const id = await aPhoto({ byte_size: 200_000 });
		const piece = (bytes: Uint8Array, variant = 'thumb') => ({
			id,
			variant,
			start: 0,
			bytes: Buffer.from(bytes).toString('base64')
		});
		expect(await callers.refusal('worker', 'store_piece', piece(Buffer.alloc(301)))).toMatchObject({
			code: 'PT400'
		});
		expect(
			await callers.refusal('worker', 'store_piece', piece(Buffer.alloc(65_537), 'full'))
		).toMatchObject({ code: 'PT400' });
		expect(
			await callers.refusal('worker', 'store_piece', { ...piece(half), id: randomUUID() })
		).toMatchObject({ code: 'PT404' });
	});

	test('of a photo for staff are not the family’s to read, and nobody’s outside', async () => {
		const id = await aPhoto({ audience: 'staff' });
		await send('worker', id, 'thumb', 0, PICTURE.thumb);
		const read = { id, variant: 'thumb' };
		expect(await callers.rpc('nurse', 'read_pieces', read)).not.toEqual({ bytes: null });
		for (const person of ['family', 'outsider', 'removed'] as const) {
			expect(await callers.refusal(person, 'read_pieces', read), person).toMatchObject({
				code: 'PT404'
			});
			expect(await callers.refusal(person, 'store_piece', read), person).toMatchObject({
				code: 'PT404'
			});
		}
	});
});
