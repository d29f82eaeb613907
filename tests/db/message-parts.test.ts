/** What goes with words: pictures and voice notes of a message, pictures of a task. Seen by no more people than the words. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PEOPLE, VOICE, type Person } from '../fixtures/db-world.ts';
import { Callers } from './hand-over.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const callers = new Callers(db);

interface Intent {
	readonly name: string;
	readonly args: Fields;
}
async function push(person: Person, ...intents: Intent[]): Promise<Result[]> {
	const at = hoursFromNow(0);
	return await new Phone(db, person).push(
		intents.map((intent) => ({ at, ...intent })),
		{ inside: true }
	);
}
const consent: Intent = { name: 'case_consent.add', args: { row: aRow.consent() } };
const message = (fields: Fields) => ({
	name: 'message.send',
	args: { row: aRow.message(fields) }
});
const task = (fields: Fields) => ({ name: 'task.create', args: { row: aRow.task(fields) } });
const photo = (fields: Fields) => ({ name: 'attachment.add', args: { row: aRow.photo(fields) } });

const voice = (fields: Fields) => ({ name: 'attachment.add', args: { row: aRow.voice(fields) } });

async function audienceOf(id: string): Promise<unknown> {
	const [row] = await db.sql(`select audience from public.attachments where id = $1`, [id]);
	return row;
}

describe('what is sent with a message or a task', () => {
	test.each([
		['staff', 'circle', 'staff'],
		['circle', 'circle', 'circle'],
		['circle', 'staff', 'staff']
	])('of %s, said to be for %s, is seen by %s', async (of, said, seen) => {
		const [message_id, task_id] = [randomUUID(), randomUUID()];
		const ids = [randomUUID(), randomUUID()] as const;
		expect(
			await push(
				'nurse',
				consent,
				message({ id: message_id, audience: of }),
				task({ id: task_id, audience: of }),
				photo({ id: ids[0], message_id, audience: said }),
				photo({ id: ids[1], task_id, audience: said })
			)
		).toMatchObject(Array.from({ length: 5 }, () => ({ verdict: 'ok' })));
		for (const id of ids) expect(await audienceOf(id)).toEqual({ audience: seen });
	});

	test('belongs to the same person in care, to one thing, and a paper to none', async () => {
		const [message_id, task_id] = [randomUUID(), randomUUID()];
		const elsewhere = randomUUID();
		const results = await push(
			'supervisor',
			consent,
			message({ id: message_id }),
			task({ id: task_id }),
			message({ id: elsewhere, case_id: CASES.atu }),
			photo({ message_id: elsewhere }),
			photo({ message_id: randomUUID() }),
			photo({ message_id, task_id }),
			{ name: 'attachment.add', args: { row: aRow.paper({ message_id }) } }
		);
		expect(results.map(({ verdict }) => verdict)).toEqual([
			...Array.from({ length: 4 }, () => 'ok'),
			...Array.from({ length: 4 }, () => 'rejected')
		]);
	});

	test('is added to a message by its author alone, to a task by any of the staff', async () => {
		const [message_id, task_id] = [randomUUID(), randomUUID()];
		await push('nurse', consent, message({ id: message_id }), task({ id: task_id }));
		expect(await push('worker', photo({ message_id }), photo({ task_id }))).toMatchObject([
			{ verdict: 'rejected', code: 'not_allowed' },
			{ verdict: 'ok' }
		]);
	});

	test('is no more than four with a message', async () => {
		const message_id = randomUUID();
		const results = await push(
			'worker',
			consent,
			message({ id: message_id }),
			...Array.from({ length: 5 }, () => photo({ message_id }))
		);
		expect(results.slice(5)).toMatchObject([{ verdict: 'ok' }, { code: 'too_many' }]);
	});
});

describe('a voice note', () => {
	test('needs no consent to pictures, and is heard by those who see the message', async () => {
		const [message_id, id] = [randomUUID(), randomUUID()];
		expect(
			await push('worker', message({ id: message_id }), voice({ id, message_id }))
		).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }]);
		const piece = {
			id,
			variant: 'full',
			start: 0,
			bytes: VOICE.toString('base64')
		};
		expect(await callers.rpc('worker', 'store_piece', piece)).toMatchObject({ stored: true });
		const from = { id, variant: 'full', start: 0 };
		expect(await callers.rpc('family', 'read_pieces', from)).toEqual({ bytes: piece.bytes });
		expect(await callers.refusal('outsider', 'read_pieces', from)).toMatchObject({ code: 'PT404' });
	});

	test.each([
		['of no message', { message_id: null }],
		['without a length', { duration_ms: null }],
		['longer than two minutes', { duration_ms: 125_001 }],
		['that is a film', { mime: 'video/webm' }],
		['that is a picture', { mime: 'image/jpeg' }],
		['with pixels', { width: 10, height: 10, thumb_size: 1, thumb_sha256: '0'.repeat(64) }],
		['larger than a phone makes them', { byte_size: 1_000_001 }]
	])('%s is refused', async (_, fields) => {
		const message_id = randomUUID();
		const [, added] = await push(
			'worker',
			message({ id: message_id }),
			voice({ message_id, ...fields })
		);
		expect(added).toMatchObject({ verdict: 'rejected' });
	});

	test.each([
		['audio/webm', Buffer.from('<html><script>')],
		['audio/mp4', VOICE]
	])('said to be %s that begins as something else is not taken', async (mime, bytes) => {
		const [message_id, id] = [randomUUID(), randomUUID()];
		await push('worker', message({ id: message_id }), voice({ id, message_id, mime }));
		expect(
			await callers.refusal('worker', 'store_piece', {
				id,
				variant: 'full',
				start: 0,
				bytes: bytes.toString('base64')
			})
		).toMatchObject({ code: 'PT400' });
	});
});

describe('a correction', () => {
	const first = randomUUID();
	const corrects = (fields: Fields = {}) => message({ corrects_id: first, ...fields });

	test('points at what its author wrote in the same thread, and leaves that as it was', async () => {
		await push('worker', message({ id: first, body: '體溫 38.5' }));
		expect(await push('worker', corrects({ body: '體溫 36.5' }))).toMatchObject([
			{ verdict: 'ok' }
		]);
		expect(await db.sql(`select body from public.messages where id = $1`, [first])).toEqual([
			{ body: '體溫 38.5' }
		]);
	});

	test.each<[string, Person, Fields]>([
		['of what somebody else wrote', 'nurse', {}],
		['in another thread', 'worker', { audience: 'staff' }],
		['of nothing that is known', 'worker', { corrects_id: randomUUID() }]
	])('%s is refused', async (_, person, fields) => {
		await push('worker', message({ id: first }));
		const [result] = await push(person, corrects(fields));
		expect(result?.verdict).toBe('rejected');
	});

	test('of a correction is refused: all point at the first', async () => {
		const id = randomUUID();
		await push('worker', message({ id: first }), corrects({ id }));
		expect(await push('worker', corrects({ corrects_id: id }))).toMatchObject([
			{ verdict: 'rejected' }
		]);
	});
});

describe('the family', () => {
	const said = async (fields: Fields = {}) => {
		const id = randomUUID();
		await push('supervisor', consent);
		expect(await push('family', message({ id, ...fields }))).toMatchObject([{ verdict: 'ok' }]);
		return id;
	};

	test('sends a picture and a voice note with its own words, which staff see and hear, and takes its own back', async () => {
		const message_id = await said();
		const [picture, spoken] = [randomUUID(), randomUUID()];
		expect(
			await push('family', photo({ id: picture, message_id }), voice({ id: spoken, message_id }))
		).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }]);
		const piece = { id: spoken, variant: 'full', start: 0, bytes: VOICE.toString('base64') };
		expect(await callers.rpc('family', 'store_piece', piece)).toMatchObject({ stored: true });
		const from = { id: spoken, variant: 'full', start: 0 };
		expect(await callers.rpc('worker', 'read_pieces', from)).toEqual({ bytes: piece.bytes });
		const args = { id: picture, at: hoursFromNow(0), reason: '拍錯了' };
		expect(await push('family', { name: 'attachment.remove', args })).toMatchObject([
			{ verdict: 'ok' }
		]);
	});

	test('needs the same consent to pictures', async () => {
		const id = randomUUID();
		const results = await push('family', message({ id }), photo({ message_id: id }));
		expect(results).toMatchObject([{ verdict: 'ok' }, { code: 'no_consent' }]);
	});

	test.each([
		['a picture of nothing', { message_id: null }],
		['a wound', { kind: 'wound', body_site: 'heel_left' }],
		['what it would not see itself', { audience: 'staff' }]
	])('does not send %s', async (_, fields) => {
		const message_id = await said();
		expect(await push('family', photo({ message_id, ...fields }))).toMatchObject([
			{ verdict: 'rejected', code: 'not_allowed' }
		]);
	});

	test('who names no picture takes away its own alone', async () => {
		const [own, others] = [await said(), randomUUID()];
		const [mine, theirs] = [randomUUID(), randomUUID()];
		await push('family', photo({ id: mine, message_id: own }));
		await push('nurse', message({ id: others }), photo({ id: theirs, message_id: others }));
		await db.as(
			'family',
			`update public.attachments set removed_at = now(), removal_reason = '全部拿掉'`
		);
		expect(await db.sql(`select id from public.attachments where removed_at is not null`)).toEqual([
			{ id: mine }
		]);
	});

	test('adds nothing to what others said or to a task, and takes nothing of theirs away', async () => {
		const [message_id, task_id, id] = [randomUUID(), randomUUID(), randomUUID()];
		await push(
			'nurse',
			consent,
			message({ id: message_id }),
			task({ id: task_id, audience: 'circle', assignee_id: PEOPLE.family }),
			photo({ id, message_id })
		);
		const args = { id, at: hoursFromNow(0), reason: '不好看' };
		expect(
			await push('family', photo({ message_id }), photo({ task_id, message_id: null }), {
				name: 'attachment.remove',
				args
			})
		).toMatchObject(Array.from({ length: 3 }, () => ({ code: 'not_allowed' })));
	});
});
