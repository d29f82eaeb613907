/** Carrying a visit over the board with a mouse or a pen. Touch scrolls: a tap opens the menu, which does the same. */
import type { Place } from './board-move.ts';

interface DragHooks {
	/** False: this one cannot be carried. */
	readonly begin: (visitId: string) => boolean;
	readonly over: (place: Place) => void;
	readonly drop: () => void;
	readonly putBack: () => void;
	/** Follows the pointer; window coordinates. */
	readonly follow: (x: number, y: number) => void;
}

/** A hand that only presses moves less than that. */
const SLIP_PX = 5;
/** Near the edge of what scrolls it scrolls on. */
const EDGE_PX = 48;
const STEP_PX = 12;

/** For `{@attach}` on what scrolls; carries what has `data-visit` over what has `data-cell`. */
export function dragVisits(hooks: DragHooks) {
	return (board: HTMLElement) => {
		let pressed: { readonly id: string; readonly x: number; readonly y: number } | null = null;
		let isCarrying = false;
		let frame = 0;
		let at = { x: 0, y: 0 };

		function down(event: PointerEvent) {
			if (event.pointerType === 'touch' || event.button !== 0) return;
			const id = closest(event.target, '[data-visit]')?.dataset['visit'];
			if (id !== undefined) pressed = { id, x: event.clientX, y: event.clientY };
		}
		function move(event: PointerEvent) {
			if (pressed === null) return;
			at = { x: event.clientX, y: event.clientY };
			if (!isCarrying) {
				if (Math.hypot(at.x - pressed.x, at.y - pressed.y) < SLIP_PX) return;
				if (!hooks.begin(pressed.id)) {
					pressed = null;
					return;
				}
				isCarrying = true;
				frame = requestAnimationFrame(scrollOn);
			}
			look();
		}
		function look() {
			hooks.follow(at.x, at.y);
			const cell = closest(document.elementFromPoint(at.x, at.y), '[data-cell]');
			const { row, day } = cell?.dataset ?? {};
			if (row !== undefined && day !== undefined) hooks.over({ rowId: row, day });
		}
		function scrollOn() {
			const box = board.getBoundingClientRect();
			const toward = (value: number, low: number, high: number) =>
				value < low + EDGE_PX ? -STEP_PX : value > high - EDGE_PX ? STEP_PX : 0;
			const [x, y] = [toward(at.x, box.left, box.right), toward(at.y, box.top, box.bottom)];
			if (x !== 0 || y !== 0) {
				board.scrollBy(x, y);
				look();
			}
			frame = requestAnimationFrame(scrollOn);
		}
		function end(finish: () => void) {
			if (isCarrying) finish();
			pressed = null;
			isCarrying = false;
			cancelAnimationFrame(frame);
		}
		function up() {
			if (!isCarrying) return end(hooks.putBack);
			// The click that follows belongs to the drop.
			const swallow = (event: MouseEvent) => event.stopPropagation();
			window.addEventListener('click', swallow, { capture: true, once: true });
			setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
			end(hooks.drop);
		}
		const cancel = () => end(hooks.putBack);
		const key = (event: KeyboardEvent) => {
			if (event.key === 'Escape') cancel();
		};

		board.addEventListener('pointerdown', down);
		window.addEventListener('pointermove', move);
		window.addEventListener('pointerup', up);
		window.addEventListener('pointercancel', cancel);
		window.addEventListener('keydown', key);
		return () => {
			cancel();
			board.removeEventListener('pointerdown', down);
			window.removeEventListener('pointermove', move);
			window.removeEventListener('pointerup', up);
			window.removeEventListener('pointercancel', cancel);
			window.removeEventListener('keydown', key);
		};
	};
}

function closest(target: EventTarget | null, selector: string): HTMLElement | null {
	return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}
