/** Tells this app's own server whether this browser holds data, for the cookie that outlives the data (server/held-cookie.ts). */

/** @returns whether the server has taken it */
export async function tellHeld(holds: boolean): Promise<boolean> {
	// The page may be on its way out.
	const answer = await fetch('/held', { method: holds ? 'POST' : 'DELETE', keepalive: true });
	return answer.ok;
}
