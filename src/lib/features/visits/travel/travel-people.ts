/** Journeys by who made them. */
import type { TravelLine } from '#lib/db/queries/travel.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import { compareNames } from '#lib/domain/name-order.ts';

export interface TravelPerson {
	readonly userId: string;
	readonly name: string;
	readonly lines: readonly TravelLine[];
}

/** By name; of who was renamed the newest counts. Also who works here no more. */
export function travelPeople(lines: readonly TravelLine[]): TravelPerson[] {
	return [...groupBy(lines, ({ journey }) => journey.now.user_id)]
		.map(([userId, own]) => ({
			userId,
			name: own.at(-1)?.journey.now.user_name ?? '',
			lines: own
		}))
		.sort((a, b) => compareNames(a.name, b.name));
}
