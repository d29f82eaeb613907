/** The fields of a task while they are typed; for a new task every change is kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { CaseMemberRow, TaskRow } from '#lib/domain/rows.ts';
import { instantAt, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { stepsOf, stepsProblem } from '#lib/domain/task-steps.ts';
import { cleanLine, cleanText } from '#lib/domain/text.ts';
import type { TaskContent } from './task-content.ts';
import { assigneeOf } from './assignees.ts';
import { replyMinutes } from './reply-words.ts';

/** As the database allows. */
export const LONGEST_TITLE = 200;
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
	kept = $state<'nothing' | 'saving' | 'saved' | 'failed'>('nothing');

	readonly titleProblem: 'empty' | 'long' | null = $derived.by(() => {
		const length = cleanLine(this.title).length;
		if (length === 0) return 'empty';
		return length > LONGEST_TITLE ? 'long' : null;
	});

	readonly stepsProblem = $derived(stepsProblem(stepsOf(this.steps)));
	readonly isWhole: boolean = $derived(this.titleProblem === null && this.stepsProblem === null);

	/** An A-unit gives two hours; what is urgent has them without being asked. */
	readonly reply: string = $derived(this.chosenReply ?? (this.isHigh ? '120' : ''));

	/** Null: a form that edits what is there keeps no draft. */
	readonly #place: { readonly db: LocalDb; readonly key: string } | null;

	constructor(place: { readonly db: LocalDb; readonly key: string } | null) {
		this.#place = place;
	}

	static of(task: TaskRow): TaskForm {
		const form = new TaskForm(null);
		form.title = task.title;
		form.body = task.body ?? '';
		form.steps = task.steps.join('\n');
		form.due = task.due_at ? `${taipeiDay(task.due_at)}T${taipeiTime(task.due_at)}` : '';
		form.isHigh = task.priority === 'high';
		form.assigneeId = task.assignee_id ?? '';
		form.chosenReply = `${task.reply_minutes ?? ''}`;
		return form;
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
		Object.assign(this, draft);
		this.kept = 'saved';
	}

	async keep(): Promise<void> {
		if (!this.#place) return;
		this.kept = 'saving';
		const { title, body, steps, due, isHigh, assigneeId, chosenReply } = this;
		try {
			const draft: Draft = { title, body, steps, due, isHigh, assigneeId, chosenReply };
			await saveDraft(this.#place.db, this.#place.key, draft);
			this.kept = 'saved';
		} catch {
			// Said beside the save button; what was typed stays in the fields.
			this.kept = 'failed';
		}
	}

	async discard(): Promise<void> {
		if (this.#place) await dropDraft(this.#place.db, this.#place.key);
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
		chosenReply: typeof draft.chosenReply === 'string' ? draft.chosenReply : null
	};
}
