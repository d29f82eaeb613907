/** What the mutations about coming to the door carry. */
import { aRow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import type { Connection, Fields } from './harness.ts';

export function arrivalArgs(db: Connection) {
	return {
		'household_code.add': (): Promise<Fields> => Promise.resolve({ row: aRow.doorCode() }),
		'household_point.add': (): Promise<Fields> => Promise.resolve({ row: aRow.housePoint() }),
		'visit_place.add': async (): Promise<Fields> => ({
			row: aRow.place({ visit_id: await db.insert('visits', aRow.visit()) })
		}),
		'visit_remark.add': async (person: Person): Promise<Fields> => {
			const visit = aRow.visit({ worker_id: PEOPLE[person] });
			return { row: aRow.remark({ visit_id: await db.insert('visits', visit) }) };
		}
	};
}
