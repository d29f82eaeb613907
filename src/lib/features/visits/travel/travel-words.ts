/** Journeys in words. */
import { joinWords } from '#lib/care-ui/join-words.ts';
import type { TravelLine } from '#lib/db/queries/travel.ts';
import type { TravelTotal } from '#lib/domain/travel.ts';
import type { TravelMeans, TravelNoteRow } from '#lib/domain/travel-rows.ts';
import { m } from '#lib/paraglide/messages.js';

const MEANS: Readonly<Record<TravelMeans, () => string>> = {
	scooter: m.travel_means_scooter,
	car: m.travel_means_car,
	walk: m.travel_means_walk,
	bus: m.travel_means_bus,
	other: m.travel_means_other
};

/** A means that this release does not know is some other. */
export function meansName(means: TravelMeans): string {
	return Object.hasOwn(MEANS, means) ? MEANS[means]() : m.travel_means_other();
}

/** `陳阿月 → 林水木`; where nobody is named, the note says where. */
export function wayWords({ from, to }: Pick<TravelLine, 'from' | 'to'>): string {
	if (from === null && to === null) return m.travel_way_own();
	return m.travel_way({ from: from ?? m.travel_somewhere(), to: to ?? m.travel_somewhere() });
}

/** `機車 · 25 分鐘 · 8.5 公里`. */
export function sizeWords({
	means,
	minutes,
	km
}: Pick<TravelNoteRow, 'means' | 'minutes' | 'km'>): string {
	if (minutes === 0) return m.travel_taken_back();
	return joinWords([
		meansName(means),
		m.travel_minutes_count({ minutes }),
		km !== null && m.travel_km_count({ km })
	]);
}

export function totalWords({ journeys, minutes, km, withoutKm }: TravelTotal): string {
	return joinWords([
		m.travel_journeys_count({ count: journeys }),
		m.travel_minutes_count({ minutes }),
		m.travel_km_count({ km }),
		withoutKm > 0 && m.travel_without_km({ count: withoutKm })
	]);
}

/** `2026年11月`, `Nov 2026`. @param month YYYY-MM */
export function monthWords(month: string): string {
	const [year = '', number = ''] = month.split('-');
	return m.travel_month({ year, rocYear: Number(year) - 1911, month: Number(number) });
}
