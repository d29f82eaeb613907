/** The fields of the visit record in words. */
import type { VisitField } from '#lib/domain/visit-options.ts';
import { m } from '#lib/paraglide/messages.js';

const NAMES: Readonly<Record<VisitField, () => string>> = {
	appetite: m.visits_appetite,
	choking: m.visits_choking,
	bowel: m.visits_bowel,
	urine: m.visits_urine,
	skin: m.visits_skin,
	mood: m.visits_mood,
	sleep: m.visits_sleep,
	medication: m.visits_medication
};

export function fieldName(field: VisitField): string {
	return NAMES[field]();
}
