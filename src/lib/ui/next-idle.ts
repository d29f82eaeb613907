/** Resolves when the browser has nothing better to do, at the latest after `timeoutMs`. Safari has no word for idle, so there it is a moment later. */
export function nextIdle(timeoutMs: number): Promise<void> {
	return new Promise((resolve) => {
		if ('requestIdleCallback' in window) {
			requestIdleCallback(() => resolve(), { timeout: Math.max(1, timeoutMs) });
		} else setTimeout(resolve, 50);
	});
}
