/** How much of a person's timeline is shown, of which kinds, and the loading of what lies before this phone's window. */
import { TIMELINE_KINDS, type TimelineKind } from '#lib/db/queries/case-timeline.ts';
import { usesZhuyin, type NameSpeller } from './case-search.ts';
import { loadNameSpeller } from './name-speller.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import type { TimelineIndex } from './timeline-index.ts';

const PAGE = 30;

export class TimelineState {
	/** None chosen = all. */
	chosen = $state.raw<ReadonlySet<TimelineKind>>(new Set());
	limit = $state(PAGE);
	/** What is searched for; '' shows all. */
	text = $state('');
	/** Instant at which the search began: the index is not made anew with each minute. */
	searchedAt = '';
	/** Makes the index; null until somebody has searched, `failed` when it could not be loaded. */
	indexMaker = $state.raw<typeof TimelineIndex | 'failed' | null>(null);
	/** Null until somebody has typed Zhuyin. */
	spell = $state.raw<NameSpeller | null>(null);
	/** end: the server has nothing older. */
	older = $state<'unknown' | 'loading' | 'failed' | 'end'>('unknown');

	readonly #ws: Workspace;
	readonly #caseId: string;
	readonly kinds: readonly TimelineKind[] = $derived(
		TIMELINE_KINDS.filter((kind) => this.chosen.size === 0 || this.chosen.has(kind))
	);

	constructor(ws: Workspace, caseId: string) {
		this.#ws = ws;
		this.#caseId = caseId;
	}

	toggle(kind: TimelineKind): void {
		const chosen = new Set(this.chosen);
		if (!chosen.delete(kind)) chosen.add(kind);
		this.chosen = chosen;
	}

	search(text: string): void {
		if (this.text.trim() === '') this.searchedAt = this.#ws.now();
		this.text = text;
		this.limit = PAGE;
		if (text.trim() === '') return;
		if (typeof this.indexMaker !== 'function') void this.#loadIndex();
		if (this.spell === null && usesZhuyin(text)) {
			void loadNameSpeller().then((spell) => {
				this.spell = spell;
			});
		}
	}

	async #loadIndex(): Promise<void> {
		try {
			this.indexMaker = (await import('./timeline-index.ts')).TimelineIndex;
		} catch {
			// The app's files could not be reached; the search says so and tries again with the next letter.
			this.indexMaker = 'failed';
		}
	}

	showMore(): void {
		this.limit += PAGE;
	}

	/** @param before instant of the oldest thing on this phone */
	async loadOlder(before: string): Promise<void> {
		this.older = 'loading';
		try {
			const { more } = await this.#ws.loadHistory(this.#caseId, before);
			this.older = more ? 'unknown' : 'end';
			this.limit += PAGE;
		} catch {
			// No network, or the server is not well: the button stays, and says so.
			this.older = 'failed';
		}
	}
}
