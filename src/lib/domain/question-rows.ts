/** 跨專業支持: what somebody asks a profession of the circle, and what is answered, as it travels and as it stands on the phone. */
import type { EmergencySeverity } from './emergency-rows.ts';
import type { Severity } from './severity.ts';
import type { SyncedRow } from './synced-row.ts';
import type { VitalKind } from './vital-sign-types.ts';

export type AskedRole = 'nurse' | 'therapist' | 'dietitian' | 'social_worker' | 'pharmacist';
export type QuestionStatus = 'open' | 'answered' | 'unanswered' | 'withdrawn';
export const SUBJECT_TABLES = [
	'visit_records',
	'emergencies',
	'measurements',
	'handover_notes',
	'attachments'
] as const;
export type SubjectTable = (typeof SUBJECT_TABLES)[number];

/** What the question is about, as it stood when it was asked. */
export type QuestionFact =
	| {
			readonly kind: 'measurement';
			readonly id: string;
			readonly at: string;
			readonly vital: VitalKind;
			readonly value: number;
			readonly value2: number | null;
			readonly context: string | null;
			readonly severity: Severity;
	  }
	| {
			readonly kind: 'record';
			readonly id: string;
			readonly at: string;
			readonly author_name: string;
			readonly note: string | null;
	  }
	| {
			readonly kind: 'emergency';
			readonly id: string;
			readonly at: string;
			readonly incident_type: string;
			readonly severity: EmergencySeverity;
			readonly description: string | null;
	  }
	| {
			readonly kind: 'handover';
			readonly id: string;
			readonly at: string;
			readonly author_name: string;
			/** What it said, in one. */
			readonly text: string;
	  }
	| {
			readonly kind: 'wound';
			/** Of its picture. */
			readonly id: string;
			readonly at: string;
			readonly body_site: string | null;
			readonly label: string | null;
			readonly caption: string | null;
	  };

/** One hand that a question went through; the server writes it. */
export interface QuestionHand {
	readonly at: string;
	readonly from_id: string | null;
	readonly from_name: string | null;
	readonly to_id: string;
	readonly to_name: string | null;
}

/** Staff only. Words and facts are never altered; who holds it, until when, and its state the server says. */
export interface QuestionRow extends SyncedRow {
	readonly case_id: string;
	readonly asked_role: AskedRole;
	readonly body: string;
	readonly facts: readonly QuestionFact[];
	readonly subject_table: SubjectTable | null;
	readonly subject_id: string | null;
	readonly answer_minutes: number;
	/** Null until the server has it. */
	readonly answer_due_at: string | null;
	readonly status: QuestionStatus;
	readonly holder_id: string | null;
	readonly holder_name: string | null;
	/** Oldest first. */
	readonly handed_on: readonly QuestionHand[];
	readonly author_name: string;
	readonly author_role: string | null;
	readonly audience: 'staff';
}

/** Append-only, staff only. The first by anybody but who asked answers the question. */
export interface QuestionAnswerRow extends SyncedRow {
	readonly case_id: string;
	readonly question_id: string;
	readonly body: string;
	readonly author_name: string;
	readonly author_role: string | null;
	readonly audience: 'staff';
}

export interface QuestionTables {
	questions: QuestionRow;
	question_answers: QuestionAnswerRow;
}

export const ASKED_ROLES: readonly AskedRole[] = [
	'nurse',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker'
];
/** Minutes within which an answer is asked for, as the server allows. */
export const ANSWER_MINUTES = [120, 240, 1440, 4320] as const;
