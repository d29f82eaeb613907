/** Where the content of the screen is scrolled to: it scrolls inside AppShell, so the browser does not remember it by itself. */

const placesByKey = new Map<string, number>();
/** A list from the local store comes some frames after its screen. */
const waitForContentMs = 1_500;

/** The element that scrolls now: the page's content, or with large text the whole screen below the banners. */
export function contentScroller(): HTMLElement | null {
	const candidates = [...document.querySelectorAll<HTMLElement>('[data-scrolls]')];
	return (
		candidates.find((node) => node.scrollHeight > node.clientHeight + 1) ?? candidates[0] ?? null
	);
}

/** The ancestor that an element scrolls in; `null` where that is the window. */
export function scrollerOf(node: Element): Element | null {
	const outer = node.closest('[data-scrolls]');
	if (outer === null || getComputedStyle(outer).overflowY === 'auto') return outer;
	return outer.parentElement && scrollerOf(outer.parentElement);
}

/** Call before leaving a screen; the key names its place in the history. */
export function saveContentScroll(key: string): void {
	placesByKey.set(key, contentScroller()?.scrollTop ?? 0);
}

/** Call on a new screen. */
export function scrollContentToTop(): void {
	for (const node of document.querySelectorAll('[data-scrolls]')) node.scrollTo({ top: 0 });
}

/** Call when coming back; waits until the content is long enough, and gives up when the person scrolls. */
export function restoreContentScroll(key: string): void {
	const wanted = placesByKey.get(key) ?? 0;
	scrollContentToTop();
	if (wanted === 0) return;
	const startedAtMs = performance.now();
	let isTaken = false;
	const take = () => (isTaken = true);
	addEventListener('pointerdown', take, { once: true, capture: true });
	addEventListener('wheel', take, { once: true, capture: true, passive: true });
	const attempt = () => {
		const node = contentScroller();
		node?.scrollTo({ top: wanted });
		const isThere = node !== null && Math.abs(node.scrollTop - wanted) <= 1;
		if (isTaken || isThere || performance.now() - startedAtMs > waitForContentMs) {
			removeEventListener('pointerdown', take, { capture: true });
			removeEventListener('wheel', take, { capture: true });
			return;
		}
		requestAnimationFrame(attempt);
	};
	attempt();
}
