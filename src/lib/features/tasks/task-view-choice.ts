/** Whether this phone shows tasks as a board or as a list. */
export const TASK_VIEWS = ['board', 'list'] as const;
export type TaskViewKind = (typeof TASK_VIEWS)[number];

const KEY = 'connect10.tasksView';

/** The board, unless somebody chose here. */
export function chosenView(): TaskViewKind {
	try {
		const stored = localStorage.getItem(KEY);
		return TASK_VIEWS.find((view) => view === stored) ?? 'board';
	} catch {
		// A browser that lets nothing be stored shows the board.
		return 'board';
	}
}

export function rememberView(view: TaskViewKind): void {
	try {
		localStorage.setItem(KEY, view);
	} catch {
		// It holds until the screen is left.
	}
}
