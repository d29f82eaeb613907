/** The visits that somebody may have to look at now, with what is needed to act: who it is about, whom to call, what was said. */
import type { VisitRemarkRow } from '#lib/domain/arrival-rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { CaseRow, VisitRow } from '#lib/domain/rows.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import { isCurrent, isKept } from './kept.ts';

export interface WatchGround {
	readonly visits: readonly VisitRow[];
	/** By visit. */
	readonly remarks: ReadonlyMap<string, readonly VisitRemarkRow[]>;
	readonly people: ReadonlyMap<string, CaseRow>;
	/** By worker; who has none is not in it. */
	readonly phones: ReadonlyMap<string, string>;
	/** This phone's clock minus the server's, milliseconds. */
	readonly offsetMs: number;
}

/**
 * Visits of today and yesterday: what was not begun or not ended last night must not be gone in the morning.
 * @param today Taipei day
 * @param workerId whose visits; null for all that this phone holds
 */
export async function watchGround(
	db: LocalDb,
	{ today, workerId }: { readonly today: string; readonly workerId: string | null }
): Promise<WatchGround> {
	const visits = (await recentVisits(db, today, workerId)).filter(isKept);
	const ids = visits.map(({ id }) => id);
	const workerIds = [...new Set(visits.flatMap(({ worker_id }) => worker_id ?? []))];
	const [remarks, people, memberships, members, client] = await Promise.all([
		whereAny(db.visit_remarks, 'visit_id', ids),
		db.cases.bulkGet([...new Set(visits.map(({ case_id }) => case_id))]),
		whereAny(db.memberships, 'user_id', workerIds),
		whereAny(db.case_members, 'user_id', workerIds),
		db.meta.get('client')
	]);
	const numbers = [...members, ...memberships].filter(isCurrent);
	return {
		visits,
		remarks: groupBy(remarks.filter(isKept), ({ visit_id }) => visit_id),
		people: new Map(people.flatMap((person) => (person ? [[person.id, person]] : []))),
		phones: new Map(numbers.flatMap(({ user_id, phone }) => (phone ? [[user_id, phone]] : []))),
		offsetMs: (client?.key === 'client' && client.clockOffsetMs) || 0
	};
}

function recentVisits(db: LocalDb, today: string, workerId: string | null): Promise<VisitRow[]> {
	const [from, until] = [startOfDay(addDays(today, -1)), startOfDay(addDays(today, 1))];
	return workerId === null
		? db.visits.where('starts_at').between(from, until).toArray()
		: db.visits
				.where('[worker_id+starts_at]')
				.between([workerId, from], [workerId, until])
				.toArray();
}
