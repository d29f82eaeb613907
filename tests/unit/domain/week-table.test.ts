/** The weekly care table: who comes when, by Taipei day and time. */
import { expect, test } from 'vitest';
import { weekTable } from '#lib/domain/week-table.ts';
import { aVisit } from '../../fixtures/builders.ts';

const MONDAY = '2026-11-16';
const at = (id: string, starts_at: string, part: Parameters<typeof aVisit>[0] = {}) =>
	aVisit({ id, starts_at, ...part });

test('a visit stands in the column of its Taipei day and the row of its time; the rows are in order', () => {
	const { days, rows } = weekTable(
		[
			at('late', '2026-11-18T06:00:00.000Z'),
			// 00:30 on Tuesday in Taipei.
			at('night', '2026-11-16T16:30:00.000Z'),
			at('early', '2026-11-18T00:30:00.000Z'),
			at('together', '2026-11-18T00:30:00.000Z')
		],
		MONDAY
	);
	expect([days[0], days[6]]).toEqual([MONDAY, '2026-11-22']);
	expect(
		rows.map(({ time, cells }) => [time, cells.map((cell) => cell.map(({ id }) => id).join('+'))])
	).toEqual([
		['00:30', ['', 'night', '', '', '', '', '']],
		['08:30', ['', '', 'early+together', '', '', '', '']],
		['14:00', ['', '', 'late', '', '', '', '']]
	]);
});

test('who does not come does not stand there: another week, and what was cancelled; a missed visit does', () => {
	const { rows } = weekTable(
		[
			at('before', '2026-11-15T15:59:00.000Z'),
			at('after', '2026-11-22T16:00:00.000Z'),
			at('cancelled', '2026-11-18T01:00:00.000Z', { status: 'cancelled' }),
			at('missed', '2026-11-18T01:00:00.000Z', { status: 'missed' })
		],
		MONDAY
	);
	expect(rows.flatMap(({ cells }) => cells.flat().map(({ id }) => id))).toEqual(['missed']);
});
