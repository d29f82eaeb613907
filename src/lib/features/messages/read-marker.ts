/** Finds out how far somebody has really read: the newest message that stood in sight, on a screen that was lit. */

/** A message that only flew past while scrolling was not read. */
const SETTLE_MS = 600;

export class ReadMarker {
	#seenThrough = '';
	#timer: ReturnType<typeof setTimeout> | undefined;
	#observer: IntersectionObserver;
	#inSight = new Map<Element, string>();
	readonly #mark: (readThrough: string) => void;

	/** @param mark called with an ISO instant that only grows */
	constructor(mark: (readThrough: string) => void) {
		this.#mark = mark;
		this.#observer = new IntersectionObserver((entries) => this.#noticed(entries));
		document.addEventListener('visibilitychange', this.#wake);
	}

	/** What was read before, on any phone. */
	knows(readThrough: string): void {
		if (readThrough > this.#seenThrough) this.#seenThrough = readThrough;
	}

	/** For `{@attach}` at the end of each message of somebody else. */
	watch(recordedAt: string) {
		return (node: Element) => {
			node.setAttribute('data-recorded-at', recordedAt);
			this.#observer.observe(node);
			return () => {
				this.#observer.unobserve(node);
				this.#inSight.delete(node);
			};
		};
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#observer.disconnect();
		document.removeEventListener('visibilitychange', this.#wake);
	}

	readonly #wake = () => this.#settleLater();

	#noticed(entries: readonly IntersectionObserverEntry[]): void {
		for (const { target, isIntersecting } of entries) {
			if (isIntersecting) this.#inSight.set(target, target.getAttribute('data-recorded-at') ?? '');
			else this.#inSight.delete(target);
		}
		this.#settleLater();
	}

	#settleLater(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#settle(), SETTLE_MS);
	}

	#settle(): void {
		if (document.visibilityState !== 'visible') return;
		const newest = [...this.#inSight.values()].sort().at(-1) ?? '';
		if (newest <= this.#seenThrough) return;
		this.#seenThrough = newest;
		this.#mark(newest);
	}
}
