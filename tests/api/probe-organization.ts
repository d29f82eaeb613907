/** Probes of the organisation itself: its people, their absences, its office calendar, invitations. */
import { randomUUID } from 'node:crypto';
import { aRow, hoursFromNow, membershipOf, ORGS, PEOPLE } from '../fixtures/db-world.ts';
import { personOf } from './matrix.ts';
import {
	aCaseWithCircle,
	existing,
	fresh,
	invitation,
	writePlain,
	type Probe
} from './probe-rows.ts';

export const ORGANIZATION_PROBES: Record<string, Probe> = {
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
	"escalation_ladders: a person's": {
		target: async (sql) =>
			writePlain(sql, 'escalation_ladders', aRow.ladder({ case_id: await aCaseWithCircle(sql) })),
		insert: async (_persona, sql) => aRow.ladder({ case_id: await aCaseWithCircle(sql) }),
		update: (word) => ({ steps: [{ after: 0, to: [], people: [word] }] })
	},
	task_rules: {
		target: (sql) => writePlain(sql, 'task_rules', aRow.rule()),
		insert: fresh(() => aRow.rule()),
		update: (word) => ({ title: word })
	},
	task_templates: {
		target: (sql) => writePlain(sql, 'task_templates', aRow.template()),
		insert: fresh(() => aRow.template()),
		update: (word) => ({ title: word })
	},
	duty_shifts: {
		target: (sql) => writePlain(sql, 'duty_shifts', aRow.shift()),
		insert: fresh(() => aRow.shift()),
		update: (word) => ({ note: word })
	},
	"travel_notes: the worker's": {
		target: (sql) =>
			writePlain(sql, 'travel_notes', aRow.journey({ recorded_at: hoursFromNow(0) })),
		insert: fresh(() => aRow.journey({ recorded_at: hoursFromNow(0) })),
		update: (word) => ({ note: word })
	},
	"travel_notes: one's own": {
		target: (sql) =>
			writePlain(sql, 'travel_notes', aRow.journey({ recorded_at: hoursFromNow(0) })),
		insert: async (persona) =>
			aRow.journey({ user_id: PEOPLE[personOf(persona)], recorded_at: hoursFromNow(0) }),
		update: (word) => ({ note: word })
	},
	"invitations: the manager's": {
		target: (sql) => writePlain(sql, 'invitations', invitation()),
		insert: async (persona) =>
			Promise.resolve({ ...invitation(), created_by: PEOPLE[personOf(persona)] }),
		update: () => ({ expires_at: '2999-01-01T00:00:00Z' })
	}
};
