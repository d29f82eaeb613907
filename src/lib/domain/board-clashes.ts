/** Which visits of the board something stands against; after a change only those are asked again that it can touch. */
import type { AbsenceSpan } from './absences.ts';
import { clashesOf, MINUTES_TO_ANOTHER_VILLAGE, takesTime, type ClashGround } from './clashes.ts';
import { groupBy } from './group-by.ts';
import type { VisitRow } from './rows.ts';
import { isPlanned } from './visit-change.ts';

export interface BoardClashes<Absence extends AbsenceSpan> {
	/** Of the visits that are still to be made, those that something stands against. */
	readonly ids: ReadonlySet<string>;
	/** What they were found on. */
	readonly ground: ClashGround<VisitRow, Absence>;
}

/**
 * @param before what was found last; visits that are the same objects as there count as unchanged
 */
export function boardClashes<Absence extends AbsenceSpan>(
	ground: ClashGround<VisitRow, Absence>,
	before: BoardClashes<Absence> | null = null
): BoardClashes<Absence> {
	const touched = before && touchedBy(before.ground, ground);
	if (before && touched?.size === 0) return { ids: before.ids, ground };
	const isTouched = ({ worker_id, case_id }: VisitRow) =>
		!touched || touched.has(case_id) || (worker_id !== null && touched.has(worker_id));
	const taking = ground.visits.filter(takesTime);
	const ofWorker = groupBy(taking, ({ worker_id }) => worker_id);
	const ofCase = groupBy(taking, ({ case_id }) => case_id);
	const awayOf = groupBy(ground.absences, ({ user_id }) => user_id);
	const ids = new Set<string>();
	for (const visit of ground.visits) {
		if (!isTouched(visit)) {
			if (before?.ids.has(visit.id)) ids.add(visit.id);
			continue;
		}
		if (!isPlanned(visit)) continue;
		const { worker_id, case_id } = visit;
		const near = {
			visits: [
				...(worker_id === null ? [] : nearby(visit, ofWorker.get(worker_id) ?? [])),
				...nearby(visit, ofCase.get(case_id) ?? [])
			],
			absences: worker_id === null ? [] : (awayOf.get(worker_id) ?? []),
			villages: ground.villages
		};
		if (clashesOf(visit, near).length > 0) ids.add(visit.id);
	}
	return { ids, ground };
}

/**
 * Ids of the workers and of the people whose visits are not judged as they were, because one of theirs was changed, came or went, or
 * they are away otherwise. Null: all of them. Whoever shares a visit's worker or person with a changed one is named by it.
 */
function touchedBy<Absence extends AbsenceSpan>(
	before: ClashGround<VisitRow, Absence>,
	after: ClashGround<VisitRow, Absence>
): ReadonlySet<string> | null {
	if (before.villages !== after.villages) return null;
	const touched = new Set<string>();
	const touch = ({ worker_id, case_id }: VisitRow) => {
		touched.add(case_id);
		if (worker_id !== null) touched.add(worker_id);
	};
	if (before.visits !== after.visits) {
		const known = new Map(before.visits.map((visit) => [visit.id, visit]));
		for (const visit of after.visits) {
			const old = known.get(visit.id);
			known.delete(visit.id);
			if (old === visit) continue;
			touch(visit);
			if (old) touch(old);
		}
		for (const gone of known.values()) touch(gone);
	}
	if (before.absences !== after.absences)
		for (const { user_id } of [...before.absences, ...after.absences]) touched.add(user_id);
	return touched;
}

/** Instants are compared as text: reading each of them again for each pair would take longer than all the rest. */
function nearby(visit: VisitRow, others: readonly VisitRow[]): VisitRow[] {
	const marginMs = (MINUTES_TO_ANOTHER_VILLAGE + 1) * 60_000;
	const from = new Date(Date.parse(visit.starts_at) - marginMs).toISOString();
	const until = new Date(Date.parse(visit.ends_at) + marginMs).toISOString();
	return others.filter(
		({ id, starts_at, ends_at }) => id !== visit.id && starts_at < until && ends_at > from
	);
}
