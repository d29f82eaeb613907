/** What the task board, a task's page and the form for a new task show, read from this phone. */
import { compareNames } from '#lib/domain/name-order.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import type {
	CaseMemberRow,
	CaseRole,
	CaseRow,
	TaskCheckRow,
	TaskCommentRow,
	TaskRow,
	TaskStatus
} from '#lib/domain/rows.ts';
import { stepProgress, type StepProgress } from '#lib/domain/task-steps.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { membersOf } from './cases.ts';
import { isCurrent, isKept, LIVE_TASK } from './kept.ts';

const ENDED_TASK: readonly TaskStatus[] = ['done', 'declined'];

/** Who looks, as `Workspace.me` says it. */
export interface Viewer {
	readonly userId: string;
	readonly memberships: readonly { readonly orgId: string; readonly role: string }[];
}

export interface BoardTask {
	/** The task's. */
	readonly id: string;
	readonly task: TaskRow;
	readonly caseName: string;
	/** The viewer's towards this care recipient. */
	readonly role: CaseRole;
	/** Null: no steps. */
	readonly progress: StepProgress | null;
}

/**
 * Every task that this person sees: all live ones, and those that ended at or after `endedSince` (ISO instant).
 * Live ones by urgency, then ended ones newest first.
 */
export async function boardTasks(
	db: LocalDb,
	me: Viewer,
	endedSince: string
): Promise<readonly BoardTask[]> {
	const [live, ended, people, memberships] = await Promise.all([
		whereAny(db.tasks, 'status', LIVE_TASK),
		whereAny(db.tasks, 'status', ENDED_TASK),
		db.cases.toArray(),
		db.case_members.where('user_id').equals(me.userId).toArray()
	]);
	const checks = groupBy(await checksOf(db, [...live, ...ended]), ({ task_id }) => task_id);
	const personById = new Map(people.filter(isKept).map((person) => [person.id, person]));
	const toBoard = (task: TaskRow): BoardTask[] => {
		const person = personById.get(task.case_id);
		if (!person || !isKept(task)) return [];
		const own = memberships.filter((member) => member.case_id === task.case_id && isKept(member));
		const role = caseRole(me, person.org_id, own);
		if (role === null || !isInSight(task, me.userId, role)) return [];
		const progress = stepProgress(task.steps, checks.get(task.id) ?? []);
		return [{ id: task.id, task, caseName: person.name, role, progress }];
	};
	return [
		...live.flatMap(toBoard).sort((a, b) => compareUrgency(a.task, b.task)),
		...ended
			.filter((task) => endedAt(task) >= endedSince)
			.flatMap(toBoard)
			.sort((a, b) => endedAt(b.task).localeCompare(endedAt(a.task)))
	];
}

async function checksOf(db: LocalDb, tasks: readonly TaskRow[]): Promise<TaskCheckRow[]> {
	const ids = tasks.filter(({ steps }) => steps.length > 0).map(({ id }) => id);
	return await whereAny(db.task_checks, 'task_id', ids);
}

/** The family only sees what the circle may see and what was given to them; they are not to be burdened with the rest. */
function isInSight(task: TaskRow, userId: string, role: CaseRole): boolean {
	return role !== 'family' || (task.audience === 'circle' && task.assignee_id === userId);
}

/** Earliest due first, those without a due time last; at the same time high priority first, then the older one. */
export function compareUrgency(a: TaskRow, b: TaskRow): number {
	return (
		(a.due_at ?? '\uffff').localeCompare(b.due_at ?? '\uffff') ||
		Number(b.priority === 'high') - Number(a.priority === 'high') ||
		compareRecorded(a, b)
	);
}

/**
 * ISO instant; a task that was declined on this phone and not yet sent still has 'infinity', which sorts after every instant:
 * what just happened stands first.
 */
function endedAt(task: Pick<TaskRow, 'finished_at' | 'relevant_at'>): string {
	return task.finished_at ?? task.relevant_at;
}

export interface TaskPage {
	readonly task: TaskRow;
	readonly person: CaseRow | null;
	/** Who is in the circle now. */
	readonly members: readonly CaseMemberRow[];
	/** Null when the viewer has no part in this circle. */
	readonly role: CaseRole | null;
	/** In the order in which they were written. */
	readonly comments: readonly TaskCommentRow[];
	/** Of its steps, in no order. */
	readonly checks: readonly TaskCheckRow[];
}

/** Null when this phone has no such task, or when it is not for this person. */
export async function taskPage(db: LocalDb, me: Viewer, taskId: string): Promise<TaskPage | null> {
	const task = await db.tasks.get(taskId);
	if (!task || !isKept(task)) return null;
	const [circle, comments, checks] = await Promise.all([
		taskCircle(db, me, task.case_id, null),
		db.task_comments
			.where('[task_id+recorded_at]')
			.between([taskId, ''], [taskId, '\uffff'])
			.toArray(),
		checksOf(db, [task])
	]);
	if (circle.role !== null && !isInSight(task, me.userId, circle.role)) return null;
	return { task, ...circle, comments: comments.filter(isKept), checks };
}

export interface TaskCircle {
	readonly person: CaseRow | null;
	readonly members: readonly CaseMemberRow[];
	readonly role: CaseRole | null;
	/** What was answered last to the question that it comes from; null for none. */
	readonly answer: string | null;
}

/** To whom a task about this person can be given. */
export async function taskCircle(
	db: LocalDb,
	me: Viewer,
	caseId: string,
	questionId: string | null
): Promise<TaskCircle> {
	const [person, members, answers] = await Promise.all([
		db.cases.get(caseId),
		membersOf(db, caseId),
		questionId === null ? [] : db.question_answers.where('question_id').equals(questionId).toArray()
	]);
	const kept = person && isKept(person) ? person : null;
	return {
		person: kept,
		members: members.filter(isCurrent),
		role: kept && caseRole(me, kept.org_id, members),
		answer: answers.sort(compareRecorded).at(-1)?.body ?? null
	};
}

/** Care recipients for whom this person may make tasks, by name. */
export async function peopleForTasks(db: LocalDb, me: Viewer): Promise<readonly CaseRow[]> {
	const [people, memberships] = await Promise.all([
		db.cases.where('status').notEqual('closed').toArray(),
		db.case_members.where('user_id').equals(me.userId).toArray()
	]);
	return people
		.filter((person) => {
			const own = memberships.filter((member) => member.case_id === person.id && isKept(member));
			return isKept(person) && mayDo(caseRole(me, person.org_id, own), 'task.create');
		})
		.sort((a, b) => compareNames(a.name, b.name));
}
