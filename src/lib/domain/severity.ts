/** The severity words that vital signs, incidents and emergencies share; a screen adds colour, shape and text. */

/**
 * `red` is 重度 (act now), `orange` 中度 (needs handling today), `yellow` 輕度 (watch), `none` nothing found.
 * Source of the mapping: the caregiver scale watch / handle / send to hospital, laid over 輕度 / 中度 / 重度.
 */
export type Severity = 'none' | 'yellow' | 'orange' | 'red';

/** What a report can carry: somebody always saw something, so `none` is not offered. */
export type ReportSeverity = Exclude<Severity, 'none'>;

/** From nothing to worst. */
export const SEVERITIES: readonly Severity[] = ['none', 'yellow', 'orange', 'red'];

export const REPORT_SEVERITIES: readonly ReportSeverity[] = ['yellow', 'orange', 'red'];

const RANK: Readonly<Record<Severity, number>> = { none: 0, yellow: 1, orange: 2, red: 3 };

/** Negative when `a` is milder than `b`, 0 when equal, positive when worse; sorts mild first. */
export function compareSeverity(a: Severity, b: Severity): number {
	return RANK[a] - RANK[b];
}

export function maxSeverity(severities: Iterable<Severity>): Severity {
	let worst: Severity = 'none';
	for (const severity of severities) {
		if (compareSeverity(severity, worst) > 0) worst = severity;
	}
	return worst;
}

export function isAtLeast(severity: Severity, floor: Severity): boolean {
	return RANK[severity] >= RANK[floor];
}

export function isSeverity(value: unknown): value is Severity {
	return typeof value === 'string' && Object.hasOwn(RANK, value);
}
