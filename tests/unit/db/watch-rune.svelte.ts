/** Reads reactive state outside a component, as a component would. */
import { flushSync } from 'svelte';

export function watchRune<Value>(
	read: () => Value,
	onValue: (value: Value) => void
): { until(holds: () => boolean): Promise<void>; stop(): void } {
	let look: () => void = () => undefined;
	const stop = $effect.root(() => {
		$effect(() => {
			onValue(read());
			look();
		});
	});
	flushSync();
	return {
		stop,
		until: (holds) =>
			new Promise((resolve) => {
				look = () => {
					if (holds()) resolve();
				};
				look();
			})
	};
}
