/** A blank row of a journey (blank-row.ts). */
import type { TravelTables } from '#lib/domain/travel-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_TRAVEL: TravelTables = {
	travel_notes: {
		...HEAD,
		org_id: '',
		user_id: '',
		user_name: '',
		travelled_on: '',
		means: 'other',
		minutes: 0,
		km: null,
		note: null,
		from_visit_id: null,
		to_visit_id: null,
		corrects_id: null
	}
};
