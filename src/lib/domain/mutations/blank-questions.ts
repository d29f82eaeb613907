/** Blank rows of questions. */
import type { QuestionTables } from '#lib/domain/question-rows.ts';
import { HEAD } from './blank-head.ts';

export const BLANK_QUESTIONS: QuestionTables = {
	questions: {
		...HEAD,
		case_id: '',
		asked_role: 'nurse',
		body: '',
		facts: [],
		subject_table: null,
		subject_id: null,
		answer_minutes: 1440,
		answer_due_at: null,
		status: 'open',
		holder_id: null,
		holder_name: null,
		handed_on: [],
		author_name: '',
		author_role: null,
		audience: 'staff'
	},
	question_answers: {
		...HEAD,
		case_id: '',
		question_id: '',
		body: '',
		author_name: '',
		author_role: null,
		audience: 'staff'
	}
};
