/**
 * Runs `work` when the next frame stands on the screen: what nobody waits for does not hold up what somebody has asked for. A page out
 * of sight paints nothing; there it runs at once. Answers a function that calls it off.
 */
export function afterPaint(work: () => void): () => void {
	if (document.visibilityState === 'hidden') {
		work();
		return () => undefined;
	}
	let timer: ReturnType<typeof setTimeout> | undefined;
	const frame = requestAnimationFrame(() => {
		timer = setTimeout(work);
	});
	return () => {
		cancelAnimationFrame(frame);
		clearTimeout(timer);
	};
}
