/** Blank rows of coming to the door. */
import type { ArrivalTables } from '#lib/domain/arrival-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_ARRIVALS: ArrivalTables = {
	household_codes: { ...HEAD, case_id: '', digest: '', author_name: '', audience: 'staff' },
	visit_places: {
		...HEAD,
		case_id: '',
		visit_id: '',
		via: 'camera',
		proof: null,
		verdict: null,
		author_name: '',
		audience: 'staff'
	}
};
