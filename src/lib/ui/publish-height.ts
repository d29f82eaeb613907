/** Lets floating parts (toasts) know how high the bars below them are. */

/** An attachment: keeps the CSS variable on <html> at the element's height; a rail, higher than half the screen, counts as 0. */
export function publishHeight(variable: `--${string}`): (node: HTMLElement) => () => void {
	return (node) => {
		const { style } = document.documentElement;
		const observer = new ResizeObserver(() => {
			const isRail = node.offsetHeight > window.innerHeight / 2;
			style.setProperty(variable, isRail ? '0px' : `${node.offsetHeight}px`);
		});
		observer.observe(node);
		return () => {
			observer.disconnect();
			style.removeProperty(variable);
		};
	};
}
