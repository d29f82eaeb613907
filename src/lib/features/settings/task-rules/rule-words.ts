/** Rules that make tasks, in words. */
import { joinWords } from '#lib/care-ui/join-words.ts';
import { roleName, vitalName } from '#lib/care-ui/names.ts';
import { CIRCLE_STAFF } from '#lib/domain/roles.ts';
import { REPLY_MINUTES } from '#lib/domain/task-replies.ts';
import type { RuleFacts, RuleKind, TaskRuleRow } from '#lib/domain/task-rules.ts';
import { m } from '#lib/paraglide/messages.js';

const KINDS: Readonly<Record<RuleKind, () => string>> = {
	missed_visit: m.rules_kind_missed_visit,
	measurement_overdue: m.rules_kind_measurement_overdue,
	abnormal_values: m.rules_kind_abnormal_values,
	plan_ends: m.rules_kind_plan_ends,
	discharge: m.rules_kind_discharge
};
/** What the tasks of each kind are called until somebody words them. */
const TITLES: Readonly<Record<RuleKind, () => string>> = {
	missed_visit: m.rules_title_missed_visit,
	measurement_overdue: m.rules_title_measurement_overdue,
	abnormal_values: m.rules_title_abnormal_values,
	plan_ends: m.rules_title_plan_ends,
	discharge: m.rules_title_discharge
};

export const ruleKindName = (kind: RuleKind): string => KINDS[kind]();
export const proposedTitle = (kind: RuleKind): string => TITLES[kind]();

/** When it makes a task. */
export function ruleSentence({ kind, params }: RuleFacts): string {
	switch (kind) {
		case 'missed_visit':
			return m.rules_says_missed_visit({ hours: params.hours });
		case 'measurement_overdue':
			return m.rules_says_measurement_overdue({
				vitals: joinWords(params.vitals.map(vitalName)),
				days: params.days
			});
		case 'abnormal_values':
			return m.rules_says_abnormal_values({ days: params.days, count: params.count });
		case 'plan_ends':
			return m.rules_says_plan_ends({ days: params.days });
		case 'discharge':
			return m.rules_says_discharge({ days: joinWords(params.on_days.map(String)) });
	}
}

/** Who is asked, and until when it is to be done. */
export function ruleFor({ for_role, due_hours }: TaskRuleRow): string {
	return joinWords([
		for_role === null ? m.rules_for_anyone() : m.rules_for_role({ role: roleName(for_role) }),
		due_hours === null ? m.rules_no_due() : m.rules_due_within({ span: hoursWords(due_hours) })
	]);
}

/** Hours in whole days where they are. */
export function hoursWords(hours: number): string {
	return hours % 24 === 0 ? m.rules_days({ count: hours / 24 }) : m.rules_hours({ count: hours });
}

/** Who is asked; empty for anyone. */
export function roleOptions(): { readonly value: string; readonly label: string }[] {
	return [
		{ value: '', label: m.rules_for_anyone() },
		...CIRCLE_STAFF.map((value) => ({ value: `${value}`, label: roleName(value) }))
	];
}

/** Until when they answer, in minutes; empty for no time. */
export function replyOptions(): { readonly value: string; readonly label: string }[] {
	return [
		{ value: '', label: m.tasks_reply_none() },
		...REPLY_MINUTES.map((minutes) => ({
			value: `${minutes}`,
			label: minutes % 60 === 0 ? hoursWords(minutes / 60) : m.rules_minutes({ count: minutes })
		}))
	];
}
