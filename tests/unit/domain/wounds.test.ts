/** Wounds over time: which pictures belong together, how large a wound is, and what has become of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	areaChange,
	areaMm2,
	areasOf,
	centimetres,
	goalChange,
	MOST_WOUND_MM,
	readCentimetres,
	squareCentimetres,
	woundsOf,
	type WoundState
} from '#lib/domain/wounds.ts';
import { aRow } from '../../fixtures/builders.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-10-01T01:00:00.000Z');
const onDay = (day: number) => new Date(START_MS + day * DAY_MS).toISOString();

function picture(day: number, site: string, wound: WoundState | null = null) {
	return aRow('attachments', { kind: 'wound', body_site: site, wound, taken_at: onDay(day) });
}
const groups = (rows: readonly ReturnType<typeof picture>[]) =>
	woundsOf(rows, (row) => row).map(({ site, label, pictures }) => [site, label, pictures.length]);

describe('pictures of one wound', () => {
	test('are those of one place and name; photos and papers are none', () => {
		const rows = [
			picture(1, 'sacrum'),
			picture(3, 'heel_left'),
			picture(2, 'sacrum'),
			{ ...picture(4, 'sacrum'), kind: 'photo' as const }
		];
		expect(groups(rows)).toEqual([
			['heel_left', null, 1],
			['sacrum', null, 2]
		]);
	});

	test('are told apart by name in one place, however the name was written', () => {
		const rows = [
			picture(1, 'leg_left', { label: '上面' }),
			picture(2, 'leg_left', { label: ' 上 面 ' }),
			picture(3, 'leg_left', { label: 'Ａ' }),
			picture(4, 'leg_left', { label: 'a' }),
			picture(5, 'leg_left')
		];
		expect(groups(rows)).toEqual([
			['leg_left', null, 1],
			['leg_left', 'a', 2],
			['leg_left', '上 面', 2]
		]);
	});

	test('all stand somewhere once, oldest first, and the wound pictured last is first', () => {
		const sites = fc.constantFrom('sacrum', 'back', 'head');
		const labels = fc.constantFrom(undefined, 'a', 'b');
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), sites, labels), { maxLength: 20 }),
				(made) => {
					const rows = made.map(([day, site, label]) =>
						picture(day, site, label === undefined ? null : { label })
					);
					const wounds = woundsOf(rows, (row) => row);
					const all = wounds.flatMap(({ pictures }) => pictures);
					expect(all.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
					for (const { pictures } of wounds)
						expect(pictures).toEqual(
							pictures.toSorted(
								(a, b) => a.taken_at.localeCompare(b.taken_at) || a.id.localeCompare(b.id)
							)
						);
					const lasts = wounds.map(({ pictures }) => pictures.at(-1)?.taken_at ?? '');
					expect(lasts).toEqual(lasts.toSorted().reverse());
				}
			)
		);
	});
});

describe('the area', () => {
	test('is length times width, where both were measured', () => {
		expect(areaMm2({ length_mm: 32, width_mm: 21 })).toBe(672);
		expect(areaMm2({ length_mm: 32 })).toBeNull();
		expect(areaMm2(null)).toBeNull();
		expect(squareCentimetres(672)).toBe('6.7');
		expect(squareCentimetres(600)).toBe('6');
	});

	const area = (day: number, mm2: number) => ({ atMs: START_MS + day * DAY_MS, mm2 });

	test('becomes smaller or larger; what two people measure differently is the same', () => {
		expect(areaChange(area(0, 1000), area(14, 680))).toEqual({
			days: 14,
			percent: -32,
			course: 'smaller'
		});
		expect(areaChange(area(0, 1000), area(3, 1300))?.course).toBe('larger');
		expect(areaChange(area(0, 1000), area(3, 1090))?.course).toBe('same');
		expect(areaChange(area(0, 1000), area(3, 910))?.course).toBe('same');
	});

	test('needs two to change', () => {
		const only = area(0, 1000);
		expect(areaChange(only, only)).toBeNull();
		expect(areaChange(undefined, only)).toBeNull();
	});

	test('over four weeks is told from the last picture that is four weeks older than the newest', () => {
		const areas = [area(0, 2000), area(5, 1000), area(20, 900), area(33, 650)];
		expect(goalChange(areas)).toMatchObject({ days: 28, percent: -35 });
		expect(goalChange(areas.slice(2)), 'not four weeks yet').toBeNull();
		expect(goalChange([])).toBeNull();
	});

	test('of pictures that were not measured is left out', () => {
		const rows = [
			picture(0, 'back', { length_mm: 10, width_mm: 10 }),
			picture(1, 'back'),
			picture(2, 'back', { length_mm: 5, width_mm: 10 })
		];
		expect(areasOf(rows).map(({ mm2 }) => mm2)).toEqual([100, 50]);
	});
});

describe('centimetres as typed', () => {
	test.each([
		['3.2', 32],
		['3,2', 32],
		['３．２', 32],
		['3', 30],
		['3.25', 33],
		[' 12.5 cm', 125],
		['4公分', 40],
		['50', 500]
	])('%s is %i mm', (typed, millimetres) => {
		expect(readCentimetres(typed)).toBe(millimetres);
	});

	test.each(['', '0', '0.04', '50.1', '三', '-3', '1e1', '3.2.1', '123'])(
		'%j is no size',
		(typed) => {
			expect(readCentimetres(typed)).toBeNull();
		}
	);

	test('say the same again', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: MOST_WOUND_MM }), (millimetres) => {
				expect(readCentimetres(centimetres(millimetres))).toBe(millimetres);
			})
		);
	});
});
