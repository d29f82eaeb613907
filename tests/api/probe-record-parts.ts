/** Probes of what stands under a visit record: signatures and reviews. */
import { aRow, PEOPLE, type Person, type Row } from '../fixtures/db-world.ts';
import { personOf } from './matrix.ts';
import { stamped, write, writePlain, type Probe, type Sql } from './probe-rows.ts';

async function recordOf(sql: Sql, person: Person, audience = 'circle'): Promise<string> {
	const row = stamped(aRow.record({ audience, author_name: '?', created_by: PEOPLE[person] }));
	return (await writePlain(sql, 'visit_records', row)).id as string;
}
const signed = async (record: Promise<string>): Promise<Row> =>
	stamped(aRow.signature({ record_id: await record, author_name: '?' }));

const update = (word: string) => ({ signer_name: word });

export const RECORD_PART_PROBES: Record<string, Probe> = {
	"record_signatures: the worker's": {
		target: async (sql) =>
			write(sql, 'record_signatures', aRow.signature({ record_id: await recordOf(sql, 'worker') })),
		insert: (_persona, sql) => signed(recordOf(sql, 'worker')),
		update
	},
	"record_signatures: one's own": {
		target: async (sql) =>
			write(sql, 'record_signatures', aRow.signature({ record_id: await recordOf(sql, 'worker') })),
		insert: (persona, sql) => signed(recordOf(sql, personOf(persona))),
		update
	},
	'record_signatures: staff': {
		target: async (sql) =>
			write(
				sql,
				'record_signatures',
				aRow.signature({ record_id: await recordOf(sql, 'worker', 'staff') })
			),
		insert: (_persona, sql) => signed(recordOf(sql, 'worker', 'staff')),
		update
	},
	'record_reviews: of the worker': {
		target: async (sql) =>
			write(sql, 'record_reviews', aRow.review({ record_id: await recordOf(sql, 'worker') })),
		insert: async (_persona, sql) =>
			stamped(aRow.review({ record_id: await recordOf(sql, 'worker'), author_name: '?' })),
		update: (word) => ({ verdict: 'returned', reason: word })
	}
};
