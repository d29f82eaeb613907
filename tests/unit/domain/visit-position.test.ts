/** How far from the house: only what holds for every place where the phone and the house can be is claimed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	distanceM,
	FAR_M,
	HOUSE_M,
	keptDistance,
	placeClaim,
	type Fix,
	type Point
} from '#lib/domain/visit-position.ts';

const METRES_A_DEGREE = 111_195;

/** Somewhere on Earth where no journey crosses the date line or a pole. */
const aPoint: fc.Arbitrary<Point> = fc.record({
	latitude: fc.double({ min: -60, max: 60, noNaN: true }),
	longitude: fc.double({ min: -170, max: 170, noNaN: true })
});
/** So many metres away, in a direction of the compass (radians). */
function beside({ latitude, longitude }: Point, metres: number, direction: number): Point {
	const north = (metres * Math.cos(direction)) / METRES_A_DEGREE;
	const east = (metres * Math.sin(direction)) / METRES_A_DEGREE;
	return {
		latitude: latitude + north,
		longitude: longitude + east / Math.cos((latitude * Math.PI) / 180)
	};
}
const aDirection = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
/** What a phone says of a place: a circle that the place lies in. */
const aMiss = fc.record({
	accuracyM: fc.double({ min: 1, max: 3000, noNaN: true }),
	part: fc.double({ min: 0, max: 0.99, noNaN: true }),
	direction: aDirection
});
function seen(
	place: Point,
	{ accuracyM, part, direction }: Omit<Fix, keyof Point> & { part: number; direction: number }
): Fix {
	return { ...beside(place, accuracyM * part, direction), accuracyM };
}

describe('the distance', () => {
	test('of known places: a degree along a meridian, Taipei 101 to Kaohsiung 85', () => {
		expect(
			distanceM({ latitude: 23, longitude: 121 }, { latitude: 24, longitude: 121 })
		).toBeCloseTo(METRES_A_DEGREE, -1);
		const taipei = { latitude: 25.0339, longitude: 121.5645 };
		const kaohsiung = { latitude: 22.6117, longitude: 120.3003 };
		expect(Math.round(distanceM(taipei, kaohsiung) / 1000)).toBe(298);
	});

	test('is none to itself, the same both ways, and no detour is shorter', () => {
		fc.assert(
			fc.property(aPoint, aPoint, aPoint, (a, b, c) => {
				expect(distanceM(a, a)).toBe(0);
				expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 3);
				expect(distanceM(a, b)).toBeLessThanOrEqual(distanceM(a, c) + distanceM(c, b) + 0.01);
			})
		);
	});

	test('of opposite ends of the Earth is a number', () => {
		expect(
			distanceM({ latitude: 23.5, longitude: 121 }, { latitude: -23.5, longitude: -59 })
		).toBeCloseTo(Math.PI * 6_371_008.8, -1);
	});
});

describe('what is claimed', () => {
	test('holds wherever in their circles the phone and the house are', () => {
		const claims = new Set<string>();
		fc.assert(
			fc.property(
				aPoint,
				fc.oneof(
					fc.double({ min: 0, max: 400, noNaN: true }),
					fc.double({ min: 0, max: 20_000, noNaN: true })
				),
				aDirection,
				aMiss,
				aMiss,
				(house, metres, direction, houseMiss, phoneMiss) => {
					const phone = beside(house, metres, direction);
					const really = distanceM(house, phone);
					const kept = keptDistance(
						seen(house, { ...houseMiss, accuracyM: 1 + houseMiss.accuracyM / 30 }),
						seen(phone, phoneMiss)
					);
					const claim = placeClaim(kept);
					claims.add(claim);
					if (claim === 'at_house') expect(really).toBeLessThanOrEqual(HOUSE_M);
					if (claim === 'elsewhere') expect(really).toBeGreaterThan(HOUSE_M);
				}
			),
			{ numRuns: 3000 }
		);
		expect([...claims].sort()).toEqual(['at_house', 'elsewhere', 'unclear']);
	});

	test('is nothing when the circle holds both', () => {
		expect(placeClaim({ distance_m: 400, accuracy_m: 500 })).toBe('unclear');
		expect(placeClaim({ distance_m: 0, accuracy_m: HOUSE_M })).toBe('at_house');
		expect(placeClaim({ distance_m: 10, accuracy_m: HOUSE_M })).toBe('unclear');
		expect(placeClaim({ distance_m: 400, accuracy_m: 190 })).toBe('elsewhere');
	});
});

test('what is kept is rounded and ends at five kilometres, so that it never says where somebody was', () => {
	fc.assert(
		fc.property(aPoint, aPoint, aMiss, aMiss, (house, here, a, b) => {
			const kept = keptDistance(
				{ ...house, accuracyM: a.accuracyM },
				{ ...here, accuracyM: b.accuracyM }
			);
			for (const metres of [kept.distance_m, kept.accuracy_m]) {
				expect(metres % 10).toBe(0);
				expect(metres).toBeLessThanOrEqual(FAR_M);
			}
			expect(kept.distance_m).toBeGreaterThanOrEqual(0);
			expect(kept.accuracy_m).toBeGreaterThanOrEqual(10);
		})
	);
	const house = { latitude: 24, longitude: 121, accuracyM: 12 };
	expect(keptDistance(house, { ...beside(house, 43, 0), accuracyM: 30 })).toEqual({
		distance_m: 40,
		accuracy_m: 50
	});
	expect(keptDistance(house, { ...beside(house, 80_000, 0), accuracyM: 30 }).distance_m).toBe(
		FAR_M
	);
});
