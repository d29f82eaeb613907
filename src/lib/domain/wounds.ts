/**
 * Wounds over time: which pictures show the same wound, what was seen of it each time, and whether it becomes smaller. What is asked
 * is what the PUSH tool of the National Pressure Injury Advisory Panel rates (length × width, exudate, tissue) beside the kinds of skin damage
 * of the ministry's home-nursing forms; no score is made of it, and depth is what the care record asks for (WoundRecords).
 */
import type { AttachmentRow } from './photo-rows.ts';

export const WOUND_CATEGORIES = [
	'general',
	'pressure',
	'incontinence',
	'adhesive',
	'other'
] as const;
/** From healed to dead. */
export const WOUND_TISSUES = ['closed', 'epithelial', 'granulation', 'slough', 'necrotic'] as const;
export const WOUND_EXUDATES = ['none', 'light', 'moderate', 'heavy'] as const;
export const WOUND_ODOURS = ['none', 'slight', 'strong'] as const;

export type WoundCategory = (typeof WOUND_CATEGORIES)[number];
export type WoundTissue = (typeof WOUND_TISSUES)[number];
export type WoundExudate = (typeof WOUND_EXUDATES)[number];
export type WoundOdour = (typeof WOUND_ODOURS)[number];

/** What was seen of a wound on the day of its picture; what was not said is left out. Codes may be those of a later release. */
export interface WoundState {
	/** Tells two wounds of one place apart, in the words of who takes the pictures. */
	readonly label?: string;
	/** Millimetres. */
	readonly length_mm?: number;
	readonly width_mm?: number;
	readonly depth_mm?: number;
	readonly category?: string;
	readonly tissue?: string;
	readonly exudate?: string;
	readonly odour?: string;
}

/** The longest side that is taken, millimetres: larger is a slip of the keys. */
export const MOST_WOUND_MM = 500;
/** 傷口面積 4 週縮小 30 %: the usual short-term goal of a care plan for a wound (problem 21). */
const GOAL_DAYS = 28;

type Shown = Pick<AttachmentRow, 'id' | 'kind' | 'body_site' | 'wound' | 'taken_at'>;

/** One wound with its pictures. */
export interface Wound<Picture> {
	/** Unknown places are one place. */
	readonly site: string;
	/** Null: the only one of its place, or the one that nobody named. */
	readonly label: string | null;
	/** Oldest first; one at least. */
	readonly pictures: readonly Picture[];
}

/** Same place and same name: one wound, however the name was spaced or written in capitals. */
export function woundKey({ body_site, wound }: Pick<Shown, 'body_site' | 'wound'>): string {
	const label = (wound?.label ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase();
	return `${body_site ?? 'other'} ${label}`;
}

/** The wounds of these pictures, the one pictured last first. @param rowOf the row of a picture */
export function woundsOf<Picture>(
	pictures: readonly Picture[],
	rowOf: (picture: Picture) => Shown
): Wound<Picture>[] {
	const byKey = new Map<string, Picture[]>();
	const inOrder = pictures
		.filter((picture) => rowOf(picture).kind === 'wound')
		.sort((a, b) => compareInstants(rowOf(a), rowOf(b)));
	for (const picture of inOrder) {
		const key = woundKey(rowOf(picture));
		byKey.set(key, [...(byKey.get(key) ?? []), picture]);
	}
	const last = (list: readonly Picture[]) => list.slice(-1).map(rowOf)[0];
	return [...byKey.values()]
		.sort((a, b) => {
			const [one, other] = [last(a), last(b)];
			return one && other ? compareInstants(other, one) : 0;
		})
		.map((list) => {
			const row = last(list);
			return {
				site: row?.body_site ?? 'other',
				label: row?.wound?.label?.trim() || null,
				pictures: list
			};
		});
}

function compareInstants(a: Shown, b: Shown): number {
	return Date.parse(a.taken_at) - Date.parse(b.taken_at) || a.id.localeCompare(b.id);
}

/** Length × width in square millimetres; null unless both were measured. */
export function areaMm2(wound: WoundState | null): number | null {
	const { length_mm: length, width_mm: width } = wound ?? {};
	return length === undefined || width === undefined ? null : length * width;
}

export interface AreaPoint {
	/** Epoch milliseconds. */
	readonly atMs: number;
	readonly mm2: number;
}

/** The areas that were measured, in the order of the pictures. */
export function areasOf(rows: readonly Pick<Shown, 'wound' | 'taken_at'>[]): AreaPoint[] {
	return rows.flatMap(({ wound, taken_at }) => {
		const mm2 = areaMm2(wound);
		return mm2 === null ? [] : [{ atMs: Date.parse(taken_at), mm2 }];
	});
}

export interface AreaChange {
	/** Whole days between the two. */
	readonly days: number;
	/** Whole percent of the earlier area: −32 is a third smaller. */
	readonly percent: number;
	/** less than ten percent is within what two people measure differently: same */
	readonly course: 'smaller' | 'same' | 'larger';
}

const DAY_MS = 86_400_000;
const NOISE_PERCENT = 10;

/** From one measured area to a later one; null where there are no two. */
export function areaChange(
	from: AreaPoint | undefined,
	to: AreaPoint | undefined
): AreaChange | null {
	if (!from || !to || from === to || from.mm2 <= 0) return null;
	const percent = Math.round(((to.mm2 - from.mm2) / from.mm2) * 100);
	const course = Math.abs(percent) < NOISE_PERCENT ? 'same' : percent < 0 ? 'smaller' : 'larger';
	return { days: Math.round(Math.abs(to.atMs - from.atMs) / DAY_MS), percent, course };
}

/**
 * Over four weeks, as the goal of a care plan is worded: from the latest area that is at least that old to the newest. Null as long as
 * there is none.
 */
export function goalChange(areas: readonly AreaPoint[]): AreaChange | null {
	const newest = areas.at(-1);
	if (!newest) return null;
	const before = areas.findLast(({ atMs }) => newest.atMs - atMs >= GOAL_DAYS * DAY_MS);
	return areaChange(before, newest);
}

/** `3.2`, `3,2 cm`, `３．２` → 32; null for what is no size, and for more than a person has. */
export function readCentimetres(text: string): number | null {
	const typed = text
		.normalize('NFKC')
		.trim()
		.replace(/\s*(cm|公分)$/i, '')
		.replace(',', '.');
	if (!/^\d{1,2}(\.\d{0,2})?$/.test(typed)) return null;
	const millimetres = Math.round(Number(typed) * 10);
	return millimetres >= 1 && millimetres <= MOST_WOUND_MM ? millimetres : null;
}

/** 32 → `3.2`, 30 → `3`. */
export function centimetres(millimetres: number): string {
	return String(millimetres / 10);
}

/** 672 → `6.7`: square centimetres, one digit after the point. */
export function squareCentimetres(mm2: number): string {
	return String(Math.round(mm2 / 10) / 10);
}
