/** The state of writing a template of tasks; kept as a draft on this phone. */
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { CIRCLE_STAFF } from '#lib/domain/roles.ts';
import { REPLY_MINUTES } from '#lib/domain/task-replies.ts';
import { stepsOf, stepsProblem } from '#lib/domain/task-steps.ts';
import {
	LONGEST_TEMPLATE_TITLE,
	MOST_DUE_DAYS,
	type TaskTemplateRow
} from '#lib/domain/task-templates.ts';
import { cleanLine, cleanText } from '#lib/domain/text.ts';

export type TemplateProblem = 'title' | 'title_long' | 'steps_many' | 'steps_long' | 'due';
/** What a template says beside its id, organisation and whether it is in use. */
export type TemplateValues = Pick<
	TaskTemplateRow,
	'title' | 'body' | 'steps' | 'for_role' | 'priority' | 'due_days' | 'reply_minutes'
>;

interface TemplateFields {
	title: string;
	body: string;
	/** A step a line. */
	steps: string;
	/** Empty: anyone. */
	forRole: string;
	/** Days; empty: no time. */
	due: string;
	/** Minutes; empty: none. */
	reply: string;
	isUrgent: boolean;
}

const BLANK: TemplateFields = {
	title: '',
	body: '',
	steps: '',
	forRole: '',
	due: '',
	reply: '',
	isUrgent: false
};

export class TemplateForm {
	readonly keeper: DraftKeeper;
	fields = $state<TemplateFields>({ ...BLANK });

	readonly problems: readonly TemplateProblem[] = $derived.by(() => {
		const found: TemplateProblem[] = [];
		const { title, steps, due } = this.fields;
		const length = cleanLine(title).length;
		if (length === 0) found.push('title');
		if (length > LONGEST_TEMPLATE_TITLE) found.push('title_long');
		const ofSteps = stepsProblem(stepsOf(steps));
		if (ofSteps !== null) found.push(`steps_${ofSteps}`);
		if (due !== '' && !(/^\d{1,3}$/.test(due) && Number(due) <= MOST_DUE_DAYS)) found.push('due');
		return found;
	});

	/** @param template null: a new one */
	constructor(db: LocalDb, orgId: string, template: TaskTemplateRow | null) {
		this.keeper = new DraftKeeper(db, `task-template:${template?.id ?? orgId}`);
		if (template) this.fields = fieldsOf(template);
	}

	async restore(): Promise<void> {
		const draft = await this.keeper.load();
		if (typeof draft !== 'object' || draft === null) return;
		const known = Object.entries(draft).filter(
			([key, value]) => Object.hasOwn(BLANK, key) && typeof value === typeof Reflect.get(BLANK, key)
		);
		this.fields = { ...this.fields, ...Object.fromEntries(known) };
	}

	keep(): void {
		this.keeper.keep($state.snapshot(this.fields));
	}

	/** Null while something is missing. */
	get values(): TemplateValues | null {
		if (this.problems.length > 0) return null;
		const { title, body, steps, forRole, due, reply, isUrgent } = this.fields;
		return {
			title: cleanLine(title),
			body: cleanText(body) || null,
			steps: stepsOf(steps),
			for_role: CIRCLE_STAFF.find((role) => role === forRole) ?? null,
			priority: isUrgent ? 'high' : 'normal',
			due_days: due === '' ? null : Number(due),
			reply_minutes: REPLY_MINUTES.find((minutes) => `${minutes}` === reply) ?? null
		};
	}
}

function fieldsOf(template: TaskTemplateRow): TemplateFields {
	return {
		title: template.title,
		body: template.body ?? '',
		steps: template.steps.join('\n'),
		forRole: template.for_role ?? '',
		due: `${template.due_days ?? ''}`,
		reply: `${template.reply_minutes ?? ''}`,
		isUrgent: template.priority === 'high'
	};
}
