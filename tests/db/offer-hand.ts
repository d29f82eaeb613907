/** How tests ask colleagues to go, and how those answer. */
import { expect } from 'vitest';
import type { OfferStatus } from '#lib/domain/offers.ts';
import { aRow, hoursFromNow, PEOPLE, type Person, type Row } from '../fixtures/db-world.ts';
import { Phone, type Connection, type Fields, type Intent } from './harness.ts';

const inside = { inside: true };
const at = () => hoursFromNow(0);

/** An offer as the operator writes it. */
export async function anOffer(db: Connection, visit: Row, user: Person): Promise<string> {
	return await db.insert('visit_offers', {
		...aRow.offer({ visit_id: visit.id, user_id: PEOPLE[user], offered_by_name: '系統' }),
		instead_of: visit['worker_id'],
		starts_at: visit['starts_at'],
		ends_at: visit['ends_at']
	});
}

/** Each mutation of an offer with arguments that are right in themselves. */
export function offerArgs(db: Connection) {
	const visit = async () => {
		const row = aRow.visit({ worker_id: null });
		await db.insert('visits', row);
		return row;
	};
	const to = async (person: Person): Promise<Intent['args']> => ({
		id: await anOffer(db, await visit(), person),
		at: at()
	});
	return {
		'visit_offer.make': async () => ({ row: aRow.offer({ visit_id: (await visit()).id }) }),
		'visit_offer.accept': to,
		'visit_offer.decline': async (person: Person) => ({
			...(await to(person)),
			decline_reason: 'time'
		}),
		'visit_offer.withdraw': () => to('outside')
	};
}

export function offerHand(db: Connection) {
	async function say(person: Person, name: string, args: Fields): Promise<string> {
		const [result] = await new Phone(db, person).push([{ name, args }], inside);
		return [result?.verdict, result?.code].filter(Boolean).join(' ');
	}
	return {
		say,
		accept: (person: Person, id: string) => say(person, 'visit_offer.accept', { id, at: at() }),
		decline: (person: Person, id: string, decline_reason = 'time') =>
			say(person, 'visit_offer.decline', { id, at: at(), decline_reason }),
		withdraw: (person: Person, id: string) => say(person, 'visit_offer.withdraw', { id, at: at() }),
		aVisit: (fields: Fields = {}) =>
			db.insert('visits', aRow.visit({ planned_codes: ['BA01'], ...fields })),
		ask: async (visit_id: string, fields: Fields = {}): Promise<string> => {
			const row: Row = aRow.offer({ visit_id, ...fields });
			expect(await say('manager', 'visit_offer.make', { row })).toBe('ok');
			return row.id;
		},
		statusOf: (id: string) =>
			db.value<OfferStatus>('select status from public.visit_offers where id = $1', [id]),
		workerOf: (id: string) =>
			db.value<string | null>('select worker_id from public.visits where id = $1', [id]),
		/** Time passes: the database's clock stands still within the transaction. */
		pass: (table: string, id: string, column: string) =>
			db.exec(`
				set local session_replication_role = replica;
				update public.${table} set ${column} = now() - interval '1 minute' where id = '${id}';
				set local session_replication_role = origin`),
		phoneOf: async (person: Person): Promise<Phone> => {
			const phone = new Phone(db, person);
			// Rows that were aged by hand are not in the sums of their day.
			phone.checksSums = false;
			await phone.pull(inside);
			return phone;
		}
	};
}
