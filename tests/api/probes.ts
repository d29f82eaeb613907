/** For each kind of row in the matrix: how to come by one, what a client would insert, and what it would change. */
import { aRow, hoursFromNow, ORGS, PEOPLE } from '../fixtures/db-world.ts';
import { ARRIVAL_PROBES } from './probe-arrivals.ts';
import { CASE_PROBES } from './probe-cases.ts';
import { EMERGENCY_PROBES } from './probe-emergencies.ts';
import { FILE_PROBES } from './probe-files.ts';
import { OFFER_PROBES } from './probe-offers.ts';
import { ORGANIZATION_PROBES } from './probe-organization.ts';
import { RECORD_PART_PROBES } from './probe-record-parts.ts';
import { TALK_PROBES } from './probe-talk.ts';
import { VISIT_PROBES } from './probe-visits.ts';
import {
	aTask,
	anEmergency,
	codeTable,
	fresh,
	notice,
	proposal,
	seen,
	write,
	writePlain,
	type Probe
} from './probe-rows.ts';

export const PROBES: Record<string, Probe> = {
	...ORGANIZATION_PROBES,
	...CASE_PROBES,
	...VISIT_PROBES,
	...OFFER_PROBES,
	...RECORD_PART_PROBES,
	...ARRIVAL_PROBES,
	...FILE_PROBES,
	...EMERGENCY_PROBES,
	...TALK_PROBES,
	'sightings: of a circle record': seen('visit_records', (sql) =>
		write(sql, 'visit_records', aRow.record({ created_by: PEOPLE.worker }))
	),
	"sightings: the worker's own": seen(
		'visit_records',
		(sql) => write(sql, 'visit_records', aRow.record({ created_by: PEOPLE.nurse })),
		'worker'
	),
	'sightings: of a staff task': seen('tasks', async (sql) => ({
		id: await aTask(sql, { audience: 'staff' })
	})),
	'sightings: of a hand-over note': seen('handover_notes', (sql) =>
		write(sql, 'handover_notes', aRow.handover())
	),
	'sightings: of a restricted one': seen('emergencies', async (sql) => ({
		id: await anEmergency(sql, 'restricted')
	})),
	"notices: the worker's": {
		target: (sql) => writePlain(sql, 'notices', notice()),
		insert: fresh(notice),
		update: () => ({ read_at: hoursFromNow(0) })
	},
	'record_history: a proposal': {
		target: (sql) => writePlain(sql, 'record_history', proposal()),
		insert: fresh(proposal),
		update: () => ({ decision: 'declined' })
	},
	audit_log: {
		async target(sql) {
			const [entry] = await sql(`select min(id) as id from public.audit_log where org_id = $1`, [
				ORGS.shancheng
			]);
			return { id: entry?.id };
		},
		insert: () =>
			Promise.resolve({ table_name: 'cases', operation: 'read', org_id: ORGS.shancheng }),
		update: () => ({ table_name: 'visits' })
	},
	service_codes: codeTable('BA01', {
		code: 'ZZ99',
		name_zh: '假',
		name_en: 'fake',
		unit: 'time',
		effective_from: '2025-01-01'
	}),
	problem_codes: codeTable(1, { code: 99, name_zh: '假', name_en: 'fake' }),
	incident_types: codeTable('FALL', {
		code: 'FAKE',
		name_zh: '假',
		name_en: 'fake',
		default_severity: 'red'
	})
};
