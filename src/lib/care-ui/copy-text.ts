/** Copies a text to be pasted elsewhere, and says so; where the browser does not let us, how it is done by hand. */
import { toasts } from '#lib/ui/toasts.svelte.ts';

export async function copyText(
	text: string,
	words: { readonly done: string; readonly byHand: string }
): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		toasts.show({ text: words.done, tone: 'success' });
	} catch {
		// No permission, or an old browser.
		toasts.show({ text: words.byHand, tone: 'warning' });
	}
}
