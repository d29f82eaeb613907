/** Asks the phone once where it is. Nothing is watched, nothing is kept here. */
import type { Fix } from '#lib/domain/visit-position.ts';

export type PositionAnswer =
	| { readonly kind: 'fix'; readonly fix: Fix }
	/** denied: not allowed · unavailable: the phone has no way to know, or found none · timeout: not in time */
	| { readonly kind: PositionProblem };
export type PositionProblem = 'denied' | 'unavailable' | 'timeout';

interface Wanted {
	/** How long at most, also while the browser asks for permission. Milliseconds. */
	readonly withinMs: number;
	/** Satellites instead of masts and wifi: slower and hungrier. */
	readonly exact: boolean;
}

/** Never rejects. */
export function askPosition({ withinMs, exact }: Wanted): Promise<PositionAnswer> {
	// Absent where the page is not secure, and in some in-app browsers.
	const { geolocation } = navigator as { geolocation?: Geolocation };
	if (!geolocation) return Promise.resolve({ kind: 'unavailable' });
	return new Promise((answer) => {
		// The browser's own limit does not run while it waits for permission.
		const timer = setTimeout(() => answer({ kind: 'timeout' }), withinMs);
		const done = (found: PositionAnswer) => {
			clearTimeout(timer);
			answer(found);
		};
		geolocation.getCurrentPosition(
			({ coords: { latitude, longitude, accuracy } }) =>
				done({ kind: 'fix', fix: { latitude, longitude, accuracyM: accuracy } }),
			({ code }) => done({ kind: problemOf(code) }),
			// Nothing that the phone knew before: half a minute ago somebody was a street away.
			{ enableHighAccuracy: exact, timeout: withinMs, maximumAge: 0 }
		);
	});
}

/** Of the codes that the standard gives. */
function problemOf(code: number): PositionProblem {
	if (code === 1) return 'denied';
	return code === 3 ? 'timeout' : 'unavailable';
}
