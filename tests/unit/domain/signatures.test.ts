/** Lines drawn with a finger: small enough to travel as a row, and still the same lines. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDrawn, packStrokes, SIGNATURE_BOX, type Point } from '#lib/domain/signatures.ts';

/** As the constraint of the table has it. */
const ACCEPTED = /^(M\d{1,4} \d{1,4}(l-?\d{1,4} -?\d{1,4}( -?\d{1,4} -?\d{1,4})*)?)+$/;

const point = fc.tuple(
	fc.double({ min: -50, max: 1100, noNaN: true }),
	fc.double({ min: -50, max: 600, noNaN: true })
);
const strokes = fc.array(fc.array(point, { minLength: 1, maxLength: 60 }), {
	minLength: 1,
	maxLength: 40
});

/** The corners of packed lines, stroke by stroke. */
function unpack(packed: string): Point[][] {
	return packed
		.split('M')
		.slice(1)
		.map((part) => {
			const [start = '', steps = ''] = part.split('l');
			const [x = 0, y = 0] = start.split(' ').map(Number);
			const numbers = steps.split(' ').map(Number);
			const points: [number, number][] = [[x, y]];
			for (let at = 0; at + 1 < numbers.length; at += 2) {
				const [px, py] = points.at(-1) ?? [0, 0];
				points.push([px + (numbers[at] ?? 0), py + (numbers[at + 1] ?? 0)]);
			}
			return points;
		});
}

describe('packed lines', () => {
	test('are what the server takes, whatever the finger does', () => {
		fc.assert(
			fc.property(strokes, (drawn) => {
				const packed = packStrokes(drawn);
				expect(packed).toMatch(ACCEPTED);
				expect(packed.length).toBeLessThanOrEqual(8000);
				for (const [x, y] of unpack(packed).flat()) {
					expect(x).toBeGreaterThanOrEqual(0);
					expect(x).toBeLessThanOrEqual(SIGNATURE_BOX.width);
					expect(y).toBeGreaterThanOrEqual(0);
					expect(y).toBeLessThanOrEqual(SIGNATURE_BOX.height);
				}
			})
		);
	});

	test('keep each stroke, its ends and its corners', () => {
		const drawn: Point[][] = [
			[
				[100, 100],
				[150, 100],
				[200, 100],
				[200, 300]
			],
			[[400, 50]]
		];
		expect(packStrokes(drawn)).toBe('M100 100l100 0 0 200M400 50l0 0');
		expect(unpack(packStrokes(drawn))).toEqual([
			[
				[100, 100],
				[200, 100],
				[200, 300]
			],
			[
				[400, 50],
				[400, 50]
			]
		]);
	});

	test('keep the way out of a finger that goes back on its way', () => {
		expect(
			packStrokes([
				[
					[0, 0],
					[100, 0],
					[50, 0]
				]
			])
		).toBe('M0 0l100 0 -50 0');
	});

	test('stay close to a curve of hundreds of points and need few of them', () => {
		const curve: Point[] = Array.from({ length: 400 }, (_, step) => [
			100 + 2 * step,
			250 + 150 * Math.sin(step / 30)
		]);
		const [kept = []] = unpack(packStrokes([curve]));
		expect(kept.length).toBeLessThan(80);
		for (const [x, y] of curve) {
			const nearest = Math.min(
				...kept.slice(1).map((end, index) => away([x, y], kept[index] ?? end, end))
			);
			expect(nearest).toBeLessThan(3);
		}
	});

	test('of a hand that never rests are made coarser until they fit', () => {
		const scribble: Point[][] = Array.from({ length: 60 }, (_, stroke) =>
			Array.from({ length: 120 }, (_, step) => [
				(step * 97 + stroke * 13) % 1000,
				(step * 61 + stroke * 29) % 500
			])
		);
		const packed = packStrokes(scribble);
		expect(packed.length).toBeLessThanOrEqual(8000);
		expect(packed).toMatch(ACCEPTED);
	});
});

test('a dot is no signature, a line is', () => {
	expect(isDrawn([])).toBe(false);
	expect(
		isDrawn([
			[
				[5, 5],
				[6, 6],
				[7, 7]
			]
		])
	).toBe(false);
	expect(
		isDrawn([
			[
				[5, 5],
				[60, 6],
				[90, 40]
			]
		])
	).toBe(true);
});

/** From a point to a piece of line. */
function away([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
	const length2 = (x2 - x1) ** 2 + (y2 - y1) ** 2;
	const along = length2 === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length2;
	const t = Math.min(1, Math.max(0, along));
	return Math.hypot(x - (x1 + t * (x2 - x1)), y - (y1 + t * (y2 - y1)));
}
