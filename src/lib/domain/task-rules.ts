/** Which facts make a task of themselves: rules of an organisation, as data. The server finds and makes (private.rule_occasions); this says what may be tuned. */
import type { SyncedRow } from './synced-row.ts';
import type { TaskRow } from './task-rows.ts';
import type { CircleRole } from './roles.ts';
import type { VitalKind } from './vital-sign-types.ts';

/** What each kind of rule is tuned by. */
export interface RuleParams {
	/** A visit that nobody has begun so many hours after its end, or that was said to have failed. */
	readonly missed_visit: { readonly hours: number };
	/** Nobody has measured for so many days what was measured before. */
	readonly measurement_overdue: {
		readonly vitals: readonly VitalKind[];
		readonly days: number;
	};
	/** So many orange or red values of one kind within so many days. */
	readonly abnormal_values: { readonly count: number; readonly days: number };
	/** The approved plan runs out in so many days. */
	readonly plan_ends: { readonly days: number };
	/** So many days after the person came home from hospital. */
	readonly discharge: { readonly on_days: readonly number[] };
}
export type RuleKind = keyof RuleParams;

/** A rule's kind with what it is tuned by. */
export type RuleFacts = {
	[Kind in RuleKind]: { readonly kind: Kind; readonly params: RuleParams[Kind] };
}[RuleKind];

/** Of an organisation; only its supervisors write it. */
export interface TaskRuleRow extends SyncedRow {
	readonly org_id: string;
	readonly kind: RuleKind;
	/** Of its kind (factsOfRule). */
	readonly params: RuleParams[RuleKind];
	readonly active: boolean;
	/** Of the tasks that it makes. */
	readonly title: string;
	/** Who is asked; null: anyone of the circle's staff may take the task. */
	readonly for_role: Exclude<CircleRole, 'family'> | null;
	readonly priority: TaskRow['priority'];
	readonly due_hours: number | null;
	readonly reply_minutes: TaskRow['reply_minutes'];
	/** Set by the server. */
	readonly active_since_at: string | null;
}

export function factsOfRule({ kind, params }: Pick<TaskRuleRow, 'kind' | 'params'>): RuleFacts {
	// The server stores no rule whose parameters are not of its kind.
	return { kind, params } as RuleFacts;
}

/** Why a rule made a task: facts, said in words by whoever reads it. */
export type TaskBecause =
	| {
			readonly kind: 'missed_visit';
			readonly visit_id: string;
			readonly starts_at: string;
			readonly status: string;
			readonly worker_name: string | null;
	  }
	| {
			readonly kind: 'measurement_overdue';
			readonly vital: VitalKind;
			readonly last_at: string;
			readonly days: number;
	  }
	| {
			readonly kind: 'abnormal_values';
			readonly vital: VitalKind;
			readonly count: number;
			readonly days: number;
			readonly last_at: string;
			readonly value: number;
			readonly value2: number | null;
	  }
	| { readonly kind: 'plan_ends'; readonly valid_until: string; readonly days: number }
	| { readonly kind: 'discharge'; readonly discharged_on: string; readonly days: number };

/** Bounds of a whole number, both included, as the server checks them (private.check_task_rule). */
export const RULE_BOUNDS = {
	missed_visit: { hours: [1, 72] },
	measurement_overdue: { days: [1, 60] },
	abnormal_values: { count: [2, 20], days: [1, 30] },
	plan_ends: { days: [1, 90] },
	discharge: { on_days: [0, 90] }
} as const;
/** Days of follow-up that one rule can name. */
export const MOST_FOLLOW_UPS = 6;

/** How each kind starts out; our own proposal, but for the follow-up after discharge on days 2, 7 and 30. */
export const RULE_DEFAULTS: { readonly [Kind in RuleKind]: RuleParams[Kind] } = {
	missed_visit: { hours: 12 },
	measurement_overdue: { vitals: ['blood_pressure'], days: 7 },
	abnormal_values: { count: 3, days: 7 },
	plan_ends: { days: 30 },
	discharge: { on_days: [2, 7, 30] }
};
export const RULE_KINDS = [
	'missed_visit',
	'measurement_overdue',
	'abnormal_values',
	'plan_ends',
	'discharge'
] as const satisfies readonly RuleKind[];
