/** The yes/no questions that raise a report's severity, in words. */
import { m } from '#lib/paraglide/messages.js';

const SIGNS: Readonly<Record<string, () => string>> = {
	head_hit: m.emergencies_sign_head_hit,
	anticoagulant: m.emergencies_sign_anticoagulant,
	cannot_stand: m.emergencies_sign_cannot_stand,
	feels_unwell: m.emergencies_sign_feels_unwell,
	drowsy_or_confused: m.emergencies_sign_drowsy_or_confused,
	tracheostomy: m.emergencies_sign_tracheostomy,
	hurts_someone: m.emergencies_sign_hurts_someone,
	open_wound: m.emergencies_sign_open_wound,
	danger_now: m.emergencies_sign_danger_now,
	injured: m.emergencies_sign_injured
};

/** A sign that this release does not know is shown as its code. */
export function signName(code: string): string {
	return SIGNS[code]?.() ?? code;
}
