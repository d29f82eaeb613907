/** Which offers wait for my answer, and what stands against them. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { offersByVisit, offersToMe } from '#lib/db/queries/offers.ts';
import type { Stored } from '#lib/db/records.ts';
import type { Tables } from '#lib/domain/rows.ts';
import { anId, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const me = anId();
const inHours = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();

let db: LocalDb;
beforeEach(() => {
	db = new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
});
const anOffer = (part: Partial<Stored<Tables['offered_visits']>> = {}) =>
	aRow('offered_visits', {
		user_id: me,
		visit_id: anId(),
		starts_at: inHours(24),
		ends_at: inHours(25),
		expires_at: inHours(2),
		...part
	});
const shown = async () =>
	(await offersToMe(db, { userId: me, now: NOW })).map(({ offer }) => offer.id);

/** An answer that has not reached the server. */
async function waits(id: string, state: 'pending' | 'attention' = 'pending') {
	await db.outbox.add({
		mid: anId(),
		n: null,
		name: 'visit_offer.accept',
		args: { id, at: NOW },
		base: null,
		at: NOW,
		touches: [{ table: 'offered_visits', id }],
		state,
		attempts: 0
		// Only what the query reads; the engine's own tests write whole entries.
	} as unknown as Parameters<typeof db.outbox.add>[0]);
}

test('what is open stands there in order of time; what is over, answered or somebody else’s does not', async () => {
	const [later, sooner] = [anOffer({ starts_at: inHours(30), ends_at: inHours(31) }), anOffer()];
	await db.offered_visits.bulkAdd([
		later,
		sooner,
		anOffer({ expires_at: NOW }),
		anOffer({ status: 'declined' }),
		anOffer({ status: 'withdrawn' }),
		anOffer({ user_id: anId() }),
		anOffer({ deleted_at: NOW })
	]);
	expect(await shown()).toEqual([sooner.id, later.id]);
});

test('a yes that the server has not heard is no promise yet; one that it has heard, or refused, is gone', async () => {
	const [unheard, heard, refused] = ['accepted', 'accepted', 'accepted'].map(() =>
		anOffer({ status: 'accepted' })
	);
	if (!unheard || !heard || !refused) throw new Error('three offers');
	await db.offered_visits.bulkAdd([unheard, heard, refused]);
	await waits(unheard.id);
	await waits(refused.id, 'attention');
	const lines = await offersToMe(db, { userId: me, now: NOW });
	expect(lines.map(({ offer, isPromised }) => [offer.id, isPromised])).toEqual([
		[unheard.id, true]
	]);
});

test('it is said where I am at that time already', async () => {
	const at = (from: number, until: number, part: Partial<Stored<Tables['visits']>> = {}) =>
		aVisit({ worker_id: me, starts_at: inHours(from), ends_at: inHours(until), ...part });
	const overlapping = at(24.5, 26);
	const long = at(20, 24.1);
	const offer = anOffer();
	await db.offered_visits.add(offer);
	await db.visits.bulkAdd([
		overlapping,
		long,
		at(25, 26),
		at(23, 24),
		at(24, 25, { status: 'cancelled' }),
		at(24, 25, { worker_id: anId() }),
		at(24, 25, { id: offer.visit_id })
	]);
	const [line] = await offersToMe(db, { userId: me, now: NOW });
	expect(line?.clashes.map(({ id }) => id).sort()).toEqual([overlapping.id, long.id].sort());
});

test('of a visit the latest question comes first', async () => {
	const visit_id = anId();
	const [first, second] = [inHours(-2), inHours(-1)].map((recorded_at) =>
		aRow('visit_offers', { visit_id, recorded_at, user_name: '吳照服' })
	);
	if (!first || !second) throw new Error('two offers');
	await db.visit_offers.bulkAdd([first, second, aRow('visit_offers', { visit_id: anId() })]);
	expect((await offersByVisit(db)).get(visit_id)?.map(({ id }) => id)).toEqual([
		second.id,
		first.id
	]);
});
