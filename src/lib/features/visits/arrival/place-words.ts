/** How sure it is where a visit began, in words; a reason to ask at most, never a fault. */
import type { VisitPlaceRow } from '#lib/domain/arrival-rows.ts';
import { taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';

const VIAS = {
	camera: m.arrival_via_camera,
	nfc: m.arrival_via_nfc,
	typed: m.arrival_via_typed
} satisfies Record<VisitPlaceRow['via'], () => string>;

const VERDICTS = {
	matches: m.arrival_place_matches,
	older: m.arrival_place_older,
	differs: m.arrival_place_differs
} satisfies Record<NonNullable<VisitPlaceRow['verdict']>, (words: PlaceWords) => string>;

interface PlaceWords {
	readonly via: string;
	readonly time: string;
}

/** @param workerName of the visit; who showed the code is named when it was somebody else */
export function placeWords(place: VisitPlaceRow, workerName: string | null): string {
	const words = {
		via: VIAS[place.via](),
		time: place.recorded_at ? taipeiTime(place.recorded_at) : ''
	};
	const text = (place.verdict ? VERDICTS[place.verdict] : m.arrival_place_waiting)(words);
	return place.author_name === workerName
		? text
		: m.arrival_place_by({ text, name: place.author_name });
}
