/** Somebody types into a field whose value is waited for to stand still. */
import { flushSync } from 'svelte';
import { settled } from '#lib/ui/settled.svelte.ts';

export function typing(first: string) {
	let text = $state(first);
	let still: { readonly current: string } = { current: '' };
	const stop = $effect.root(() => {
		still = settled(() => text);
	});
	flushSync();
	return {
		type(letters: string) {
			text = letters;
			flushSync();
		},
		still: () => still.current,
		stop
	};
}
