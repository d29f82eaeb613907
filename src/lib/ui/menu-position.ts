/** Where a menu goes so that it stays on the screen. */

interface Size {
	readonly width: number;
	readonly height: number;
}

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

const gapPx = 4;
const edgePx = 8;

/** Below the button if there is room, else above, else as low as the screen allows; right edges aligned. All in CSS pixels. */
export function menuPosition(button: Box, menu: Size, screen: Size): { left: number; top: number } {
	const maxLeft = screen.width - menu.width - edgePx;
	const left = Math.max(edgePx, Math.min(button.right - menu.width, maxLeft));
	const below = button.bottom + gapPx;
	const above = button.top - gapPx - menu.height;
	if (below + menu.height + edgePx <= screen.height) return { left, top: below };
	if (above >= edgePx) return { left, top: above };
	return { left, top: Math.max(edgePx, screen.height - menu.height - edgePx) };
}
