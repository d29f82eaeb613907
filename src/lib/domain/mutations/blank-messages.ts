/** Blank rows of threads. */
import type { MessageTables } from '#lib/domain/message-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_MESSAGES: MessageTables = {
	messages: {
		...HEAD,
		case_id: null,
		org_id: null,
		body: '',
		reply_to_id: null,
		corrects_id: null,
		needs_confirmation: false,
		mentions: [],
		author_name: '',
		author_role: null,
		audience: 'circle'
	},
	message_reads: {
		...HEAD,
		case_id: '',
		user_id: '',
		user_name: '',
		read_through: '',
		audience: 'circle'
	},
	message_pins: {
		...HEAD,
		case_id: '',
		message_id: '',
		pinned: true,
		said_by: '',
		said_at: null,
		excerpt: '',
		author_name: '',
		audience: 'circle'
	},
	announcement_marks: {
		...HEAD,
		org_id: '',
		message_id: '',
		user_id: '',
		kind: 'read',
		user_name: ''
	}
};
