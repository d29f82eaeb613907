/** For each kind of row in the matrix: how to come by one, what a client would insert, and what it would change. */
import { randomUUID } from 'node:crypto';
import {
	aRow,
	CASES,
	hoursFromNow,
	membershipOf,
	ORGS,
	PEOPLE,
	placeOf
} from '../fixtures/db-world.ts';
import { personOf } from './matrix.ts';
import { ARRIVAL_PROBES } from './probe-arrivals.ts';
import { OFFER_PROBES } from './probe-offers.ts';
import { RECORD_PART_PROBES } from './probe-record-parts.ts';
import {
	aCaseWithCircle,
	aTask,
	anEmergency,
	announcement,
	codeTable,
	existing,
	fresh,
	invitation,
	notice,
	picture,
	proposal,
	readMark,
	seen,
	stamped,
	write,
	writePlain,
	type Probe
} from './probe-rows.ts';

export const PROBES: Record<string, Probe> = {
	organizations: {
		target: existing({ id: ORGS.shancheng }),
		insert: fresh(() => ({ id: randomUUID(), name: '新機構', kind: 'B' })),
		update: (word) => ({ duty_phone: word })
	},
	"profiles: the worker's own": {
		target: existing({ id: PEOPLE.worker }),
		insert: fresh(() => ({ id: randomUUID(), display_name: '新人' })),
		update: (word) => ({ phone: word })
	},
	"memberships: the worker's": {
		target: existing({ id: membershipOf('worker') }),
		insert: fresh(() => ({
			id: randomUUID(),
			org_id: ORGS.shancheng,
			user_id: PEOPLE.family,
			role: 'supervisor',
			display_name: '假督導'
		})),
		update: (word) => ({ title: word })
	},
	"staff_absences: the worker's": {
		target: (sql) => writePlain(sql, 'staff_absences', aRow.absence()),
		insert: fresh(() => aRow.absence()),
		update: () => ({ ended_at: hoursFromNow(0) })
	},
	"staff_absences: one's own": {
		target: (sql) => writePlain(sql, 'staff_absences', aRow.absence()),
		insert: (persona) => Promise.resolve(aRow.absence({ user_id: PEOPLE[personOf(persona)] })),
		update: () => ({ ended_at: hoursFromNow(0) })
	},
	office_days: {
		target: (sql) => writePlain(sql, 'office_days', aRow.officeDay()),
		insert: fresh(() => aRow.officeDay()),
		update: (word) => ({ name: word })
	},
	cases: {
		target: existing({ id: CASES.ayue }),
		insert: fresh(() => ({ id: randomUUID(), org_id: ORGS.shancheng, name: '新案' })),
		update: (word) => ({ note: word })
	},
	case_staff_details: {
		async target(sql) {
			const id = await aCaseWithCircle(sql);
			return await writePlain(sql, 'case_staff_details', { id, case_id: id });
		},
		async insert(_persona, sql) {
			const id = await aCaseWithCircle(sql);
			return { id, case_id: id, household_note: '三樓無電梯' };
		},
		update: (word) => ({ household_note: word })
	},
	'case_contacts: circle': {
		target: (sql) => writePlain(sql, 'case_contacts', aRow.contact()),
		insert: fresh(() => aRow.contact()),
		update: (word) => ({ phone: word })
	},
	'case_contacts: staff': {
		target: (sql) => writePlain(sql, 'case_contacts', aRow.contact({ audience: 'staff' })),
		insert: fresh(() => aRow.contact({ audience: 'staff' })),
		update: (word) => ({ phone: word })
	},
	case_members: {
		target: existing({ id: placeOf('family') }),
		async insert(_persona, sql) {
			await sql(
				`update public.case_members set ended_at = now() where case_id = $1 and user_id = $2 and ended_at is null`,
				[CASES.ayue, PEOPLE.outside]
			);
			return {
				id: randomUUID(),
				case_id: CASES.ayue,
				user_id: PEOPLE.outside,
				role: 'worker',
				display_name: '吳照服'
			};
		},
		update: (word) => ({ relation: word })
	},
	case_medications: {
		target: (sql) => write(sql, 'case_medications', aRow.medication()),
		insert: fresh(() => stamped(aRow.medication({ author_name: '?' }))),
		update: (word) => ({ note: word })
	},
	case_devices: {
		target: (sql) => write(sql, 'case_devices', aRow.device()),
		insert: fresh(() => stamped(aRow.device({ author_name: '?' }))),
		update: (word) => ({ note: word })
	},
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
	...OFFER_PROBES,
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
	...RECORD_PART_PROBES,
	measurements: {
		target: (sql) => write(sql, 'measurements', aRow.measurement()),
		insert: fresh(() => stamped(aRow.measurement({ author_name: '?' }))),
		update: () => ({ value: 80 })
	},
	handover_notes: {
		target: (sql) => write(sql, 'handover_notes', aRow.handover()),
		insert: fresh(() => stamped(aRow.handover({ author_name: '?' }))),
		update: (word) => ({ situation: word })
	},
	...ARRIVAL_PROBES,
	case_consents: {
		target: (sql) => write(sql, 'case_consents', aRow.consent()),
		insert: fresh(() => stamped(aRow.consent({ author_name: '?' }))),
		update: () => ({ withdrawn_at: hoursFromNow(0) })
	},
	"attachments: the worker's": picture('circle'),
	'attachments: staff': picture('staff'),
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
	},
	"tasks: worker's, by the nurse": {
		target: async (sql) => ({ id: await aTask(sql, { assignee_id: PEOPLE.worker }) }),
		insert: fresh(() => stamped(aRow.task({ author_name: '?' }))),
		update: (word) => ({ body: word })
	},
	"tasks: family's": {
		target: async (sql) => ({
			id: await aTask(sql, { assignee_id: PEOPLE.family, audience: 'circle' })
		}),
		insert: fresh(() =>
			stamped(aRow.task({ author_name: '?', audience: 'circle', assignee_id: PEOPLE.family }))
		),
		update: (word) => ({ body: word })
	},
	'task_comments: staff': {
		target: async (sql) =>
			write(sql, 'task_comments', {
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, {}),
				body: '好'
			}),
		insert: async (_persona, sql) =>
			stamped({
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, {}),
				body: '好',
				author_name: '?'
			}),
		update: (word) => ({ body: word })
	},
	'task_comments: circle': {
		target: async (sql) =>
			write(sql, 'task_comments', {
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, { audience: 'circle' }),
				body: '好'
			}),
		insert: async (_persona, sql) =>
			stamped({
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, { audience: 'circle' }),
				body: '好',
				author_name: '?'
			}),
		update: (word) => ({ body: word })
	},
	'messages: circle': {
		target: (sql) => write(sql, 'messages', aRow.message()),
		insert: fresh(() => stamped(aRow.message({ author_name: '?' }))),
		update: (word) => ({ body: word })
	},
	'messages: staff': {
		target: (sql) => write(sql, 'messages', aRow.message({ audience: 'staff' })),
		insert: fresh(() => stamped(aRow.message({ audience: 'staff', author_name: '?' }))),
		update: (word) => ({ body: word })
	},
	'messages: announcement': {
		target: (sql) => write(sql, 'messages', announcement()),
		insert: fresh(() => stamped({ ...announcement(), author_name: '?' })),
		update: (word) => ({ body: word })
	},
	"message_reads: worker's, circle": {
		async target(sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'circle'`, [
				PEOPLE.worker
			]);
			return await writePlain(sql, 'message_reads', readMark('worker', 'circle', -1));
		},
		async insert(_persona, sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'circle'`, [
				PEOPLE.worker
			]);
			return readMark('worker', 'circle', 0);
		},
		update: () => ({ read_through: '2999-01-01T00:00:00Z' })
	},
	"message_reads: one's own, staff": {
		async target(sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'staff'`, [
				PEOPLE.removed
			]);
			return await writePlain(sql, 'message_reads', readMark('removed', 'staff', -1));
		},
		async insert(persona, sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'staff'`, [
				PEOPLE[personOf(persona)]
			]);
			return { ...readMark('worker', 'staff', 0), user_id: PEOPLE[personOf(persona)] };
		},
		update: () => ({ read_through: '2999-01-01T00:00:00Z' })
	},
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
	"invitations: the manager's": {
		target: (sql) => writePlain(sql, 'invitations', invitation()),
		insert: async (persona) =>
			Promise.resolve({ ...invitation(), created_by: PEOPLE[personOf(persona)] }),
		update: () => ({ expires_at: '2999-01-01T00:00:00Z' })
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
