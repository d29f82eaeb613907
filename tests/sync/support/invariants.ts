/** The invariants of DESIGN.md, as checks on simulated phones and the server's own records. They throw what is wrong. */
import { isMark } from '#lib/domain/mutations/catalogue.ts';
import type { OutboxEntry, StoredRow } from '#lib/db/records.ts';
import { localEffect } from '#lib/domain/mutations/local-effect.ts';
import type { RowLookup } from '#lib/domain/mutations/local-effect.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { Backend } from './backend.ts';
import type { PhoneInHand } from './phone.ts';
import { sightOf } from './world.ts';

export class Broken extends Error {
	constructor(invariant: string, details: unknown) {
		super(`${invariant}: ${JSON.stringify(details)}`);
		this.name = 'Broken';
	}
}

/** 3, at all times: view = replay(outbox, base). Replayed here once more, from what is stored, without the engine's help. */
export async function checkView({ db }: PhoneInHand): Promise<void> {
	const active = (await db.outbox.toArray()).filter(({ state }) => state !== 'attention');
	const shadows = await db.shadow.toArray();
	const touched = new Set(
		active.flatMap(({ touches }) => touches.map(({ table, id }) => `${table}/${id}`))
	);
	const shadowed = new Set(shadows.map(({ table, id }) => `${table}/${id}`));
	if (touched.size !== shadowed.size || [...touched].some((key) => !shadowed.has(key)))
		throw new Broken('a row with waiting intents has a server copy, and no other row', {
			touched: [...touched],
			shadowed: [...shadowed]
		});

	const expected = new Map<string, unknown>(
		shadows.map(({ table, id, row }) => [`${table}/${id}`, row])
	);
	// A key holds a row of the table that it names.
	const lookup: RowLookup = {
		get: (table, id) => (expected.get(`${table}/${id}`) ?? undefined) as never
	};
	for (const entry of active.sort((a, b) => a.order - b.order)) apply(entry, lookup, expected);
	for (const { table, id } of shadows) {
		const shown = (await db.anyRows(table).get(id)) ?? null;
		const wanted = expected.get(`${table}/${id}`) ?? null;
		if (!same(shown, wanted))
			throw new Broken('view = replay(outbox, base)', { table, id, shown, wanted });
	}
	for (const table of TABLE_NAMES) {
		const orphans = (await db.anyRows(table).toArray()).filter(
			({ id, seq }) => seq === 0 && !shadowed.has(`${table}/${id}`)
		);
		if (orphans.length > 0)
			throw new Broken('a row that only this phone has rests on an intent', { table, orphans });
	}
}

/** 1 and 2: each intent that was called saved is in the ledger once, or waits in sight; and the ledger agrees with the phone. */
export async function checkDurable(
	backend: Backend,
	phones: readonly PhoneInHand[]
): Promise<void> {
	for (const phone of phones) {
		const outbox = new Map((await phone.db.outbox.toArray()).map((entry) => [entry.mid, entry]));
		const journal = new Map((await phone.db.journal.toArray()).map((entry) => [entry.mid, entry]));
		const ledger = await ledgerOf(
			backend,
			phone.saved.map(({ mid }) => mid)
		);
		for (const { mid, name } of phone.saved) {
			const rows = ledger.filter((row) => row.mid === mid);
			if (rows.length > 1)
				throw new Broken('an intent reaches the ledger once', { mid, name, rows });
			const verdict = rows[0]?.verdict;
			const waiting = outbox.get(mid);
			// That somebody saw something may be dropped.
			if (isMark(name)) continue;
			if (!verdict && !waiting)
				throw new Broken('what was saved is in the ledger or in the outbox', { mid, name });
			const refused = verdict === 'rejected' || verdict === 'blocked';
			const inTray =
				waiting?.state === 'attention' && (waiting.verdict !== null || waiting.code !== null);
			const closed = journal.get(mid)?.outcome;
			if (refused && !waiting && closed !== 'dismissed' && closed !== 'resent')
				throw new Broken('what was refused stands in the tray', { mid, name, verdict, closed });
			const heard = waiting?.verdict ?? journal.get(mid)?.entry.verdict;
			if (verdict && heard && heard !== verdict)
				throw new Broken('the phone has heard what the ledger says', { mid, name, heard, verdict });
			if (waiting?.state === 'attention' && !inTray)
				throw new Broken('the tray gives a reason', waiting);
		}
	}
}

/** When all is quiet: nothing waits but what needs a person. */
export async function checkQuiet(phone: PhoneInHand): Promise<void> {
	const waiting = (await phone.db.outbox.toArray()).filter(({ state }) => state !== 'attention');
	if (waiting.length > 0) throw new Broken('when all is quiet the outbox is empty', waiting);
}

/** 3, when all is quiet: each phone has exactly the rows that the database lets its person see, in their latest version. */
export async function checkConverged(backend: Backend, phone: PhoneInHand): Promise<void> {
	const sight = await sightOf(backend, phone.me);
	for (const table of TABLE_NAMES) {
		const held = Object.fromEntries(
			(await phone.db.anyRows(table).toArray()).map(({ id, seq }) => [id, seq])
		);
		const difference = differenceOf(sight[table], held);
		if (difference.length > 0)
			throw new Broken(`${phone.me.displayName} holds what they may see of ${table}`, difference);
	}
	if ((await phone.db.shadow.count()) > 0)
		throw new Broken('no server copies are left over', await phone.db.shadow.toArray());
}

/** No bucket had to be fetched again: the cursors alone brought everything. */
export async function checkNoRefetch(phone: PhoneInHand): Promise<void> {
	const again = (await phone.db.cursors.toArray()).filter(({ gen }) => gen > 0);
	if (again.length > 0) throw new Broken('cursors skip nothing', again);
}

/** 5: not a row on the phone is of a bucket that its person does not belong to. */
export async function checkScope(backend: Backend, phone: PhoneInHand): Promise<void> {
	const sight = await sightOf(backend, phone.me);
	for (const table of TABLE_NAMES) {
		const strange = (await phone.db.anyRows(table).toArray()).filter(
			({ id, seq }) => seq > 0 && sight[table][id] === undefined
		);
		if (strange.length > 0)
			throw new Broken(`${phone.me.displayName} holds nothing that is not theirs`, {
				table,
				strange
			});
	}
}

export interface LedgerRow {
	readonly mid: string;
	readonly verdict: string;
	readonly code: string | null;
}

export async function ledgerOf(backend: Backend, mids: readonly string[]): Promise<LedgerRow[]> {
	return await backend.sql<LedgerRow>(
		'select mid, verdict, code from private.sync_mutations where mid = any ($1::uuid[])',
		[mids]
	);
}

function apply(entry: OutboxEntry, lookup: RowLookup, rows: Map<string, unknown>): void {
	let changes: ReturnType<typeof localEffect> | undefined;
	try {
		changes = localEffect(entry.mutation, entry.author, lookup);
	} catch {
		return; // a mutation of another release has no effect here
	}
	for (const { table, row } of changes ?? []) {
		const before = rows.get(`${table}/${row.id}`) as StoredRow | null | undefined;
		rows.set(`${table}/${row.id}`, { ...row, _gen: before?._gen ?? 0 });
	}
}

function differenceOf(expected: Record<string, number>, held: Record<string, number>): unknown[] {
	const ids = new Set([...Object.keys(expected), ...Object.keys(held)]);
	return [...ids]
		.filter((id) => expected[id] !== held[id])
		.map((id) => ({ id, server: expected[id], phone: held[id] }));
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, part]) => [key, sorted(part)])
	);
}
