/** Finding people by what somebody types: a piece of the name, village or phone number, or the name's Zhuyin initials. */
import type { CaseListItem } from '#lib/db/queries/cases.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import type { CaseStatus } from '#lib/domain/rows.ts';
import { foldText } from '#lib/domain/text.ts';

export interface CaseFilter {
	readonly text: string;
	/** Only people in whose circle I stand. */
	readonly mine: boolean;
	/** Only people with an open emergency. */
	readonly emergency: boolean;
	/** '' = any. */
	readonly village: string;
	/** 1–8; null = any. */
	readonly cmsLevel: number | null;
	/** '' = any. */
	readonly status: CaseStatus | '';
}

export const NO_FILTER: CaseFilter = {
	text: '',
	mine: false,
	emergency: false,
	village: '',
	cmsLevel: null,
	status: 'active'
};

/** The words under which a name is found by Zhuyin initials, from domain/zhuyin.ts; null until that table has been loaded. */
export type NameSpeller = (name: string) => readonly string[];

const ZHUYIN = /^\p{Script=Bopomofo}+$/u;

export function usesZhuyin(text: string): boolean {
	return words(text).some((word) => ZHUYIN.test(word));
}

/** All words must be found; the order of the items is kept. */
export function filterCases(
	items: readonly CaseListItem[],
	filter: CaseFilter,
	spell: NameSpeller | null
): CaseListItem[] {
	const wanted = words(filter.text);
	return items.filter(
		(item) =>
			(!filter.mine || item.isMine) &&
			(!filter.emergency || item.openSeverity !== 'none') &&
			(filter.village === '' || item.person.village === filter.village) &&
			(filter.cmsLevel === null || item.person.cms_level === filter.cmsLevel) &&
			(filter.status === '' || item.person.status === filter.status) &&
			wanted.every((word) => isFound(word, item, spell))
	);
}

/** How many of the filters behind the button are set, beside the words and the two chips. */
export function hiddenFilterCount(filter: CaseFilter): number {
	return (
		Number(filter.village !== '') +
		Number(filter.cmsLevel !== null) +
		Number(filter.status !== NO_FILTER.status)
	);
}

/** In the order of the collation of Taiwan; each once. */
export function villagesOf(items: readonly CaseListItem[]): string[] {
	const villages = new Set(items.flatMap(({ person }) => person.village ?? []));
	return [...villages].sort(compareNames);
}

export function filterToParams(filter: CaseFilter): URLSearchParams {
	const params = new URLSearchParams();
	if (filter.text) params.set('q', filter.text);
	if (filter.mine) params.set('mine', '1');
	if (filter.emergency) params.set('emergency', '1');
	if (filter.village) params.set('village', filter.village);
	if (filter.cmsLevel !== null) params.set('cms', String(filter.cmsLevel));
	if (filter.status !== NO_FILTER.status) params.set('status', filter.status || 'any');
	return params;
}

/** An address typed or shared by somebody: what it does not say, or says wrongly, is as if unset. */
export function paramsToFilter(params: URLSearchParams): CaseFilter {
	const cms = Number(params.get('cms'));
	return {
		text: params.get('q') ?? '',
		mine: params.get('mine') === '1',
		emergency: params.get('emergency') === '1',
		village: params.get('village') ?? '',
		cmsLevel: Number.isInteger(cms) && cms >= 1 && cms <= 8 ? cms : null,
		status: statusOf(params.get('status'))
	};
}

function statusOf(word: string | null): CaseFilter['status'] {
	if (word === 'suspended' || word === 'closed') return word;
	return word === 'any' ? '' : NO_FILTER.status;
}

function isFound(word: string, { person }: CaseListItem, spell: NameSpeller | null): boolean {
	if (ZHUYIN.test(word)) {
		return spell !== null && spell(person.name).some((spelling) => spelling.startsWith(word));
	}
	if (foldText(person.name).includes(word)) return true;
	if (person.village !== null && foldText(person.village).includes(word)) return true;
	const digits = word.replace(/\D/g, '');
	return digits.length >= 3 && (person.phone ?? '').replace(/\D/g, '').includes(digits);
}

function words(text: string): string[] {
	return foldText(text).split(/\s+/).filter(Boolean);
}
