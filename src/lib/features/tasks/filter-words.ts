/** Filters of tasks in words. */
import { taskStatusName } from '#lib/care-ui/state-names.ts';
import { m } from '#lib/paraglide/messages.js';
import type { FilterSource, FilterState, Shown } from './task-filter.ts';

const SHOWN_NAMES: Readonly<Record<Shown, () => string>> = {
	mine: m.tasks_filter_mine,
	all: m.tasks_filter_all,
	overdue: m.tasks_filter_overdue
};
const SOURCE_NAMES: Readonly<Record<FilterSource, () => string>> = {
	hand: m.tasks_source_hand,
	template: m.templates_heading,
	rule: m.rules_heading,
	recurrence: m.repeats_heading,
	question: m.questions_heading
};

export const shownName = (shown: Shown): string => SHOWN_NAMES[shown]();
export const stateName = (state: FilterState): string => taskStatusName(state);
export const sourceName = (source: FilterSource): string => SOURCE_NAMES[source]();
