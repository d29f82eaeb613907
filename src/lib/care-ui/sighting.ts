/** Tells the author of a record that somebody has had it before their eyes. */
import type { Attachment } from 'svelte/attachments';
import { markOf } from '#lib/db/queries/sightings.ts';
import type { SeenTable, SyncedRow } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

/** What only flew past was not seen. */
const SETTLE_MS = 1000;

export type Seen = Pick<SyncedRow, 'id' | 'seq' | 'created_by'>;

/** Once a person and record: when the node has stood in sight for a second, on a screen that was lit. */
export function tellWhenSeen(ws: Workspace, table: SeenTable, subjectId: string): Attachment {
	return (node) => {
		let isInSight = false;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const settle = () => {
			clearTimeout(timer);
			if (!isInSight || document.visibilityState !== 'visible') return;
			timer = setTimeout(() => void tell(ws, table, subjectId), SETTLE_MS);
		};
		const observer = new IntersectionObserver((entries) => {
			isInSight = entries.at(-1)?.isIntersecting ?? false;
			settle();
		});
		observer.observe(node);
		document.addEventListener('visibilitychange', settle);
		return () => {
			clearTimeout(timer);
			observer.disconnect();
			document.removeEventListener('visibilitychange', settle);
		};
	};
}

/** What cannot be stored now (a full phone) is told another time: nobody's work depends on it. */
async function tell(ws: Workspace, table: SeenTable, subjectId: string): Promise<void> {
	try {
		const mark = await markOf(ws.db, table, subjectId, ws.me.userId);
		if (mark) await ws.commit('record.see', { row: { id: ws.newId(), ...mark } });
	} catch (failure) {
		console.warn('That a record was seen could not be kept', failure);
	}
}
