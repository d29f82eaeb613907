/** Probes of emergency reports, the steps on them, and who reported a restricted one. */
import { randomUUID } from 'node:crypto';
import { aRow, CASES, ORGS, PEOPLE, type Row } from '../fixtures/db-world.ts';
import { personOf } from './matrix.ts';
import {
	anEmergency,
	fresh,
	stamped,
	write,
	writePlain,
	type Probe,
	type Sql
} from './probe-rows.ts';

export const EMERGENCY_PROBES: Record<string, Probe> = {
	'emergencies: circle': {
		target: async (sql) => ({ id: await anEmergency(sql, 'circle') }),
		insert: fresh(() => stamped(aRow.emergency())),
		update: () => ({ status: 'closed' })
	},
	'emergencies: staff': {
		target: async (sql) => ({ id: await anEmergency(sql, 'staff') }),
		insert: fresh(() => stamped(aRow.emergency({ audience: 'staff' }))),
		update: () => ({ status: 'closed' })
	},
	'emergencies: restricted': {
		target: async (sql) => ({ id: await anEmergency(sql, 'restricted') }),
		insert: fresh(() => stamped(aRow.emergency({ incident_type: 'ABUSE', severity: 'red' }))),
		update: () => ({ status: 'closed' })
	},
	emergency_reporters: {
		async target(sql) {
			return await writePlain(sql, 'emergency_reporters', {
				id: randomUUID(),
				emergency_id: await anEmergency(sql, 'restricted'),
				org_id: ORGS.shancheng,
				reporter_id: PEOPLE.worker,
				reporter_name: '王照服'
			});
		},
		insert: async (persona, sql) => ({
			id: randomUUID(),
			emergency_id: await anEmergency(sql, 'restricted'),
			org_id: ORGS.shancheng,
			reporter_id: PEOPLE[personOf(persona)],
			reporter_name: '假通報人'
		}),
		update: (word) => ({ reporter_name: word })
	},
	'emergency_receipts: circle': receipt('circle'),
	'emergency_receipts: restricted': receipt('restricted'),
	'emergency_actions: circle': {
		target: async (sql) =>
			write(sql, 'emergency_actions', {
				id: randomUUID(),
				case_id: CASES.ayue,
				emergency_id: await anEmergency(sql, 'circle'),
				action: 'note',
				note: '已聯絡'
			}),
		insert: async (_persona, sql) =>
			stamped({
				id: randomUUID(),
				case_id: CASES.ayue,
				emergency_id: await anEmergency(sql, 'circle'),
				action: 'acknowledge',
				author_name: '?'
			}),
		update: (word) => ({ note: word })
	},
	'emergency_actions: restricted': {
		target: async (sql) =>
			write(sql, 'emergency_actions', {
				id: randomUUID(),
				case_id: CASES.ayue,
				emergency_id: await anEmergency(sql, 'restricted'),
				action: 'note',
				note: '已聯絡'
			}),
		insert: async (_persona, sql) =>
			stamped({
				id: randomUUID(),
				case_id: CASES.ayue,
				emergency_id: await anEmergency(sql, 'restricted'),
				action: 'acknowledge',
				author_name: '?'
			}),
		update: (word) => ({ note: word })
	}
};

function receipt(audience: string): Probe {
	const row = async (sql: Sql): Promise<Row> => ({
		id: randomUUID(),
		case_id: CASES.ayue,
		emergency_id: await anEmergency(sql, audience),
		user_id: PEOPLE.nurse,
		user_name: '某人',
		step: 0,
		channel: 'push',
		queued_at: new Date().toISOString(),
		audience
	});
	return {
		target: async (sql) => writePlain(sql, 'emergency_receipts', stamped(await row(sql))),
		insert: async (_persona, sql) => stamped(await row(sql)),
		update: () => ({ state: 'opened' })
	};
}
