/** Whether this person lets this phone compare where it is at check-in and check-out: off until they say otherwise, and off again when they leave the phone. */

const keyOf = (userId: string) => `connect10.position.${userId}`;

export function isPositionOn(userId: string): boolean {
	try {
		return localStorage.getItem(keyOf(userId)) === 'on';
	} catch {
		// Storage is blocked: nobody has said yes.
		return false;
	}
}

/** @returns false when this phone cannot keep the choice; then it is off */
export function choosePosition(userId: string, on: boolean): boolean {
	try {
		if (on) localStorage.setItem(keyOf(userId), 'on');
		else localStorage.removeItem(keyOf(userId));
		return true;
	} catch {
		return false;
	}
}
