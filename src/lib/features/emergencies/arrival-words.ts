/** How soon somebody will be there, as one tap says it. */
import { m } from '#lib/paraglide/messages.js';

/** Minutes; the first is somebody at the next door, the last a drive over the mountain. */
const MINUTES: readonly number[] = [10, 20, 30, 60];

/** What the button says is what everybody reads. */
export function arrivalChoices(): string[] {
	return MINUTES.map((minutes) => m.emergencies_arrival({ minutes }));
}
