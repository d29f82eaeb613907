/** Which page loads are answered with the app's shell. */

export const SHELL_PATH = '/';

/** Addresses that belong to the server, not to a screen. */
const SERVER_PATHS = ['/auth/v1/', '/rest/v1/', '/realtime/v1/', '/_app/'];

/** A page load of one of the app's screens. What has a file extension (a picture opened in a tab) is not a screen. */
export function isAppNavigation(mode: string, method: string, pathname: string): boolean {
	if (mode !== 'navigate' || method !== 'GET') return false;
	if (SERVER_PATHS.some((path) => pathname.startsWith(path))) return false;
	const lastSegment = pathname.slice(pathname.lastIndexOf('/') + 1);
	return !lastSegment.includes('.');
}
