/** A value that is still being typed, once it stands still: what it starts is not done for each letter. */
import { untrack } from 'svelte';

/** Milliseconds; shorter than a pause that somebody notices. */
const PAUSE_MS = 200;

/** In a component, or another effect's root. The first value counts at once. */
export function settled<Value>(read: () => Value): { readonly current: Value } {
	let current = $state.raw(untrack(read));
	$effect(() => {
		const value = read();
		if (value === untrack(() => current)) return;
		const timer = setTimeout(() => (current = value), PAUSE_MS);
		return () => clearTimeout(timer);
	});
	return {
		get current() {
			return current;
		}
	};
}
