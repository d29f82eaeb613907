/** What the mutations about coming to the door carry. */
import { aRow } from '../fixtures/db-world.ts';
import type { Connection, Fields } from './harness.ts';

export function arrivalArgs(db: Connection) {
	return {
		'household_code.add': (): Promise<Fields> => Promise.resolve({ row: aRow.doorCode() }),
		'visit_place.add': async (): Promise<Fields> => ({
			row: aRow.place({ visit_id: await db.insert('visits', aRow.visit()) })
		})
	};
}
