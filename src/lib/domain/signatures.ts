/** Signatures under a visit record: lines drawn with a finger as compact data, and why nobody signed. */
import type { SignerRelation } from './record-rows.ts';

export const SIGNER_RELATIONS = [
	'self',
	'family',
	'guardian',
	'caregiver',
	'other'
] as const satisfies readonly SignerRelation[];

/** Why a record stands without a signature; `other` needs a word. */
export const UNSIGNED_REASONS = [
	'hands',
	'understanding',
	'unwell',
	'nobody_home',
	'refused',
	'other'
] as const;
export type UnsignedReason = (typeof UNSIGNED_REASONS)[number];

export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

/** The paper, in units of its own; a pad of any size is drawn on it. */
export const SIGNATURE_BOX = { width: 1000, height: 500 } as const;
/** Of the packed lines; the server takes no more (migration 20261123000300). */
const MOST_CHARACTERS = 8000;
/** How far, in units of the box, a left-out point may lie beside the line: less than the line is thick. */
const FINEST = 1.5;

/** Path data of an SVG: `M x y` where the finger came down, `l` and steps where it went. Points that say nothing are left out. */
export function packStrokes(strokes: readonly Stroke[]): string {
	const drawn = strokes.filter((stroke) => stroke.length > 0).map(onPaper);
	let tolerance = FINEST;
	let packed = pack(drawn, tolerance);
	while (packed.length > MOST_CHARACTERS && tolerance < SIGNATURE_BOX.width) {
		tolerance *= 2;
		packed = pack(drawn, tolerance);
	}
	return packed.length > MOST_CHARACTERS ? pack(drawn.slice(0, 1), tolerance) : packed;
}

/** Whether something was drawn that can be seen: more than a dot. */
export function isDrawn(strokes: readonly Stroke[]): boolean {
	const points = strokes.flat();
	const spread = (of: (point: Point) => number) =>
		Math.max(...points.map(of)) - Math.min(...points.map(of));
	return (
		points.length > 2 &&
		Math.max(
			spread(([x]) => x),
			spread(([, y]) => y)
		) >= 40
	);
}

function onPaper(stroke: Stroke): Stroke {
	const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
	return stroke.map(([x, y]) => [within(x, SIGNATURE_BOX.width), within(y, SIGNATURE_BOX.height)]);
}

function pack(strokes: readonly Stroke[], tolerance: number): string {
	return strokes
		.map((stroke) => {
			const points = simplified(stroke, tolerance);
			const [first = [0, 0] as const, ...rest] = points;
			let [x, y] = first;
			const steps = rest.map((point) => {
				const step = `${point[0] - x} ${point[1] - y}`;
				[x, y] = point;
				return step;
			});
			return `M${first[0]} ${first[1]}l${steps.join(' ') || '0 0'}`;
		})
		.join('');
}

/** Without the points that lie within `tolerance` of the line between those that stay (Ramer, Douglas and Peucker's way). */
function simplified(stroke: Stroke, tolerance: number): Stroke {
	const first = stroke[0];
	const last = stroke.at(-1);
	if (first === undefined || last === undefined || stroke.length < 3) return stroke;
	let farthest = 0;
	let distance = 0;
	stroke.forEach((point, index) => {
		const away = distanceToPiece(point, first, last);
		if (away > distance) [farthest, distance] = [index, away];
	});
	if (distance <= tolerance) return [first, last];
	return [
		...simplified(stroke.slice(0, farthest + 1), tolerance).slice(0, -1),
		...simplified(stroke.slice(farthest), tolerance)
	];
}

/** To the piece of line between two points: a finger that goes back on its way has been farther. */
function distanceToPiece([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
	const [dx, dy] = [x2 - x1, y2 - y1];
	const squared = dx * dx + dy * dy;
	const along = squared === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / squared;
	const within = Math.min(1, Math.max(0, along));
	return Math.hypot(x - (x1 + within * dx), y - (y1 + within * dy));
}
