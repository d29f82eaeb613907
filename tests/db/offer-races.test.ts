/** Two answers at the same moment, on connections of their own: one visit goes to one person. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { Phone, startDatabase, type Connection, type TestDatabase } from './harness.ts';
import { anOffer } from './offer-hand.ts';

const ROUNDS = 6;
let database: TestDatabase;
let db: Connection;

beforeAll(async () => {
	database = await startDatabase();
	db = await database.connect();
});
afterAll(async () => {
	await database.stop();
});

/** Says both at once; answers the codes, `ok` where there is none. */
async function atOnce(
	steps: readonly (readonly [Person, 'accept' | 'withdraw', string])[]
): Promise<string[]> {
	return await Promise.all(
		steps.map(async ([person, step, id]) => {
			const phone = new Phone(await database.connect(), person);
			const [result] = await phone.push([
				{ name: `visit_offer.${step}`, args: { id, at: new Date().toISOString() } }
			]);
			return result?.code ?? result?.verdict ?? '';
		})
	);
}

async function standing(visitId: string) {
	return await db.sql<{ user_id: string; status: string; worker_id: string }>(
		`select o.user_id, o.status, v.worker_id from public.visit_offers o join public.visits v on v.id = o.visit_id
		where v.id = $1 order by o.status`,
		[visitId]
	);
}

test('two who say yes at once: one has the visit, the other is told that it is taken', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const visit = aRow.visit();
		await db.insert('visits', visit);
		const codes = await atOnce([
			['outside', 'accept', await anOffer(db, visit, 'outside')],
			['removed', 'accept', await anOffer(db, visit, 'removed')]
		]);
		expect(codes.sort()).toEqual(['ok', 'taken']);
		const [accepted, withdrawn] = await standing(visit.id);
		expect([accepted?.status, withdrawn?.status]).toEqual(['accepted', 'withdrawn']);
		expect(accepted?.worker_id).toBe(accepted?.user_id);
	}
});

test('a yes and a taking back at once: whichever comes first stands, and the other side is told', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const visit = aRow.visit();
		await db.insert('visits', visit);
		const offer = await anOffer(db, visit, 'outside');
		const codes = await atOnce([
			['outside', 'accept', offer],
			['manager', 'withdraw', offer]
		]);
		const [stands] = await standing(visit.id);
		if (stands?.status === 'accepted') {
			expect(codes).toEqual(['ok', 'wrong_state']);
			expect(stands.worker_id).toBe(PEOPLE.outside);
		} else {
			expect(codes).toEqual(['offer_withdrawn', 'ok']);
			expect(stands).toMatchObject({ status: 'withdrawn', worker_id: PEOPLE.worker });
		}
	}
});
