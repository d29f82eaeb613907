/**
 * How far from the house a phone was when a visit began or ended, and what may be said of that. A phone does not know where it is: it knows
 * a circle in which it is (W3C Geolocation: `accuracy` is the radius, metres, at 95 % confidence). Only what holds for the whole circle is claimed.
 */

/** WGS 84, degrees. */
export interface Point {
	readonly latitude: number;
	readonly longitude: number;
}

/** With the radius of the circle around it. Metres. */
export interface Fix extends Point {
	readonly accuracyM: number;
}

/** What is kept of two circles: never where the phone was. Whole metres. */
export interface KeptDistance {
	readonly distance_m: number;
	readonly accuracy_m: number;
}

/** at_house: wherever in the circle. elsewhere: nowhere in the circle is the house. unclear: the circle holds both. */
export type PlaceClaim = 'at_house' | 'elsewhere' | 'unclear';

/** Counts as at the house: yard, lane and the place to park. Others that check the place of a visit take 200 m too (field.md 1, Birdie). */
export const HOUSE_M = 200;
/** Whoever was further away was elsewhere: how far is nobody's business. */
export const FAR_M = 5000;
/** A house's own point is of use up to that; a greater circle would say nothing of a visit. */
export const HOUSE_FIX_M = 100;
/** Kept in steps of so much. */
const STEP_M = 10;
/** Mean radius of the Earth (IUGG), metres. */
const EARTH_M = 6_371_008.8;

/** Along the surface (haversine), metres. */
export function distanceM(a: Point, b: Point): number {
	const [fromLat, toLat] = [radians(a.latitude), radians(b.latitude)];
	const half = (angle: number) => Math.sin(angle / 2) ** 2;
	const h =
		half(toLat - fromLat) +
		Math.cos(fromLat) * Math.cos(toLat) * half(radians(b.longitude - a.longitude));
	return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** What is kept: rounded, and what rounding takes away or adds is counted as inaccuracy, like that of the house's own point. */
export function keptDistance(house: Fix, here: Fix): KeptDistance {
	const distance = distanceM(house, here);
	const rounded = Math.round(distance / STEP_M) * STEP_M;
	const accuracy = house.accuracyM + here.accuracyM + Math.abs(rounded - distance);
	return {
		distance_m: Math.min(rounded, FAR_M),
		accuracy_m: Math.min(Math.max(STEP_M, Math.ceil(accuracy / STEP_M) * STEP_M), FAR_M)
	};
}

/** What may be said of it. */
export function placeClaim({ distance_m, accuracy_m }: KeptDistance): PlaceClaim {
	if (distance_m + accuracy_m <= HOUSE_M) return 'at_house';
	return distance_m - accuracy_m > HOUSE_M ? 'elsewhere' : 'unclear';
}

function radians(degrees: number): number {
	return (degrees * Math.PI) / 180;
}
