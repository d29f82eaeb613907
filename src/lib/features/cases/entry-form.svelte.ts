/** A form in a sheet for one entry of a person's page: its draft is kept while it is typed, and goes when it is stored or ended. */
import { actWithUndo } from '#lib/care-ui/act-with-undo.ts';
import { storageWords } from '#lib/care-ui/storage-words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Workspace } from '#lib/sync/workspace.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';
import { mergeDraft } from './merge-draft.ts';

export class EntryForm<Typed extends object> {
	typed: Typed;
	isOpen = $state(true);
	isSaving = $state(false);
	/** Why this phone could not store it, in plain words. */
	problem = $state<string | null>(null);
	readonly keeper: DraftKeeper;
	readonly #ws: Workspace;

	constructor(ws: Workspace, draftKey: string, typed: Typed) {
		this.typed = $state.raw(typed);
		this.#ws = ws;
		this.keeper = new DraftKeeper(ws.db, draftKey);
	}

	/** What was half typed before. */
	async takeUpDraft(): Promise<void> {
		this.typed = mergeDraft(this.typed, await this.keeper.load());
	}

	change(part: Partial<Typed>): void {
		this.typed = { ...this.typed, ...part };
		this.keeper.keep($state.snapshot(this.typed));
	}

	async save(store: () => Promise<void>): Promise<void> {
		this.isSaving = true;
		try {
			await store();
			await this.keeper.drop();
			toasts.show({ text: m.common_saved_on_phone(), tone: 'success' });
			this.isOpen = false;
		} catch (failure) {
			this.problem = storageWords(failure);
		} finally {
			this.isSaving = false;
		}
	}

	/** Takes the entry off its list. @param act and `done`: see actWithUndo */
	async end(act: () => Promise<readonly string[]>, done: string): Promise<void> {
		if (!(await actWithUndo(this.#ws, act, done))) return;
		await this.keeper.drop();
		this.isOpen = false;
	}
}
