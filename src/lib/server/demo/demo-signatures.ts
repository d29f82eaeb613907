/** Signatures under the demo's records of the last two weeks: most were signed at the bedside, of some it says why not, a few are missing. */
import { packStrokes, SIGNATURE_BOX, type Point } from '#lib/domain/signatures.ts';
import type { Circle } from './demo-events.ts';
import { demoId, plusMinutes, written, type DemoRow } from './demo-rows.ts';

const DAYS = 14;
const DAY_MINUTES = 24 * 60;

/** Lines of nobody's name. */
const LINES = packStrokes([
	Array.from({ length: 60 }, (_, step): Point => [
		150 + step * 11,
		SIGNATURE_BOX.height / 2 + 120 * Math.sin(step / 4) * (1 - step / 80)
	])
]);

export function demoSignatures(
	circles: readonly Circle[],
	records: readonly DemoRow<'visit_records'>[],
	now: string
): DemoRow<'record_signatures'>[] {
	const nameOf = new Map(circles.map(({ one }) => [demoId('case', one.key), one.name]));
	const since = plusMinutes(now, -DAYS * DAY_MINUTES);
	return records
		.filter(({ recorded_at }) => (recorded_at ?? '') >= since)
		.flatMap((record, index): DemoRow<'record_signatures'>[] => {
			const name = nameOf.get(record.case_id ?? '');
			if (name === undefined || index % 8 === 7) return [];
			const row = {
				id: demoId('signature', record.id),
				case_id: record.case_id,
				record_id: record.id,
				author_name: record.author_name,
				...written(record.created_by ?? '', record.recorded_at ?? now)
			};
			return index % 8 === 6
				? [{ ...row, kind: 'unsigned', reason: 'unwell' }]
				: [
						{
							...row,
							kind: 'drawn',
							signer_name: name,
							relation: 'self',
							statement: '我看過這次的服務紀錄，內容與實際服務相符。',
							strokes: LINES
						}
					];
		});
}
