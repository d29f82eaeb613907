/** What the dashboard shows: today's visits, open emergencies and tasks, of one person's circle or of a whole organisation. */
import { compareSeverity } from '#lib/domain/severity.ts';
import type { CaseRow, EmergencyRow, RowRef, TaskRow, VisitRow } from '#lib/domain/rows.ts';
import { compareInstants } from '#lib/domain/row-order.ts';
import { addDays, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { isKept, LIVE_TASK, OPEN_EMERGENCY, visitsOfDay } from './kept.ts';

export interface Dashboard {
	/** Worst first; of one severity those first that nobody has acknowledged, then the newest. */
	readonly emergencies: readonly EmergencyRow[];
	/** Of today, in order of time; cancelled ones left out. */
	readonly visits: readonly VisitRow[];
	readonly tomorrowVisits: readonly VisitRow[];
	/** Not finished, by due time; those without one last. */
	readonly tasks: readonly TaskRow[];
	/** Everybody on this phone. */
	readonly people: ReadonlyMap<string, CaseRow>;
}

export interface DashboardQuery {
	readonly userId: string;
	/** Taipei day. */
	readonly today: string;
	/** `own`: visits and tasks that are this person's; `circle`: all that this phone holds. */
	readonly visits: 'own' | 'circle';
	readonly tasks: 'own' | 'circle';
}

/** Unassigned tasks count as own: anybody of the staff may take them. */
export async function dashboard(db: LocalDb, query: DashboardQuery): Promise<Dashboard> {
	const [emergencies, today, tomorrow, tasks, people] = await Promise.all([
		openEmergencies(db),
		visitsOfDay(db, query.today),
		visitsOfDay(db, addDays(query.today, 1)),
		liveTasks(db),
		// All at once: hundreds of single reads take longer.
		db.cases.toArray()
	]);
	const isShownVisit = (visit: VisitRow): boolean =>
		visit.status !== 'cancelled' && (query.visits === 'circle' || visit.worker_id === query.userId);
	const isShownTask = (task: TaskRow): boolean =>
		query.tasks === 'circle' || task.assignee_id === null || task.assignee_id === query.userId;
	const shown = {
		emergencies,
		visits: today.filter(isShownVisit),
		tomorrowVisits: tomorrow.filter(isShownVisit),
		tasks: tasks.filter(isShownTask)
	};
	return { ...shown, people: new Map(people.map((person) => [person.id, person])) };
}

/** Care recipients in service, of these organisations. */
export async function activeCaseCount(db: LocalDb, orgIds: readonly string[]): Promise<number> {
	const active = await db.cases.where('status').equals('active').toArray();
	return active.filter((person) => isKept(person) && orgIds.includes(person.org_id)).length;
}

export interface OpenDraft {
	readonly key: string;
	/** ISO instant. */
	readonly savedAt: string;
	/** Of the care recipient whom it is about; null when it is about nobody yet. */
	readonly personName: string | null;
}

/**
 * Newest first; what somebody began and has not sent.
 * @param aboutOf the row that a draft is about, by its key
 */
export async function openDrafts(
	db: LocalDb,
	aboutOf: (key: string) => RowRef | null
): Promise<OpenDraft[]> {
	const drafts = await db.drafts.toArray();
	const named = await Promise.all(
		drafts.map(async ({ key, savedAt }) => {
			const about = aboutOf(key);
			return { key, savedAt, personName: about && (await personName(db, about)) };
		})
	);
	return named.sort((a, b) => b.savedAt.localeCompare(a.savedAt));
}

async function personName(db: LocalDb, { table, id }: RowRef): Promise<string | null> {
	const row = await db.anyRows(table).get(id);
	const caseId = row && 'case_id' in row ? row.case_id : id;
	const person = caseId === null ? undefined : await db.cases.get(caseId);
	return person?.name ?? null;
}

async function openEmergencies(db: LocalDb): Promise<EmergencyRow[]> {
	const rows = await whereAny(db.emergencies, 'status', OPEN_EMERGENCY);
	return rows
		.filter(isKept)
		.sort(
			(a, b) =>
				compareSeverity(b.severity, a.severity) ||
				Number(b.status === 'open') - Number(a.status === 'open') ||
				b.occurred_at.localeCompare(a.occurred_at)
		);
}

async function liveTasks(db: LocalDb): Promise<TaskRow[]> {
	const rows = await whereAny(db.tasks, 'status', LIVE_TASK);
	return rows
		.filter(isKept)
		.sort((a, b) => compareInstants(a.due_at, b.due_at) || a.id.localeCompare(b.id));
}

/** Whether anything was begun on this phone and not sent. */
export async function hasDrafts(db: LocalDb): Promise<boolean> {
	return (await db.drafts.count()) > 0;
}

/** Whether this person was ever asked to make a visit in somebody's stead. */
export async function hasOffers(db: LocalDb): Promise<boolean> {
	return (await db.offered_visits.count()) > 0;
}

/** Whether a supervisor has asked anybody on this phone for a correction: only then is it worth looking whom. */
export async function hasReturned(db: LocalDb): Promise<boolean> {
	return (await db.record_reviews.where('verdict').equals('returned').count()) > 0;
}

/**
 * Whether a visit of mine of these two days was begun, or should have been: only then is it worth looking what is wrong with which.
 * @param now instant
 */
export async function hasToWatch(db: LocalDb, userId: string, now: string): Promise<boolean> {
	const from = startOfDay(addDays(taipeiDay(now), -1));
	const visits = await db.visits
		.where('[worker_id+starts_at]')
		.between([userId, from], [userId, now])
		.toArray();
	return visits.some(({ status }) => status !== 'cancelled');
}
