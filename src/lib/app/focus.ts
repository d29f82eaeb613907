/** Where focus goes when a new screen has come. */

/** To the screen's content, unless the screen has put it somewhere itself (autofocus, an address with a hash). */
export function focusContent(page: Document): void {
	const active = page.activeElement;
	const placed = active !== null && active !== page.body && active.closest('#content') !== null;
	if (placed || page.location.hash !== '') return;
	page.getElementById('content')?.focus({ preventScroll: true });
}
