/** Pictures, papers, and pictures of reports: who may read, add and remove them. */
import { randomUUID } from 'node:crypto';
import { aRow, hoursFromNow, PEOPLE } from '../fixtures/db-world.ts';
import { anEmergency, stamped, write, type Probe } from './probe-rows.ts';

const removal = (word: string) => ({ removed_at: hoursFromNow(0), removal_reason: word });

/** Reported by nobody that is known here. */
function ofReport(audience: 'circle' | 'restricted'): Probe {
	return {
		async target(sql) {
			await write(sql, 'case_consents', aRow.consent());
			const emergency_id = await anEmergency(sql, audience);
			return await write(sql, 'attachments', aRow.photo({ emergency_id }));
		},
		async insert(_persona, sql) {
			await write(sql, 'case_consents', aRow.consent());
			const emergency_id = await anEmergency(sql, audience);
			return stamped(aRow.photo({ emergency_id, audience, author_name: '?', id: randomUUID() }));
		},
		update: removal
	};
}

export const FILE_PROBES: Readonly<Record<string, Probe>> = {
	'attachments: a paper': {
		target: (sql) => write(sql, 'attachments', aRow.paper({ created_by: PEOPLE.worker })),
		insert: () => Promise.resolve(stamped(aRow.paper({ author_name: '?' }))),
		update: removal
	},
	'attachments: of a family report': ofReport('circle'),
	'attachments: restricted report': ofReport('restricted')
};
