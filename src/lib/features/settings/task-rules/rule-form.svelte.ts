/** The state of writing a rule or tuning it; kept as a draft on this phone. */
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { CIRCLE_STAFF } from '#lib/domain/roles.ts';
import { REPLY_MINUTES } from '#lib/domain/task-replies.ts';
import {
	factsOfRule,
	MOST_FOLLOW_UPS,
	RULE_BOUNDS,
	RULE_DEFAULTS,
	type RuleFacts,
	type RuleKind,
	type TaskRuleRow
} from '#lib/domain/task-rules.ts';
import { cleanLine } from '#lib/domain/text.ts';
import { VITAL_KINDS } from '#lib/domain/vital-signs.ts';
import { proposedTitle } from './rule-words.ts';

export type RuleProblem = 'title' | 'hours' | 'days' | 'count' | 'vitals' | 'onDays';
/** What a rule says beside its id, organisation and whether it is on. */
export type RuleValues = RuleFacts &
	Pick<TaskRuleRow, 'title' | 'for_role' | 'priority' | 'due_hours' | 'reply_minutes'>;

interface RuleFields {
	title: string;
	hours: string;
	days: string;
	count: string;
	vitals: string[];
	/** Days, with anything between them: `2、7、30`. */
	onDays: string;
	/** Empty: anyone. */
	forRole: string;
	/** Hours; empty: none. */
	due: string;
	/** Minutes; empty: none. */
	reply: string;
	isUrgent: boolean;
}

/** Hours until which a task is to be done. */
export const DUE_HOURS = [4, 24, 72, 168, 336] as const;

export class RuleForm {
	readonly keeper: DraftKeeper;
	kind = $state<RuleKind>('missed_visit');
	fields = $state<RuleFields>(startOf('missed_visit'));

