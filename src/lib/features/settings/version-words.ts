/** The running version for people: `0.1.0` and the day of its build. */

/** `0.1.0+20261122015133123` (svelte.config.js) → `0.1.0 (2026-11-22 01:51 UTC)`; anything else as it is. */
export function versionWords(version: string): string {
	const built = /^([^+]+)\+(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})\d*$/.exec(version);
	if (built === null) return version;
	const [, release, year, month, day, hour, minute] = built;
	return `${release} (${year}-${month}-${day} ${hour}:${minute} UTC)`;
}

/** Only the release: `0.1.0`. */
export function releaseOf(version: string): string {
	return version.split('+')[0] ?? version;
}
