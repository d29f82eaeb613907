/** Wounds in words: what they are called, how large, what they look like, and what has become of them. */
import {
	areaMm2,
	centimetres,
	squareCentimetres,
	WOUND_CATEGORIES,
	WOUND_EXUDATES,
	WOUND_ODOURS,
	WOUND_TISSUES,
	type AreaChange,
	type WoundCategory,
	type WoundExudate,
	type WoundOdour,
	type WoundState,
	type WoundTissue
} from '#lib/domain/wounds.ts';
import { m } from '#lib/paraglide/messages.js';

const CATEGORIES: Readonly<Record<WoundCategory, () => string>> = {
	general: m.wounds_category_general,
	pressure: m.wounds_category_pressure,
	incontinence: m.wounds_category_incontinence,
	adhesive: m.wounds_category_adhesive,
	other: m.wounds_category_other
};
const TISSUES: Readonly<Record<WoundTissue, () => string>> = {
	closed: m.wounds_tissue_closed,
	epithelial: m.wounds_tissue_epithelial,
	granulation: m.wounds_tissue_granulation,
	slough: m.wounds_tissue_slough,
	necrotic: m.wounds_tissue_necrotic
};
const EXUDATES: Readonly<Record<WoundExudate, () => string>> = {
	none: m.wounds_exudate_none,
	light: m.wounds_exudate_light,
	moderate: m.wounds_exudate_moderate,
	heavy: m.wounds_exudate_heavy
};
const ODOURS: Readonly<Record<WoundOdour, () => string>> = {
	none: m.wounds_odour_none,
	slight: m.wounds_odour_slight,
	strong: m.wounds_odour_strong
};

interface LookChoice {
	readonly value: string;
	readonly label: string;
}

function choices<Code extends string>(
	codes: readonly Code[],
	words: Readonly<Record<Code, () => string>>
): readonly LookChoice[] {
	return codes.map((value) => ({ value, label: words[value]() }));
}

export const LOOKS = ['category', 'tissue', 'exudate', 'odour'] as const;
export type Look = (typeof LOOKS)[number];

const LOOK_NAMES: Readonly<Record<Look, () => string>> = {
	category: m.wounds_category,
	tissue: m.wounds_tissue,
	exudate: m.wounds_exudate,
	odour: m.wounds_odour
};

export function lookName(look: Look): string {
	return LOOK_NAMES[look]();
}

export function lookChoices(look: Look): readonly LookChoice[] {
	switch (look) {
		case 'category':
			return choices(WOUND_CATEGORIES, CATEGORIES);
		case 'tissue':
			return choices(WOUND_TISSUES, TISSUES);
		case 'exudate':
			return choices(WOUND_EXUDATES, EXUDATES);
		case 'odour':
			return choices(WOUND_ODOURS, ODOURS);
	}
}

/** A code of a later release is said as it stands: better than nothing. Null when nothing was said. */
export function lookWords(look: Look, wound: WoundState | null): string | null {
	const code = wound?.[look];
	if (code === undefined) return null;
	return lookChoices(look).find(({ value }) => value === code)?.label ?? code;
}

/** `3.2 × 2.1 公分`; null unless both were measured. */
export function sizeWords(wound: WoundState | null): string | null {
	const { length_mm: length, width_mm: width } = wound ?? {};
	if (length === undefined || width === undefined) return null;
	return m.wounds_size_value({ length: centimetres(length), width: centimetres(width) });
}

/** `6.7 平方公分`. */
export function areaWords(wound: WoundState | null): string | null {
	const mm2 = areaMm2(wound);
	return mm2 === null ? null : m.wounds_area_value({ area: squareCentimetres(mm2) });
}

export function depthWords(wound: WoundState | null): string | null {
	const depth = wound?.depth_mm;
	return depth === undefined ? null : m.wounds_depth_value({ depth: centimetres(depth) });
}

const COURSES = {
	smaller: m.wounds_smaller,
	same: m.wounds_same,
	larger: m.wounds_larger
} as const;

/** `相隔 14 天，面積小了 32%`. */
export function changeWords({ course, days, percent }: AreaChange): string {
	const apart = days === 0 ? m.wounds_same_day() : m.wounds_apart({ days });
	return COURSES[course]({ apart, percent: Math.abs(percent) });
}
