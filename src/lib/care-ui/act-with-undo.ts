/** Acts that take effect at once and can be taken back for ten seconds, instead of asking first. */
import { m } from '#lib/paraglide/messages.js';
import type { Workspace } from '#lib/sync/workspace.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { storageWords } from './storage-words.ts';

/**
 * @param act records the intents with `holdMs: undoMs` and answers their mids
 * @param done what has been done, e.g. 已移出照顧圈
 * @param onundone when it has been taken back
 * @returns false when this phone could not store it; that has been said
 */
export async function actWithUndo(
	ws: Workspace,
	act: () => Promise<readonly string[]>,
	done: string,
	onundone?: () => void
): Promise<boolean> {
	try {
		const mids = await act();
		toasts.show({
			text: done,
			action: {
				label: m.common_undo(),
				run: async () => {
					const isUndone = await ws.retract(mids);
					if (isUndone) onundone?.();
					toasts.show({ text: isUndone ? m.common_undone() : m.care_undo_too_late() });
				}
			}
		});
		return true;
	} catch (failure) {
		toasts.show({ text: storageWords(failure), tone: 'warning' });
		return false;
	}
}
