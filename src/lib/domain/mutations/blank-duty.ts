/** Blank rows of ladders and of the duty roster (blank-row.ts). */
import type { DutyTables } from '#lib/domain/duty-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_DUTY: DutyTables = {
	escalation_ladders: {
		...HEAD,
		org_id: '',
		case_id: null,
		severity: 'yellow',
		steps: [],
		repeat_minutes: 30,
		repeats: 0,
		active: true
	},
	duty_shifts: {
		...HEAD,
		org_id: '',
		user_id: '',
		user_name: '',
		weekdays: [],
		on_holidays: false,
		starts_at_time: '',
		ends_at_time: '',
		valid_from: '',
		valid_until: null,
		note: null
	}
};
