/** Probes for offers of visits: what the staff of the case see, and what the asked person sees. */
import { randomUUID } from 'node:crypto';
import { aRow, hoursFromNow, ORGS, PEOPLE } from '../fixtures/db-world.ts';
import { writePlain, type Key, type Probe, type Sql } from './probe-rows.ts';

/** That somebody is asked to make a visit of 阿月's. */
async function anOffer(sql: Sql, user_id: string = PEOPLE.outside): Promise<Key> {
	const visit = aRow.visit({ worker_id: null });
	await writePlain(sql, 'visits', visit);
	return await writePlain(sql, 'visit_offers', {
		...aRow.offer({ user_id, visit_id: visit.id, offered_by_name: '系統' }),
		starts_at: visit['starts_at'],
		ends_at: visit['ends_at']
	});
}

export const OFFER_PROBES: Record<string, Probe> = {
	'visit_offers: to a colleague': {
		target: (sql) => anOffer(sql),
		async insert(_persona, sql) {
			const visit = await writePlain(sql, 'visits', aRow.visit());
			return {
				...aRow.offer({ visit_id: visit.id, offered_by_name: '?' }),
				starts_at: hoursFromNow(1),
				ends_at: hoursFromNow(2)
			};
		},
		update: () => ({ status: 'withdrawn' })
	},
	"offered_visits: the worker's": {
		target: (sql) => anOffer(sql, PEOPLE.worker),
		async insert(_persona, sql) {
			const { id } = await anOffer(sql);
			return {
				id,
				user_id: PEOPLE.worker,
				org_id: ORGS.shancheng,
				visit_id: randomUUID(),
				offered_by_name: '?',
				starts_at: hoursFromNow(1),
				ends_at: hoursFromNow(2),
				expires_at: hoursFromNow(1),
				status: 'offered'
			};
		},
		update: () => ({ status: 'withdrawn' })
	}
};
