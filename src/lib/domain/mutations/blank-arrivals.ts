/** Blank rows of coming to the door. */
import type { ArrivalTables } from '#lib/domain/arrival-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_ARRIVALS: ArrivalTables = {
	household_codes: { ...HEAD, case_id: '', digest: '', author_name: '', audience: 'staff' },
	household_points: {
		...HEAD,
		case_id: '',
		latitude: null,
		longitude: null,
		accuracy_m: null,
		author_name: '',
		audience: 'staff'
	},
	visit_places: {
		...HEAD,
		case_id: '',
		visit_id: '',
		via: 'camera',
		step: null,
		position: null,
		distance_m: null,
		accuracy_m: null,
		proof: null,
		verdict: null,
		author_name: '',
		audience: 'staff'
	},
	visit_remarks: {
		...HEAD,
		case_id: '',
		visit_id: '',
		kind: 'late',
		reason: null,
		note: null,
		checked_in_at: null,
		checked_out_at: null,
		corrects_id: null,
		author_name: '',
		audience: 'staff'
	}
};
