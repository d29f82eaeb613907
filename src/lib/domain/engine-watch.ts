/** When the engine that tells people of emergencies counts as standing still (docs/escalation.md). */

/** Milliseconds; it looks every five seconds. */
const STILL_MS = 60_000;

/** @param instant at which it last looked, or since which something is due; both instants are the server's, a phone's clock may be wrong */
export function isEngineLate(instant: string, askedAt: string): boolean {
	return Date.parse(askedAt) - Date.parse(instant) > STILL_MS;
}
