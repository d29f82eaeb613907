/** The steps of a task, in words and pictures: on the button, and when it is done. */
import CircleCheck from '~icons/lucide/circle-check';
import CirclePlay from '~icons/lucide/circle-play';
import HandHeart from '~icons/lucide/hand-heart';
import RotateCcw from '~icons/lucide/rotate-ccw';
import Undo2 from '~icons/lucide/undo-2';
import type { TaskTransition } from '#lib/domain/status.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IconComponent } from '#lib/ui/icon.ts';

export const STEP_WORDS: Readonly<
	Record<
		TaskTransition,
		{ readonly act: () => string; readonly done: () => string; readonly icon: IconComponent }
	>
> = {
	accept: { act: m.tasks_accept, done: m.tasks_accepted, icon: HandHeart },
	decline: { act: m.tasks_decline, done: m.tasks_declined, icon: Undo2 },
	start: { act: m.tasks_start, done: m.tasks_started, icon: CirclePlay },
	finish: { act: m.tasks_finish, done: m.tasks_finished, icon: CircleCheck },
	reopen: { act: m.tasks_reopen, done: m.tasks_reopened, icon: RotateCcw }
};
