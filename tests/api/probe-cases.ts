/** Probes of a case: the person, the circle, and the lists that are kept of them. */
import { randomUUID } from 'node:crypto';
import { aRow, CASES, hoursFromNow, ORGS, PEOPLE, placeOf } from '../fixtures/db-world.ts';
import {
	aCaseWithCircle,
	existing,
	fresh,
	picture,
	stamped,
	write,
	writePlain,
	type Probe
} from './probe-rows.ts';

export const CASE_PROBES: Record<string, Probe> = {
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
	case_plan_codes: {
		target: (sql) => write(sql, 'case_plan_codes', aRow.planCode()),
		insert: fresh(() => stamped(aRow.planCode({ author_name: '?' }))),
		update: (word) => ({ note: word })
	},
	case_consents: {
		target: (sql) => write(sql, 'case_consents', aRow.consent()),
		insert: fresh(() => stamped(aRow.consent({ author_name: '?' }))),
		update: () => ({ withdrawn_at: hoursFromNow(0) })
	},
	"attachments: the worker's": picture('circle'),
	'attachments: staff': picture('staff')
};
