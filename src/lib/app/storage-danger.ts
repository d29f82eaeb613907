/** When a browser may delete what this app keeps, when that endangers work, and how to tell that it has happened. */
import { addDays, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { SyncStatus } from '#lib/sync/workspace.ts';

/**
 * kept: until a person deletes it ·
 * week: WebKit deletes the data of a site that nobody has touched on seven days on which the browser was used
 * (webkit.org/blog/10218); home-screen apps are exempt, and `persisted()` is true only where the site is (WebKit pull 13904) ·
 * space: any other browser, which may make room when the phone is full
 */
export type Keeping = 'kept' | 'week' | 'space';

export interface BrowserFacts {
	/** Opened from the home screen. */
	readonly isInstalled: boolean;
	/** Safari, and every browser on an iPhone or iPad. */
	readonly isWebKit: boolean;
}

const DAYS_OF_WEBKIT = 7;

/**
 * Whoever works where there is no signal comes home to some in the evening: work of today is no reason to worry, and a warning that
 * stands there every day is not read. After a day that evening has brought no signal, and six of WebKit's seven days are left.
 */
const UNSENT_TOO_LONG_MS = 24 * 60 * 60 * 1000;

/** @param persisted whether the browser has promised to keep the data; null = it does not say */
export function keepingOf(
	{ isInstalled, isWebKit }: BrowserFacts,
	persisted: boolean | null
): Keeping {
	if (isInstalled || persisted === true) return 'kept';
	return isWebKit ? 'week' : 'space';
}

export interface UnsentDanger {
	readonly count: number;
	/** ISO device instant of the oldest entry. */
	readonly since: string;
	/** Taipei day on which the browser may delete it at the earliest: whoever reads this uses the app today. Null = any day. */
	readonly earliestOn: string | null;
}

/** Null: nothing waits for too long, or this browser keeps it. @param now ISO instant */
export function unsentDanger(
	keeping: Keeping,
	{ pendingCount, oldestPendingAt }: Pick<SyncStatus, 'pendingCount' | 'oldestPendingAt'>,
	now: string
): UnsentDanger | null {
	if (keeping === 'kept' || pendingCount === 0 || oldestPendingAt === null) return null;
	if (Date.parse(now) - Date.parse(oldestPendingAt) < UNSENT_TOO_LONG_MS) return null;
	const earliestOn = keeping === 'week' ? addDays(taipeiDay(now), DAYS_OF_WEBKIT) : null;
	return { count: pendingCount, since: oldestPendingAt, earliestOn };
}

/**
 * The Taipei day on which this browser last held the data that it has deleted; null when it has deleted none.
 * @param heldOn what the server's cookie says, which outlives the deletion
 * @param isBlank this phone's memory is not even empty: it was never written
 */
export function deletedSince(
	heldOn: string | null,
	isBlank: boolean,
	{ isInstalled, isWebKit }: BrowserFacts
): string | null {
	if (!isBlank) return null;
	// Safari gives a new home-screen app its cookies, but none of the data: that is a beginning, not a loss.
	return isInstalled && isWebKit ? null : heldOn;
}
