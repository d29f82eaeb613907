/** Probes of visits: series, visits, and what is written during them. */
import { aRow } from '../fixtures/db-world.ts';
import { fresh, stamped, write, writePlain, type Probe } from './probe-rows.ts';

export const VISIT_PROBES: Record<string, Probe> = {
	visit_series: {
		target: (sql) => writePlain(sql, 'visit_series', aRow.series()),
		insert: fresh(() => aRow.series()),
		update: (word) => ({ note: word })
	},
	"visits: the worker's": {
		target: (sql) => writePlain(sql, 'visits', aRow.visit()),
		insert: fresh(() => aRow.visit()),
		update: (word) => ({ note: word })
	},
	'visit_records: circle': {
		target: (sql) => write(sql, 'visit_records', aRow.record()),
		insert: fresh(() => stamped(aRow.record({ author_name: '?' }))),
		update: (word) => ({ note: word })
	},
	'visit_records: of a visit': {
		target: (sql) => write(sql, 'visit_records', aRow.record()),
		async insert(_persona, sql) {
			const visit = await writePlain(sql, 'visits', aRow.visit());
			return stamped(aRow.record({ visit_id: visit.id, author_name: '?' }));
		},
		update: (word) => ({ note: word })
	},
	'visit_records: staff': {
		target: (sql) => write(sql, 'visit_records', aRow.record({ audience: 'staff' })),
		insert: fresh(() => stamped(aRow.record({ audience: 'staff', author_name: '?' }))),
		update: (word) => ({ note: word })
	},
	measurements: {
		target: (sql) => write(sql, 'measurements', aRow.measurement()),
		insert: fresh(() => stamped(aRow.measurement({ author_name: '?' }))),
		update: () => ({ value: 80 })
	},
	handover_notes: {
		target: (sql) => write(sql, 'handover_notes', aRow.handover()),
		insert: fresh(() => stamped(aRow.handover({ author_name: '?' }))),
		update: (word) => ({ situation: word })
	}
};
