/** The two times of a day at which a series measures. */
import type { Slot } from '#lib/domain/home-pressure.ts';
import { m } from '#lib/paraglide/messages.js';

export function slotName(slot: Slot): string {
	return slot === 'morning' ? m.visits_series_morning() : m.visits_series_evening();
}
