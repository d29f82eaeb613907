/** Pictures, papers, and pictures of reports: who may read, add and remove them. */
import { randomUUID } from 'node:crypto';
import { aRow, hoursFromNow, PEOPLE, type Person } from '../fixtures/db-world.ts';
import { personOf } from './matrix.ts';
import { anEmergency, stamped, write, type Probe, type Sql } from './probe-rows.ts';

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

/** Only who wrote it adds to a message. */
async function aMessage(sql: Sql, author: Person, audience: 'circle' | 'staff') {
	return await write(sql, 'messages', aRow.message({ audience, created_by: PEOPLE[author] }));
}

export const FILE_PROBES: Readonly<Record<string, Probe>> = {
	'attachments: a paper': {
		target: (sql) => write(sql, 'attachments', aRow.paper({ created_by: PEOPLE.worker })),
		insert: () => Promise.resolve(stamped(aRow.paper({ author_name: '?' }))),
		update: removal
	},
	'attachments: of a family report': ofReport('circle'),
	'attachments: restricted report': ofReport('restricted'),
	'attachments: of a staff message': {
		async target(sql) {
			await write(sql, 'case_consents', aRow.consent());
			const { id: message_id } = await aMessage(sql, 'worker', 'staff');
			return await write(sql, 'attachments', aRow.photo({ message_id, created_by: PEOPLE.worker }));
		},
		async insert(persona, sql) {
			await write(sql, 'case_consents', aRow.consent());
			const { id: message_id } = await aMessage(sql, personOf(persona), 'staff');
			return stamped(aRow.photo({ message_id, audience: 'staff', author_name: '?' }));
		},
		update: removal
	},
	"attachments: the family's": {
		async target(sql) {
			await write(sql, 'case_consents', aRow.consent());
			const { id: message_id } = await aMessage(sql, 'family', 'circle');
			return await write(sql, 'attachments', aRow.photo({ message_id, created_by: PEOPLE.family }));
		},
		async insert(persona, sql) {
			await write(sql, 'case_consents', aRow.consent());
			const { id: message_id } = await aMessage(sql, personOf(persona), 'circle');
			return stamped(aRow.photo({ message_id, author_name: '?' }));
		},
		update: removal
	},
	'attachments: a voice note': {
		async target(sql) {
			const { id: message_id } = await aMessage(sql, 'worker', 'circle');
			return await write(sql, 'attachments', aRow.voice({ message_id, created_by: PEOPLE.worker }));
		},
		async insert(persona, sql) {
			const { id: message_id } = await aMessage(sql, personOf(persona), 'circle');
			return stamped(aRow.voice({ message_id, author_name: '?' }));
		},
		update: removal
	}
};
