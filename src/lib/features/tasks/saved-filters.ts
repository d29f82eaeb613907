/** Filters of the task list that somebody named, kept on this phone for this person. */
import type { LocalDb } from '#lib/db/local-db.ts';
import { loadTaskFilters, saveTaskFilters } from '#lib/db/task-filters.ts';
import { cleanLine } from '#lib/domain/text.ts';
import {
	FILTER_SOURCES,
	FILTER_STATES,
	isSameChoice,
	SHOWN,
	type TaskFilter
} from './task-filter.ts';
import { TASK_VIEWS, type TaskViewKind } from './task-view-choice.ts';

/** What is shown, and how. */
export interface TaskSight extends TaskFilter {
	readonly view: TaskViewKind;
}

export interface SavedFilter extends TaskSight {
	/** Each different. */
	readonly name: string;
}

/** More than this is a list to be searched again. */
export const MOST_FILTERS = 8;
export const LONGEST_FILTER_NAME = 20;

/** In the order in which they were kept; what a release to come wrote otherwise is left out. */
export async function savedFilters(db: LocalDb): Promise<readonly SavedFilter[]> {
	const stored = await loadTaskFilters(db);
	return Array.isArray(stored) ? stored.flatMap(readFilter) : [];
}

/** One of the same name is replaced. */
export async function keepFilter(db: LocalDb, name: string, filter: TaskSight): Promise<void> {
	const kept = { ...filter, name: cleanLine(name) };
	const others = (await savedFilters(db)).filter((each) => each.name !== kept.name);
	await saveTaskFilters(db, [...others, kept]);
}

/** @returns puts it back where it was */
export async function dropFilter(db: LocalDb, name: string): Promise<() => Promise<void>> {
	const before = await savedFilters(db);
	await saveTaskFilters(
		db,
		before.filter((each) => each.name !== name)
	);
	return () => saveTaskFilters(db, before);
}

export function isSameSight(a: TaskSight, b: TaskSight): boolean {
	return isSameChoice(a, b) && a.view === b.view;
}

export type NameProblem = 'empty' | 'long' | 'many' | null;

export function nameProblem(name: string, filters: readonly SavedFilter[]): NameProblem {
	const clean = cleanLine(name);
	if (clean === '') return 'empty';
	if (clean.length > LONGEST_FILTER_NAME) return 'long';
	const isNew = filters.every((each) => each.name !== clean);
	return isNew && filters.length >= MOST_FILTERS ? 'many' : null;
}

function readFilter(value: unknown): SavedFilter[] {
	if (typeof value !== 'object' || value === null) return [];
	const part = value as Partial<Record<keyof SavedFilter, unknown>>; // checked field by field below
	const shown = SHOWN.find((each) => each === part.shown);
	const view = TASK_VIEWS.find((each) => each === part.view);
	const { name, caseId } = part;
	if (!shown || !view || typeof name !== 'string' || typeof caseId !== 'string') return [];
	return [
		{
			name,
			shown,
			view,
			caseId,
			onlyHigh: part.onlyHigh === true,
			state: FILTER_STATES.find((each) => each === part.state) ?? '',
			source: FILTER_SOURCES.find((each) => each === part.source) ?? ''
		}
	];
}
