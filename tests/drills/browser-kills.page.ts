/** A page that records work as fast as it can with the product's own engine, and tells each time what it was told is saved; or what it holds. */
import { LocalDb } from '#lib/db/local-db.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { commitIntents } from '#lib/sync/commit.ts';
import type { Me } from '#lib/sync/workspace.ts';

/** What the page finds when it is opened again. */
export interface Held {
	/** In the outbox, in their order. */
	readonly mids: readonly string[];
	/** Entries without the rows that they made, and rows without the entry that made them: a transaction torn in two. */
	readonly torn: readonly string[];
}

const me: Me = {
	userId: 'b0000000-0000-8000-8000-000000000006',
	email: 'worker@example.org',
	displayName: '照服員',
	memberships: []
};
const caseId = 'c0000000-0000-8000-8000-000000000001';
const newId = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
const db = new LocalDb(me.userId);

async function record(): Promise<void> {
	const at = new Date().toISOString();
	const mids = await commitIntents(
		{ db, me, nowMs: Date.now(), offsetMs: null, newMid: newId },
		[
			{
				name: 'visit_record.add',
				args: { row: { id: newId(), case_id: caseId, note: '精神好，吃得下。'.repeat(20) } }
			},
			{
				name: 'measurement.add',
				args: { row: { id: newId(), case_id: caseId, kind: 'pulse', value: 72, measured_at: at } }
			}
		],
		0
	);
	// Said only now, as a screen would; not waited for, so that the next write begins at once.
	void fetch('/saved', { method: 'POST', body: JSON.stringify(mids) });
}

async function held(): Promise<Held> {
	const entries = await db.outbox.orderBy('order').toArray();
	const made = new Set(entries.flatMap(({ touches }) => touches.map(({ id }) => id)));
	const rows = [
		...(await db.visit_records.toCollection().primaryKeys()),
		...(await db.measurements.toCollection().primaryKeys())
	];
	const there = new Set(rows);
	return {
		mids: entries.map(({ mid }) => mid),
		torn: [...[...made].filter((id) => !there.has(id)), ...rows.filter((id) => !made.has(id))]
	};
}

async function forEver(work: () => Promise<void>): Promise<never> {
	for (;;) await work();
}

await fetch('/held', { method: 'POST', body: JSON.stringify(await held()) });
await Promise.all([forEver(record), forEver(record), forEver(record)]);
