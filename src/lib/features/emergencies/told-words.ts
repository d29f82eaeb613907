/** Words for how far a report has reached one person. */
import { m } from '#lib/paraglide/messages.js';
import type { Told } from './told.ts';

const STATES = {
	coming: m.emergencies_told_coming,
	answered: m.emergencies_told_answered,
	opened: m.emergencies_told_opened,
	shown: m.emergencies_told_shown,
	accepted: m.emergencies_told_accepted,
	queued: m.emergencies_told_queued,
	spared: m.emergencies_told_spared
} as const;

const REASONS = {
	no_device: m.emergencies_told_no_device,
	no_phone: m.emergencies_told_no_phone,
	gone: m.emergencies_told_gone,
	refused: m.emergencies_told_refused,
	unreachable: m.emergencies_told_unreachable
} as const;

/** @param forFamily without the causes, which they can do nothing about */
export function toldWords(
	{ state, reason }: Pick<Told, 'state' | 'reason'>,
	forFamily: boolean
): string {
	if (state !== 'failed') return STATES[state]();
	if (forFamily) return m.emergencies_told_family_not_reached();
	return (
		reason && reason in REASONS
			? REASONS[reason as keyof typeof REASONS] // it is one of them, as just asked
			: m.emergencies_told_unreachable
	)();
}
