/** What stands on the buttons that call. */
import type { PublicNumber } from '#lib/domain/emergency-calls.ts';
import { m } from '#lib/paraglide/messages.js';

const LABELS = {
	'119': m.emergencies_call_119,
	'110': m.emergencies_call_110,
	'113': m.emergencies_call_113
} satisfies Record<PublicNumber, () => string>;

export function callLabel(number: PublicNumber): string {
	return LABELS[number]();
}
