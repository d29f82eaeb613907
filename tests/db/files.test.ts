/** What attachments carry beside photos: wounds in numbers and words, papers without consent, pictures of reports for no more than see those. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aRow, CASES, hoursFromNow, PAPER, PICTURE, type Person } from '../fixtures/db-world.ts';
import { Callers } from './hand-over.ts';
import { Phone, type Fields, type Result } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const callers = new Callers(db);
const inside = { inside: true };

async function push(
	person: Person,
	...intents: { readonly name: string; readonly args: Fields; readonly at?: string }[]
): Promise<Result[]> {
	const at = hoursFromNow(0);
	return await new Phone(db, person).push(
		intents.map((intent) => ({ at, ...intent })),
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
const paper = (fields: Fields = {}) => ({
	name: 'attachment.add',
	args: { row: aRow.paper(fields) }
});
const report = (fields: Fields = {}) => ({
	name: 'emergency.report',
	args: { row: aRow.emergency(fields) }
});
const piece = (id: string, variant: 'thumb' | 'full', bytes: Uint8Array) => ({
	id,
	variant,
	start: 0,
	bytes: Buffer.from(bytes).toString('base64')
});

describe('a wound', () => {
	const wound = (state: unknown) => photo({ kind: 'wound', body_site: 'sacrum', wound: state });

	test('keeps what was measured and seen, and which of two in one place it is', async () => {
		const state = { label: '上面', length_mm: 32, width_mm: 21, depth_mm: 4, tissue: 'slough' };
		const id = randomUUID();
		const intent = wound(state);
		const [, added] = await push('nurse', consent(), {
			...intent,
			args: { row: { ...intent.args.row, id } }
		});
		expect(added).toMatchObject({ verdict: 'ok' });
		const [row] = await db.sql(`select wound from public.attachments where id = $1`, [id]);
		expect(row).toEqual({ wound: state });
	});

	test.each([
		['of no size', { length_mm: 0 }],
		['larger than a person', { width_mm: 501 }],
		['in parts of millimetres', { length_mm: 3.2 }],
		['measured in words', { length_mm: '32' }],
		['with a word that is no code', { tissue: '腐肉' }],
		['with a name that is a story', { label: '上'.repeat(31) }],
		['with something nobody asks for', { pain: 'much' }],
		['that is a list', []]
	])('%s is refused', async (_, state) => {
		const [, added] = await push('nurse', consent(), wound(state));
		expect(added).toMatchObject({ verdict: 'rejected' });
	});

	test('is a wound: no other picture has a state', async () => {
		const [, added] = await push('nurse', consent(), photo({ wound: { length_mm: 3 } }));
		expect(added).toMatchObject({ verdict: 'rejected' });
	});
});

test('a phone that asks for what is new gets all of it: the wound, the kind of paper, the report', async () => {
	const emergency_id = randomUUID();
	await push(
		'worker',
		consent(),
		report({ id: emergency_id }),
		photo({ emergency_id, kind: 'wound', body_site: 'head', wound: { length_mm: 12 } }),
		paper()
	);
	const nurse = new Phone(db, 'nurse');
	await nurse.pull(inside);
	expect(nurse.of('attachments')).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ emergency_id, wound: { length_mm: 12 } }),
			expect.objectContaining({ document_kind: 'prescription' })
		])
	);
});

describe('a paper', () => {
	test('needs no consent to photos, arrives without a small picture, and is opened by the circle', async () => {
		const id = randomUUID();
		expect(await push('worker', paper({ id }))).toMatchObject([{ verdict: 'ok' }]);
		expect(await callers.rpc('worker', 'store_piece', piece(id, 'full', PAPER))).toEqual({
			thumb: 0,
			full: PAPER.length,
			stored: true,
			broken: false
		});
		expect(await callers.rpc('family', 'read_pieces', { id, variant: 'full' })).toEqual({
			bytes: PAPER.toString('base64')
		});
	});

	test('for staff is not the family’s to open', async () => {
		const id = randomUUID();
		await push('worker', paper({ id, audience: 'staff' }));
		await callers.rpc('worker', 'store_piece', piece(id, 'full', PAPER));
		const read = { id, variant: 'full' };
		expect(await callers.rpc('nurse', 'read_pieces', read)).not.toEqual({ bytes: null });
		for (const person of ['family', 'outsider', 'removed'] as const)
			expect(await callers.refusal(person, 'read_pieces', read), person).toMatchObject({
				code: 'PT404'
			});
	});

	test('that is not what its row says is not taken', async () => {
		const page = Buffer.from('<script>alert(1)</script>'.padEnd(PAPER.length));
		const id = randomUUID();
		await push('worker', paper({ id }));
		expect(await callers.refusal('worker', 'store_piece', piece(id, 'full', page))).toMatchObject({
			code: 'PT400'
		});
		const pictured = randomUUID();
		const fields = { mime: 'image/jpeg', width: 10, height: 10, thumb_size: 300 };
		await push('worker', paper({ id: pictured, ...fields, thumb_sha256: 'a'.repeat(64) }));
		for (const variant of ['thumb', 'full'] as const)
			expect(
				await callers.refusal(
					'worker',
					'store_piece',
					piece(pictured, variant, PICTURE.thumb.subarray(0, 200))
				),
				variant
			).toMatchObject({ code: 'PT400' });
	});

	test.each([
		['without a title', { caption: ' ' }],
		['of no kind', { document_kind: null }],
		['larger than five million bytes', { byte_size: 5_000_001 }],
		['of a word processor', { mime: 'application/msword' }],
		['with pixels', { width: 10, height: 10, thumb_size: 10, thumb_sha256: 'a'.repeat(64) }],
		['of a report', { emergency_id: randomUUID() }],
		['for those of a restricted report', { audience: 'restricted' }]
	])('%s is refused', async (_, fields) => {
		expect(await push('worker', paper(fields))).toMatchObject([{ verdict: 'rejected' }]);
	});

	test('is the only kind that may be a PDF', async () => {
		const [, added] = await push('worker', consent(), photo({ mime: 'application/pdf' }));
		expect(added).toMatchObject({ verdict: 'rejected' });
	});

	test('is nothing that a family adds', async () => {
		expect(await push('family', paper())).toMatchObject([{ verdict: 'rejected' }]);
	});
});

describe('a picture of a report', () => {
	const everybody = [
		'worker',
		'nurse',
		'therapist',
		'social',
		'manager',
		'supervisor',
		'family'
	] as const;

	/** The worker reports and adds a picture; its id, bytes and all. */
	async function reported(event: Fields, fields: Fields = {}): Promise<string> {
		const [emergency_id, id] = [randomUUID(), randomUUID()];
		const results = await push(
			'worker',
			consent(),
			report({ id: emergency_id, ...event }),
			photo({ id, emergency_id, ...fields })
		);
		expect(results).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }, { verdict: 'ok' }]);
		await callers.rpc('worker', 'store_piece', piece(id, 'thumb', PICTURE.thumb));
		const sent = await callers.rpc('worker', 'store_piece', piece(id, 'full', PICTURE.full));
		expect(sent).toMatchObject({ stored: true });
		return id;
	}
	/** Who sees the row, and who opens its bytes. */
	async function seenBy(id: string): Promise<{ rows: string[]; bytes: string[] }> {
		const [rows, bytes]: string[][] = [[], []];
		for (const person of everybody) {
			const found = await db.as(person, `select id from public.attachments where id = $1`, [id]);
			if (found.length > 0) rows?.push(person);
			const opened = await callers.refusal(person, 'read_pieces', { id, variant: 'full' });
			if (!(opened instanceof Error)) bytes?.push(person);
		}
		return { rows: rows ?? [], bytes: bytes ?? [] };
	}

	test('is seen by the circle when the report is', async () => {
		const id = await reported({});
		expect(await seenBy(id)).toEqual({ rows: [...everybody], bytes: [...everybody] });
	});

	test('may be for staff alone though the family reads the report', async () => {
		const staff = everybody.filter((person) => person !== 'family');
		const id = await reported({}, { audience: 'staff' });
		expect(await seenBy(id)).toEqual({ rows: staff, bytes: staff });
	});

	test('of a report for staff is for staff, whatever the phone said', async () => {
		const staff = everybody.filter((person) => person !== 'family');
		const id = await reported({ audience: 'staff' }, { audience: 'circle' });
		expect(await seenBy(id)).toEqual({ rows: staff, bytes: staff });
	});

	test('of a restricted report is seen by the supervisor and the social worker alone, and names nobody, not even to them', async () => {
		const id = await reported({ incident_type: 'ABUSE', severity: 'red' }, { audience: 'circle' });
		const few = ['social', 'supervisor'];
		expect(await seenBy(id)).toEqual({ rows: few, bytes: few });
		const [row] = await db.sql(
			`select created_by, author_name, audience from public.attachments where id = $1`,
			[id]
		);
		expect(row).toEqual({ created_by: null, author_name: '', audience: 'restricted' });
		const told = await db.sql(`select user_id from public.notices where subject_id = $1`, [id]);
		expect(told).toEqual([]);
	});

	test('of a restricted report comes again after a restore, from its reporter and nobody else', async () => {
		const [emergency_id, id] = [randomUUID(), randomUUID()];
		const intents = [
			report({ id: emergency_id, incident_type: 'ABUSE', severity: 'red' }),
			photo({ id, emergency_id })
		];
		await push('worker', consent(), ...intents);
		expect(await push('worker', ...intents)).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }]);
		expect(await push('nurse', photo({ id, emergency_id }))).toMatchObject([
			{ code: 'not_allowed' }
		]);
		expect(
			await callers.refusal('nurse', 'store_piece', piece(id, 'thumb', PICTURE.thumb))
		).toMatchObject({ code: 'PT404' });
	});

	test('of a restricted report that comes in when its author has left is told to nobody', async () => {
		const [emergency_id, id] = [randomUUID(), randomUUID()];
		const abuse = report({ id: emergency_id, incident_type: 'ABUSE', severity: 'red' });
		await push('worker', consent(), abuse);
		await callers.move();
		const at = hoursFromNow(-2);
		const late = { ...photo({ id, emergency_id, taken_at: at }), at };
		expect(await push('worker', late)).toMatchObject([{ verdict: 'ok' }]);
		expect(await db.sql(`select kind from public.notices where subject_id = $1`, [id])).toEqual([]);
	});

	test('needs a consent like any other; the report goes without', async () => {
		const emergency_id = randomUUID();
		expect(
			await push('worker', report({ id: emergency_id }), photo({ emergency_id }))
		).toMatchObject([{ verdict: 'ok' }, { code: 'no_consent' }]);
	});

	test('is one of three at most; a removed one makes room', async () => {
		const emergency_id = randomUUID();
		const first = randomUUID();
		const results = await push(
			'worker',
			consent(),
			report({ id: emergency_id }),
			photo({ emergency_id, id: first }),
			photo({ emergency_id }),
			photo({ emergency_id }),
			photo({ emergency_id })
		);
		expect(results.at(-2)).toMatchObject({ verdict: 'ok' });
		expect(results.at(-1)).toMatchObject({ code: 'too_many' });
		const remove = { id: first, at: hoursFromNow(0), reason: '模糊' };
		expect(
			await push('worker', { name: 'attachment.remove', args: remove }, photo({ emergency_id }))
		).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }]);
	});

	test('is of the person whom the report is about', async () => {
		const emergency_id = randomUUID();
		const [, , added] = await push(
			'worker',
			consent({ case_id: CASES.atu }),
			report({ id: emergency_id }),
			photo({ emergency_id, case_id: CASES.atu })
		);
		expect(added).toMatchObject({ verdict: 'rejected' });
		const [, without] = await push('worker', consent(), photo({ audience: 'restricted' }));
		expect(without, 'nor of none').toMatchObject({ verdict: 'rejected' });
	});
});
