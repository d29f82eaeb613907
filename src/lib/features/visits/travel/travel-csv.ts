/** A month of journeys as a CSV that Excel opens: UTF-8 with BOM, no cell that could run as a formula. */
import { writeCsv } from 'hucre/csv';
import type { TravelLine } from '#lib/db/queries/travel.ts';
import { isTakenBack } from '#lib/domain/travel.ts';
import type { TravelNoteRow } from '#lib/domain/travel-rows.ts';
import { m } from '#lib/paraglide/messages.js';
import { meansName } from './travel-words.ts';

/** One line a row that was ever said: what was corrected stands under what counts, and says so. */
export function travelCsv(lines: readonly TravelLine[]): string {
	const rows = lines.flatMap(({ journey, from, to }) => {
		const cells = (row: TravelNoteRow, state: string, isCounted: boolean) => [
			row.user_name,
			row.travelled_on,
			from ?? '',
			to ?? '',
			meansName(row.means),
			// Of what does not count nothing is summed up.
			isCounted ? row.minutes : null,
			isCounted ? row.km : null,
			state,
			isCounted ? '' : `${row.minutes} / ${row.km ?? ''}`,
			row.note ?? ''
		];
		const isBack = isTakenBack(journey);
		const state = isBack
			? m.travel_taken_back()
			: journey.before.length > 0
				? m.travel_csv_correction()
				: m.travel_csv_counts();
		return [
			cells(journey.now, state, !isBack),
			...journey.before.map((row) => cells(row, m.travel_csv_corrected(), false))
		];
	});
	const heads = [
		m.travel_csv_name(),
		m.travel_day(),
		m.travel_csv_from(),
		m.travel_csv_to(),
		m.travel_means(),
		m.travel_minutes(),
		m.travel_km(),
		m.travel_csv_state(),
		m.travel_csv_before(),
		m.travel_note()
	];
	return writeCsv([heads, ...rows], { bom: true, escapeFormulae: true });
}
