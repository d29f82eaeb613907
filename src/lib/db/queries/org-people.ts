/** Who works for the organisations that somebody supervises, and what would be left without anybody when one of them leaves. */
import { compareNames } from '#lib/domain/name-order.ts';
import type { MembershipRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { isCurrent, isKept, LIVE_TASK } from './kept.ts';

export interface OrgPeople {
	readonly orgId: string;
	readonly orgName: string;
	/** By name. */
	readonly current: readonly MembershipRow[];
	/** Who left last comes first. */
	readonly former: readonly MembershipRow[];
}

/** Organisations in the order given; one that this phone does not have yet has nobody. */
export async function orgPeople(
	db: LocalDb,
	orgs: readonly { readonly orgId: string; readonly orgName: string }[]
): Promise<OrgPeople[]> {
	const rows = await whereAny(
		db.memberships,
		'org_id',
		orgs.map(({ orgId }) => orgId)
	);
	return orgs.map(({ orgId, orgName }) => {
		const own = rows.filter((row) => row.org_id === orgId && isKept(row));
		const current = own.filter(isCurrent);
		const former = own.filter((row) => row.ended_at !== null && !worksAgain(row, current));
		return {
			orgId,
			orgName,
			current: current.sort((a, b) => compareNames(a.display_name, b.display_name)),
			former: former.sort((a, b) => (b.ended_at ?? '').localeCompare(a.ended_at ?? ''))
		};
	});
}

function worksAgain(former: MembershipRow, current: readonly MembershipRow[]): boolean {
	return current.some(({ user_id }) => user_id === former.user_id);
}

export interface WorkLeft {
	/** Visits from now on that this person was to make. */
	readonly visits: number;
	/** Tasks that are theirs and not finished. */
	readonly tasks: number;
}

/** @param now ISO instant */
export async function workLeft(db: LocalDb, userId: string, now: string): Promise<WorkLeft> {
	const [visits, tasks] = await Promise.all([
		db.visits.where('[worker_id+starts_at]').between([userId, now], [userId, '\uffff']).toArray(),
		whereAny(
			db.tasks,
			'[assignee_id+status]',
			LIVE_TASK.map((status) => [userId, status])
		)
	]);
	return {
		visits: visits.filter((visit) => isKept(visit) && visit.status === 'planned').length,
		tasks: tasks.filter(isKept).length
	};
}
