/** Gives way to the first screen. */

const AT_LATEST_MS = 2_000;

/** Resolves when the browser has nothing better to do; Safari has no word for that, so there it is the next turn. */
export function whenIdle(): Promise<void> {
	return new Promise((resolve) => {
		if ('requestIdleCallback' in window) {
			requestIdleCallback(() => resolve(), { timeout: AT_LATEST_MS });
		} else setTimeout(resolve, 0);
	});
}
