/** How much of a person's timeline is shown, of which kinds, and the loading of what lies before this phone's window. */
import { TIMELINE_KINDS, type TimelineKind } from '#lib/db/queries/case-timeline.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

const PAGE = 30;

export class TimelineState {
	/** None chosen = all. */
	chosen = $state.raw<ReadonlySet<TimelineKind>>(new Set());
	limit = $state(PAGE);
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