	readonly problems: readonly RuleProblem[] = $derived.by(() => {
		const found: RuleProblem[] = [];
		if (cleanLine(this.fields.title) === '') found.push('title');
		const { hours, days, count, vitals } = this.fields;
		const bounds: Readonly<Record<string, readonly [number, number] | undefined>> =
			RULE_BOUNDS[this.kind];
		if (!fits(hours, bounds['hours'])) found.push('hours');
		if (!fits(days, bounds['days'])) found.push('days');
		if (!fits(count, bounds['count'])) found.push('count');
		if (this.kind === 'measurement_overdue' && vitals.length === 0) found.push('vitals');
		if (this.kind === 'discharge' && this.#onDays === null) found.push('onDays');
		return found;
	});

	/** @param rule null: a new one */
	constructor(db: LocalDb, orgId: string, rule: TaskRuleRow | null) {
		this.keeper = new DraftKeeper(db, `task-rule:${rule?.id ?? orgId}`);
		if (rule) {
			this.kind = rule.kind;
			this.fields = fieldsOf(rule);
		}
	}

	async restore(): Promise<void> {
		const draft = await this.keeper.load();
		if (typeof draft !== 'object' || draft === null || !('kind' in draft) || !('fields' in draft))
			return;
		const { kind, fields } = draft;
		if (typeof fields !== 'object' || fields === null || !isKind(kind)) return;
		const before = startOf(kind);
		const known = Object.entries(fields).filter(
			([key, value]) =>
				Object.hasOwn(before, key) &&
				typeof value === typeof before[key as keyof RuleFields] && // one of them, as just asked
				Array.isArray(value) === (key === 'vitals')
		);
		this.kind = kind;
		this.fields = { ...before, ...Object.fromEntries(known) };
	}

	/** Of a new rule. What was worded already stays. */
	choose(kind: RuleKind): void {
		const { title, forRole, due, reply, isUrgent } = this.fields;
		const isWorded = title !== proposedTitle(this.kind);
		this.kind = kind;
		this.fields = {
			...startOf(kind),
			forRole,
			due,
			reply,
			isUrgent,
			...(isWorded ? { title } : {})
		};
		this.keep();
	}

	keep(): void {
		this.keeper.keep({ kind: this.kind, fields: $state.snapshot(this.fields) });
	}

	/** What it goes by, where that can be followed; null otherwise. */
	get facts(): RuleFacts | null {
		if (this.problems.some((problem) => problem !== 'title')) return null;
		const { hours, days, count, vitals } = this.fields;
		switch (this.kind) {
			case 'missed_visit':
				return { kind: this.kind, params: { hours: Number(hours) } };
			case 'measurement_overdue': {
				const chosen = VITAL_KINDS.filter((vital) => vitals.includes(vital));
				return { kind: this.kind, params: { vitals: chosen, days: Number(days) } };
			}
			case 'abnormal_values':
				return { kind: this.kind, params: { count: Number(count), days: Number(days) } };
			case 'plan_ends':
				return { kind: this.kind, params: { days: Number(days) } };
			case 'discharge':
				return { kind: this.kind, params: { on_days: this.#onDays ?? [] } };
		}
	}

	/** Null while something is missing. */
	get values(): RuleValues | null {
		const { facts, problems } = this;
		if (facts === null || problems.length > 0) return null;
		const { title, forRole, due, reply, isUrgent } = this.fields;
		return {
			...facts,
			title: cleanLine(title),
			for_role: CIRCLE_STAFF.find((role) => role === forRole) ?? null,
			priority: isUrgent ? 'high' : 'normal',
			due_hours: due === '' ? null : Number(due),
			reply_minutes: REPLY_MINUTES.find((minutes) => `${minutes}` === reply) ?? null
		};
	}

	/** Null when they cannot be read, or are too many. */
	get #onDays(): number[] | null {
		const words = this.fields.onDays.match(/\d+/g) ?? [];
		const days = [...new Set(words.map(Number))].sort((a, b) => a - b);
		const [least, most] = RULE_BOUNDS.discharge.on_days;
		const areRead =
			days.length > 0 &&
			days.length <= MOST_FOLLOW_UPS &&
			days.every((day) => day >= least && day <= most);
		return areRead ? days : null;
	}
}

function isKind(kind: unknown): kind is RuleKind {
	return typeof kind === 'string' && Object.hasOwn(RULE_DEFAULTS, kind);
}

/** A number that the kind has not is right whatever it says. */
function fits(typed: string, bounds: readonly [number, number] | undefined): boolean {
	if (!bounds) return true;
	const value = Number(typed);
	return /^\d+$/.test(typed) && value >= bounds[0] && value <= bounds[1];
}

const BLANK: RuleFields = {
	title: '',
	hours: '',
	days: '',
	count: '',
	vitals: [],
	onDays: '',
	forRole: '',
	due: '24',
	reply: '',
	isUrgent: false
};

function startOf(kind: RuleKind): RuleFields {
	const params = RULE_DEFAULTS[kind];
	return { ...BLANK, ...numbersOf(factsOfRule({ kind, params })), title: proposedTitle(kind) };
}

function fieldsOf(rule: TaskRuleRow): RuleFields {
	const { title, for_role, due_hours, reply_minutes, priority } = rule;
	return {
		...BLANK,
		...numbersOf(factsOfRule(rule)),
		title,
		forRole: for_role ?? '',
		due: `${due_hours ?? ''}`,
		reply: `${reply_minutes ?? ''}`,
		isUrgent: priority === 'high'
	};
}

function numbersOf({ kind, params }: RuleFacts): Partial<RuleFields> {
	switch (kind) {
		case 'missed_visit':
			return { hours: `${params.hours}` };
		case 'measurement_overdue':
			return { vitals: [...params.vitals], days: `${params.days}` };
		case 'abnormal_values':
			return { count: `${params.count}`, days: `${params.days}` };
		case 'plan_ends':
			return { days: `${params.days}` };
		case 'discharge':
			return { onDays: params.on_days.join('、') };
	}
}
