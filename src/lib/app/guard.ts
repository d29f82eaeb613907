/** Which addresses open without a signed-in person, and where to go instead. */

const PUBLIC_PATHS: readonly string[] = ['/sign-in', '/join'];

export function isPublic(pathname: string): boolean {
	return PUBLIC_PATHS.includes(pathname);
}

/** The sign-in screen that leads back to where the person wanted to go. */
export function signInPath(url: Pick<URL, 'pathname' | 'search' | 'hash'>): string {
	const wanted = url.pathname + url.search + url.hash;
	return wanted === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(wanted)}`;
}

/** Where `back` leads; only into this app, whatever a link says. */
export function backPath(url: Pick<URL, 'searchParams' | 'origin'>): string {
	const wanted = url.searchParams.get('back') ?? '/';
	// A path, resolved as the browser would: '//host', '/\\host' and 'javascript:' lead elsewhere.
	if (!wanted.startsWith('/') || !URL.canParse(wanted, url.origin)) return '/';
	const target = new URL(wanted, url.origin);
	if (target.origin !== url.origin || isPublic(target.pathname)) return '/';
	return target.pathname + target.search + target.hash;
}
