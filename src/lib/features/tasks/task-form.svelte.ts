/** The fields of a task while they are typed; for a new task every change is kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { CaseMemberRow, TaskRow, TaskSeriesRow, TaskTemplateRow } from '#lib/domain/rows.ts';
import { addDays, instantAt, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { stepsOf, stepsProblem } from '#lib/domain/task-steps.ts';
import { cleanLine, cleanText } from '#lib/domain/text.ts';
import type { TaskContent } from './task-content.ts';
import { assigneeOf } from './assignees.ts';
import {
	readRepeat,
	RepeatForm,
	type RepeatFields,
	type Repetition
} from './repeat-form.svelte.ts';
import { replyMinutes } from './reply-words.ts';

/** As the database allows. */
export const LONGEST_TITLE = 200;
/** When the office closes, and what is due that day should be done. */
export const END_OF_DAY = '17:00';
/** Characters of an answer that a title proposes. */
const PROPOSED_TITLE = 60;

export class TaskForm {
	title = $state('');
	body = $state('');
	/** A step a line. */
	steps = $state('');
	/** Taipei wall clock `YYYY-MM-DDTHH:MM`; empty for none. */
	due = $state('');
	isHigh = $state(false);
	/** Empty: anyone. */
	assigneeId = $state('');
	/** Minutes as text, empty for no time; null until somebody chose. */
	chosenReply = $state<string | null>(null);
	/** What it was filled from; null: from nothing. */
	templateId = $state<string | null>(null);
	readonly repeat: RepeatForm;
	kept = $state<'nothing' | 'saving' | 'saved' | 'failed'>('nothing');

	readonly titleProblem: 'empty' | 'long' | null = $derived.by(() => {
		const length = cleanLine(this.title).length;
		if (length === 0) return 'empty';
		return length > LONGEST_TITLE ? 'long' : null;
	});

	readonly stepsProblem = $derived(stepsProblem(stepsOf(this.steps)));
	readonly repeatProblem = $derived.by(() => this.repeat.problem(this.due));
	readonly isWhole: boolean = $derived(
		this.titleProblem === null && this.stepsProblem === null && this.repeatProblem === null
	);

	/** An A-unit gives two hours; what is urgent has them without being asked. */
	readonly reply: string = $derived(this.chosenReply ?? (this.isHigh ? '120' : ''));

	/** Null: a form that edits what is there keeps no draft. */
	readonly #place: { readonly db: LocalDb; readonly key: string } | null;

	constructor(
		place: { readonly db: LocalDb; readonly key: string } | null,
		repeat: RepeatForm = new RepeatForm()
	) {
		this.#place = place;
		this.repeat = repeat;
	}

	static of(task: TaskRow): TaskForm {
		const form = new TaskForm(null);
		form.#says(task);
		form.due = task.due_at ? `${taipeiDay(task.due_at)}T${taipeiTime(task.due_at)}` : '';
		form.assigneeId = task.assignee_id ?? '';
		return form;
	}

	/** Its due time is the first of the series. */
	static ofSeries(series: TaskSeriesRow): TaskForm {
		const form = new TaskForm(null, RepeatForm.of(series));
		form.#says(series);
		form.due = `${series.starts_on}T${series.due_time}`;
		form.assigneeId = series.assignee_id ?? '';
		return form;
	}

	#says({
		title,
		body,
		steps,
		priority,
		reply_minutes
	}: Pick<TaskRow, 'title' | 'body' | 'steps' | 'priority' | 'reply_minutes'>): void {
		this.title = title;
		this.body = body ?? '';
		this.steps = steps.join('\n');
		this.isHigh = priority === 'high';
		this.chosenReply = `${reply_minutes ?? ''}`;
	}

	/**
	 * All that a template says takes the place of what stands here; whether it comes again is left as it is.
	 * @param today Taipei day
	 * @returns puts back what stood here
	 */
	useTemplate(
		template: TaskTemplateRow,
		members: readonly CaseMemberRow[],
		today: string
	): () => void {
		const before = this.#snapshot();
		this.#says(template);
		this.templateId = template.id;
		if (template.due_days !== null) this.due = `${addDays(today, template.due_days)}T${END_OF_DAY}`;
		// As the rules of the server choose: whoever has been in the circle longest.
		const [first] = members
			.filter(({ role }) => role === template.for_role)
			.sort((a, b) => (a.received_at ?? '').localeCompare(b.received_at ?? ''));
		this.assigneeId = first?.user_id ?? '';
		void this.keep();
		return () => {
			this.#fill(before);
			void this.keep();
		};
	}

	/** What an answer says becomes the task: its first line the title, all of it the text. */
	startFrom(answer: string): void {
		const [line = ''] = cleanText(answer).split('\n');
		this.title = [...line].slice(0, PROPOSED_TITLE).join('');
		this.body = answer;
	}

	async restore(): Promise<void> {
		if (!this.#place) return;
		const draft = readDraft(await loadDraft(this.#place.db, this.#place.key));
		if (draft === null) return;
		this.#fill(draft);
		this.kept = 'saved';
	}

	async keep(): Promise<void> {
		if (!this.#place) return;
		this.kept = 'saving';
		try {
			await saveDraft(this.#place.db, this.#place.key, this.#snapshot());
			this.kept = 'saved';
		} catch {
			// Said beside the save button; what was typed stays in the fields.
			this.kept = 'failed';
		}
	}

	#snapshot(): Draft {
		const { title, body, steps, due, isHigh, assigneeId, chosenReply, templateId } = this;
		const repeat = $state.snapshot(this.repeat.fields);
		return { title, body, steps, due, isHigh, assigneeId, chosenReply, templateId, repeat };
	}

	#fill({ repeat, ...fields }: Draft): void {
		Object.assign(this, fields);
		this.repeat.fields = { ...repeat };
	}

	async discard(): Promise<void> {
		if (this.#place) await dropDraft(this.#place.db, this.#place.key);
	}

	/** Null when it does not come again. */
	get repetition(): Repetition | null {
		return this.repeat.repetition(this.due);
	}

	content(members: readonly CaseMemberRow[]): TaskContent {
		const [day, time] = this.due.split('T');
		return {
			title: cleanLine(this.title),
			body: cleanText(this.body),
			steps: stepsOf(this.steps),
			dueAt: day && time ? instantAt(day, time) : null,
			priority: this.isHigh ? 'high' : 'normal',
			replyMinutes: this.assigneeId === '' ? null : replyMinutes(this.reply),
			assignee: assigneeOf(members, this.assigneeId)
		};
	}
}

interface Draft {
	readonly title: string;
	readonly body: string;
	readonly steps: string;
	readonly due: string;
	readonly isHigh: boolean;
	readonly assigneeId: string;
	readonly chosenReply: string | null;
	readonly templateId: string | null;
	readonly repeat: RepeatFields;
}

/** Null for no draft, or one whose shape this release does not know. */
function readDraft(value: unknown): Draft | null {
	if (typeof value !== 'object' || value === null) return null;
	const draft = value as Partial<Record<keyof Draft, unknown>>; // checked field by field below
	const text = (part: unknown) => (typeof part === 'string' ? part : '');
	return {
		title: text(draft.title),
		body: text(draft.body),
		steps: text(draft.steps),
		due: text(draft.due),
		isHigh: draft.isHigh === true,
		assigneeId: text(draft.assigneeId),
		chosenReply: typeof draft.chosenReply === 'string' ? draft.chosenReply : null,
		templateId: typeof draft.templateId === 'string' ? draft.templateId : null,
		repeat: readRepeat(draft.repeat)
	};
}
