/** Headers that every answer carries, whoever makes it: SvelteKit, its static files, or the API. */

/**
 * @param supabaseOrigin The Supabase that the app talks to, when it is not this origin.
 */
export function securityHeaders(supabaseOrigin: string | null): Record<string, string> {
	const remote = supabaseOrigin === null ? '' : ` ${supabaseOrigin} ${webSocketOf(supabaseOrigin)}`;
	return {
		// Beside the page's own policy, which is a hash list made at build time: this part depends on
		// the environment, and frame-ancestors counts in a header only.
		'content-security-policy': `frame-ancestors 'none'; connect-src 'self'${remote}`,
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'permissions-policy':
			'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=(), interest-cohort=()',
		'cross-origin-opener-policy': 'same-origin'
	};
}

/** The worker's script decides what every phone runs, so no cache may hold an old one. */
export function cacheControlFor(pathname: string): string | null {
	return pathname === '/service-worker.js' || pathname === '/manifest.webmanifest'
		? 'no-cache'
		: null;
}

/** Adds our policy to the page's: several policies hold together, the strictest wins. */
export function joinPolicies(pagePolicy: string | null, ours: string): string {
	return pagePolicy === null || pagePolicy.includes(ours) ? ours : `${pagePolicy}, ${ours}`;
}

function webSocketOf(origin: string): string {
	return origin.replace(/^http/, 'ws');
}
