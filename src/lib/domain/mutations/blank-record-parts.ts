/** Blank rows of what stands under a visit record. */
import type { RecordTables } from '#lib/domain/record-rows.ts';
import { HEAD } from './blank-head.ts';

const UNDER = { ...HEAD, case_id: '', record_id: '', author_name: '', reason: null };

export const BLANK_RECORD_PARTS: RecordTables = {
	record_signatures: {
		...UNDER,
		kind: 'unsigned',
		signer_name: null,
		relation: null,
		statement: null,
		strokes: null,
		note: null,
		audience: 'circle'
	},
	record_reviews: { ...UNDER, verdict: 'approved', audience: 'staff' }
};
