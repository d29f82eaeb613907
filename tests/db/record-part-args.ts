/** What stands under a visit record, with arguments that are right in themselves. */
import { aRow, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import type { Connection, Fields } from './harness.ts';

/** A record of that person's, or of somebody who has nothing to do with it. */
export async function aRecordOf(
	db: Connection,
	person: Person | null,
	fields: Fields = {}
): Promise<string> {
	return await db.insert('visit_records', {
		...aRow.record(fields),
		created_by: person === null ? null : PEOPLE[person],
		author_name: '系統',
		recorded_at: hoursFromNow(0)
	});
}

export function recordPartArgs(db: Connection) {
	return {
		'record_signature.add': async (person: Person) => ({
			row: aRow.signature({ record_id: await aRecordOf(db, person) })
		}),
		'record_review.add': async () => ({
			row: aRow.review({ record_id: await aRecordOf(db, null) })
		})
	};
}
