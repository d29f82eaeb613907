/** A wound as it is entered with its picture: which one it is, how large, what it looks like. */
import { readCentimetres, woundKey, type Wound, type WoundState } from '#lib/domain/wounds.ts';
import { LOOKS, type Look } from './wound-words.ts';

/** Which wound: the only one of its place has no name. */
export interface WoundRef {
	readonly site: string;
	readonly label: string | null;
}

/** Stands for a wound of this place that has no picture yet. */
export const ANOTHER = 'another';

export interface TypedWound extends Record<Look, string> {
	/** Code of domain/body-sites.ts; '' nothing chosen. */
	site: string;
	/** Key of a wound that is known, ANOTHER, or '' nothing chosen. */
	which: string;
	/** Of another one. */
	label: string;
	/** Centimetres, as typed. */
	length: string;
	width: string;
	depth: string;
}

export type WoundProblem =
	'site' | 'which' | 'label' | 'label_taken' | 'length' | 'width' | 'depth' | 'both';

type Known = Pick<Wound<unknown>, 'site' | 'label'>;

export function newWound(about: WoundRef | null): TypedWound {
	return {
		site: about?.site ?? '',
		which: about ? keyOf(about) : '',
		label: '',
		length: '',
		width: '',
		depth: '',
		category: '',
		tissue: '',
		exudate: '',
		odour: ''
	};
}

export function keyOf({ site, label }: Known): string {
	return woundKey({ body_site: site, wound: label === null ? null : { label } });
}

/** Of the place that was chosen. */
export function knownThere<Each extends Known>(known: readonly Each[], site: string): Each[] {
	return known.filter((wound) => wound.site === site);
}

/** @param known every wound of the person */
export function woundProblems(typed: TypedWound, known: readonly Known[]): WoundProblem[] {
	if (typed.site === '') return ['site'];
	const there = knownThere(known, typed.site);
	const problems: WoundProblem[] = [];
	if (there.length > 0 && typed.which === '') problems.push('which');
	if (there.length > 0 && typed.which === ANOTHER) {
		const key = keyOf({ site: typed.site, label: typed.label });
		if (typed.label.trim() === '') problems.push('label');
		else if (there.some((wound) => keyOf(wound) === key)) problems.push('label_taken');
	}
	for (const side of ['length', 'width', 'depth'] as const)
		if (typed[side].trim() !== '' && readCentimetres(typed[side]) === null) problems.push(side);
	if ((typed.length.trim() === '') !== (typed.width.trim() === '')) problems.push('both');
	return problems;
}

/** Only what was said; null when nothing was. Call it when there are no problems. */
export function woundState(typed: TypedWound, known: readonly Known[]): WoundState | null {
	const there = knownThere(known, typed.site);
	const chosen = there.find((wound) => keyOf(wound) === typed.which);
	const label = there.length > 0 && typed.which === ANOTHER ? typed.label.trim() : chosen?.label;
	const sides = {
		length_mm: readCentimetres(typed.length),
		width_mm: readCentimetres(typed.width),
		depth_mm: readCentimetres(typed.depth)
	};
	const looks = LOOKS.map((look) => [look, typed[look]] as const);
	const said = [['label', label ?? ''] as const, ...Object.entries(sides), ...looks].filter(
		([, value]) => value !== null && value !== ''
	);
	// The names are those of WoundState by what they are made of.
	return said.length === 0 ? null : (Object.fromEntries(said) as WoundState);
}
