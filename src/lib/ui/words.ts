/** The few words that components say by themselves; the app provides them once, in the user's language. */
import { createContext } from 'svelte';

export interface UiWords {
	readonly back: string;
	readonly cancel: string;
	readonly clear: string;
	readonly close: string;
	/** Spoken before a field's error, e.g. "錯誤：". */
	readonly errorPrefix: string;
	readonly hideTable: string;
	readonly loading: string;
	readonly more: string;
	readonly navigation: string;
	readonly notices: string;
	readonly optional: string;
	readonly retry: string;
	readonly showTable: string;
	readonly skipToContent: string;
}

const [getWords, setWords] = createContext<() => UiWords>();

/** Call in the root layout's script, once. The getter lets the words follow a change of language. */
export function provideUiWords(words: () => UiWords): void {
	setWords(words);
}

/** Call in a component's script. Throws when no layout above has called `provideUiWords`. */
export function uiWords(): () => UiWords {
	return getWords();
}
