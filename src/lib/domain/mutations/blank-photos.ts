/** Blank rows of photos, papers and the consents that pictures rest on. */
import type { PhotoTables } from '#lib/domain/photo-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_PHOTOS: PhotoTables = {
	case_consents: {
		...HEAD,
		case_id: '',
		kind: 'photo',
		given_by: '',
		relation: 'self',
		how: 'paper',
		given_on: '',
		withdrawn_at: null,
		withdrawn_by_name: null,
		author_name: '',
		audience: 'circle'
	},
	attachments: {
		...HEAD,
		case_id: '',
		visit_id: null,
		emergency_id: null,
		message_id: null,
		task_id: null,
		kind: 'photo',
		body_site: null,
		wound: null,
		document_kind: null,
		caption: null,
		mime: 'image/jpeg',
		duration_ms: null,
		width: null,
		height: null,
		byte_size: 0,
		sha256: '',
		thumb_size: null,
		thumb_sha256: null,
		taken_at: '',
		stored_at: null,
		removed_at: null,
		removed_by_name: null,
		removal_reason: null,
		author_name: '',
		audience: 'circle'
	}
};
