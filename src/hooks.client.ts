/** What the browser does before the first screen: the language is settled, and errors that no screen has caught are said in plain words, and found again in the console by their code. */
import type { HandleClientError } from '@sveltejs/kit';
import { describeError } from '#lib/app/errors.ts';
import { getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { toasts } from '#lib/ui/toasts.svelte.ts';

// Every word on a screen asks for it, and would read the phone's memory each time; to change it loads the app anew.
const locale = getLocale();
overwriteGetLocale(() => locale);

export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status === 404) return { message };
	const code = codeOf(error);
	console.error(code, error);
	return { message: describeError(error).text, code };
};

// An act that failed without its screen saying so, above all one that this phone could not store.
window.addEventListener('unhandledrejection', ({ reason }) => {
	const { severity, text } = describeError(reason);
	console.error(codeOf(reason), reason);
	if (severity === 'toast') toasts.show({ text, tone: 'warning' });
});

/** Short enough to read out over the phone. */
function codeOf(error: unknown): string {
	const name = error instanceof Error ? error.name : 'Unknown';
	return `${name}-${Date.now().toString(36).slice(-5).toUpperCase()}`;
}
