/** Says that a step of a visit is kept, with ten seconds to take it back. */
import { m } from '#lib/paraglide/messages.js';
import { toasts } from '#lib/ui/toasts.svelte.ts';

/** @param undo answers false when it was too late */
export function offerVisitUndo(said: string, undo: () => Promise<boolean>): void {
	toasts.show({
		text: said,
		tone: 'success',
		action: {
			label: m.common_undo(),
			run: async () => {
				if (!(await undo())) toasts.show({ text: m.visits_too_late_to_undo(), tone: 'warning' });
			}
		}
	});
}
