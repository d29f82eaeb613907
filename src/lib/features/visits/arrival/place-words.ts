/** How sure it is where a visit began and ended, in words; a reason to ask at most, never a fault. */
import { metresWords } from '#lib/care-ui/household/position-words.ts';
import type { VisitPlaceRow, VisitStep } from '#lib/domain/arrival-rows.ts';
import { taipeiTime } from '#lib/domain/taiwan-dates.ts';
import { FAR_M, placeClaim } from '#lib/domain/visit-position.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CodeWay } from './arrival-actions.ts';

const VIAS = {
	camera: m.arrival_via_camera,
	nfc: m.arrival_via_nfc,
	typed: m.arrival_via_typed
} satisfies Record<CodeWay, () => string>;

const VERDICTS = {
	matches: m.arrival_place_matches,
	older: m.arrival_place_older,
	differs: m.arrival_place_differs
} satisfies Record<NonNullable<VisitPlaceRow['verdict']>, (words: CodeWords) => string>;

const STEPS = {
	check_in: m.arrival_at_check_in,
	check_out: m.arrival_at_check_out
} satisfies Record<VisitStep, () => string>;

/** Nothing was measured; why not. */
const WITHOUT = {
	denied: m.arrival_position_was_denied,
	unavailable: m.arrival_position_was_unavailable,
	timeout: m.arrival_position_was_late
} satisfies Record<
	Exclude<NonNullable<VisitPlaceRow['position']>, 'measured'>,
	(words: { readonly step: string }) => string
>;

interface CodeWords {
	readonly via: string;
	readonly time: string;
}

/** @param workerName of the visit; who showed the code, or was asked for the position, is named when it was somebody else */
export function placeWords(place: VisitPlaceRow, workerName: string | null): string {
	const { via, author_name: name } = place;
	const text = via === 'position' ? positionWords(place) : codeWords(place, via);
	if (name === workerName) return text;
	return (via === 'position' ? m.arrival_position_by : m.arrival_place_by)({ text, name });
}

function codeWords({ verdict, recorded_at }: VisitPlaceRow, via: CodeWay): string {
	const words = { via: VIAS[via](), time: recorded_at ? taipeiTime(recorded_at) : '' };
	return (verdict ? VERDICTS[verdict] : m.arrival_place_waiting)(words);
}

function positionWords({ step, position, distance_m, accuracy_m }: VisitPlaceRow): string {
	const at = step ? STEPS[step]() : '';
	if (position !== null && position !== 'measured') return WITHOUT[position]({ step: at });
	// Measured, both are there: the database holds that.
	const kept = { distance_m: distance_m ?? 0, accuracy_m: accuracy_m ?? FAR_M };
	const facts = {
		step: at,
		distance: metresWords(kept.distance_m),
		accuracy: metresWords(kept.accuracy_m)
	};
	const claim = placeClaim(kept);
	if (claim === 'at_house') return m.arrival_position_at_house(facts);
	if (claim === 'unclear') return m.arrival_position_unclear(facts);
	return kept.distance_m >= FAR_M
		? m.arrival_position_far(facts)
		: m.arrival_position_elsewhere(facts);
}
