/** Blank rows of the lists that a person's page keeps: entries are ended, never erased. */
import type { CareListTables } from '#lib/domain/care-list-rows.ts';
import { HEAD } from './blank-head.ts';

const KEPT = {
	...HEAD,
	case_id: '',
	note: null,
	ended_at: null,
	end_reason: null,
	ended_by_name: null,
	author_name: '',
	audience: 'circle'
} as const;

export const BLANK_CARE_LISTS: CareListTables = {
	case_medications: {
		...KEPT,
		name: '',
		strength: null,
		dose: null,
		times: [],
		route: null,
		directions: null,
		reason: null,
		prescriber: null,
		bag_on: null,
		starts_on: null,
		ends_on: null,
		help: null
	},
	case_devices: {
		...KEPT,
		kind: 'other',
		size: null,
		placed_on: null,
		change_due_on: null,
		changed_by: null
	},
	case_plan_codes: {
		...KEPT,
		code: '',
		units_month: null,
		times_week: null,
		valid_from: '',
		valid_until: null,
		provider: null
	}
};
