/** Tasks that come again, as this phone holds them. */
import { caseRole } from '#lib/domain/case-role.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import type { CaseMemberRow, CaseRole, CaseRow, TaskRow, TaskSeriesRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { membersOf } from './cases.ts';
import { isCurrent, isKept } from './kept.ts';
import type { Viewer } from './tasks.ts';

export interface ListedSeries {
	/** The series'. */
	readonly id: string;
	readonly series: TaskSeriesRow;
	readonly caseName: string;
}

/** Those that come again first, then by person and title. @param caseId empty: of everybody */
export async function seriesList(db: LocalDb, caseId: string): Promise<readonly ListedSeries[]> {
	const [all, people] = await Promise.all([db.task_series.toArray(), db.cases.toArray()]);
	const nameOf = new Map(people.filter(isKept).map(({ id, name }) => [id, name]));
	return all
		.flatMap((series): ListedSeries[] => {
			const caseName = nameOf.get(series.case_id);
			const isWanted = caseId === '' || series.case_id === caseId;
			return isKept(series) && isWanted && caseName !== undefined
				? [{ id: series.id, series, caseName }]
				: [];
		})
		.sort(
			(a, b) =>
				Number(b.series.active) - Number(a.series.active) ||
				compareNames(a.caseName, b.caseName) ||
				compareNames(a.series.title, b.series.title)
		);
}

export interface SeriesPage {
	readonly series: TaskSeriesRow;
	readonly person: CaseRow | null;
	/** Who is in the circle now. */
	readonly members: readonly CaseMemberRow[];
	/** Null when the viewer has no part in this circle. */
	readonly role: CaseRole | null;
	/** Its tasks on this phone, the newest first. */
	readonly made: readonly TaskRow[];
}

/** Null when this phone has no such series. */
export async function seriesPage(
	db: LocalDb,
	me: Viewer,
	seriesId: string
): Promise<SeriesPage | null> {
	const series = await db.task_series.get(seriesId);
	if (!series || !isKept(series)) return null;
	const { case_id } = series;
	const [person, members, tasks] = await Promise.all([
		db.cases.get(case_id),
		membersOf(db, case_id),
		db.tasks.where('[case_id+status]').between([case_id, ''], [case_id, '\uffff']).toArray()
	]);
	const kept = person && isKept(person) ? person : null;
	return {
		series,
		person: kept,
		members: members.filter(isCurrent),
		role: kept && caseRole(me, kept.org_id, members),
		made: tasks
			.filter((task) => task.source_id === seriesId && isKept(task))
			.sort((a, b) => (b.due_at ?? '').localeCompare(a.due_at ?? '') || compareRecorded(b, a))
	};
}
