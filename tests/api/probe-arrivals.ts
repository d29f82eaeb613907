/** Probes for coming to the door: who makes the sheet, and who says that they were there. */
import { aRow, PEOPLE } from '../fixtures/db-world.ts';
import { personOf } from './matrix.ts';
import { fresh, stamped, write, writePlain, type Probe } from './probe-rows.ts';

export const ARRIVAL_PROBES: Record<string, Probe> = {
	household_codes: {
		target: (sql) => write(sql, 'household_codes', aRow.doorCode()),
		insert: fresh(() => stamped(aRow.doorCode({ author_name: '?' }))),
		update: (word) => ({ author_name: word })
	},
	household_points: {
		target: (sql) => write(sql, 'household_points', aRow.housePoint()),
		insert: fresh(() => stamped(aRow.housePoint({ author_name: '?' }))),
		update: (word) => ({ author_name: word })
	},
	visit_places: {
		async target(sql) {
			const { id } = await writePlain(sql, 'visits', aRow.visit());
			return await write(sql, 'visit_places', aRow.place({ visit_id: id, proof: null }));
		},
		async insert(_persona, sql) {
			const { id } = await writePlain(sql, 'visits', aRow.visit());
			return stamped(aRow.place({ visit_id: id, author_name: '?' }));
		},
		update: (word) => ({ author_name: word })
	},
	"visit_remarks: worker's visit": {
		async target(sql) {
			const { id } = await writePlain(sql, 'visits', aRow.visit());
			return await write(sql, 'visit_remarks', aRow.remark({ visit_id: id }));
		},
		async insert(_persona, sql) {
			const { id } = await writePlain(sql, 'visits', aRow.visit());
			return stamped(aRow.remark({ visit_id: id, author_name: '?' }));
		},
		update: (word) => ({ note: word })
	},
	"visit_remarks: of one's own": {
		async target(sql) {
			const { id } = await writePlain(sql, 'visits', aRow.visit());
			return await write(sql, 'visit_remarks', aRow.remark({ visit_id: id }));
		},
		async insert(persona, sql) {
			const worker_id = PEOPLE[personOf(persona)];
			const { id } = await writePlain(sql, 'visits', aRow.visit({ worker_id }));
			return stamped(aRow.remark({ visit_id: id, author_name: '?' }));
		},
		update: (word) => ({ note: word })
	}
};
