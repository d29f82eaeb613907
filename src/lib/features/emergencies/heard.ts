/** Who has answered "I know of it" to a report. */
import { checkPhone } from '#lib/domain/phone.ts';
import type { EmergencyActionRow, EmergencyRow } from '#lib/domain/rows.ts';

export interface Heard {
	readonly id: string;
	readonly name: string;
	readonly at: string;
	/** The answer itself; `null` where it is older than what this phone holds, and only the report tells of it. */
	readonly action: EmergencyActionRow | null;
}

/** Each answer on this phone; without any, the first one as the report carries it, so that nobody is told that nobody has heard. */
export function heardBy(
	emergency: Pick<EmergencyRow, 'id' | 'acknowledged_at' | 'acknowledged_by_name'>,
	actions: readonly EmergencyActionRow[]
): Heard[] {
	const answers = actions.filter(({ action }) => action === 'acknowledge');
	if (answers.length > 0) {
		return answers.map((action) => ({
			id: action.id,
			name: action.author_name,
			at: action.recorded_at ?? '',
			action
		}));
	}
	const { id, acknowledged_at: at, acknowledged_by_name: name } = emergency;
	return at !== null && name !== null ? [{ id, name, at, action: null }] : [];
}

/** People to call, each number once: a relative may be a contact and in the circle. */
export function withoutSamePhone<Person extends { readonly phone: string | null }>(
	people: readonly Person[],
	others: readonly { readonly phone: string | null }[]
): Person[] {
	const known = new Set(others.map(({ phone }) => numberOf(phone)));
	return people.filter(({ phone }) => !known.has(numberOf(phone)));
}

/** In the national form; what is no number of Taiwan is compared as it was written. */
function numberOf(phone: string | null): string {
	const checked = checkPhone(phone ?? '');
	return checked.ok ? checked.number : (phone ?? '');
}
