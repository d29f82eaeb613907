/** The state of the list of care recipients: what is filtered, kept in the address so that a reload and the way back find it again. */
import { replaceState } from '$app/navigation';
import {
	filterToParams,
	NO_FILTER,
	paramsToFilter,
	usesZhuyin,
	type CaseFilter,
	type NameSpeller
} from './case-search.ts';
import { loadNameSpeller } from './name-speller.ts';

export class CaseListState {
	filter = $state.raw<CaseFilter>(NO_FILTER);
	/** Null until somebody has typed Zhuyin. */
	spell = $state.raw<NameSpeller | null>(null);

	constructor(params: URLSearchParams) {
		this.filter = paramsToFilter(params);
		this.#prepareZhuyin();
	}

	set(change: Partial<CaseFilter>): void {
		this.filter = { ...this.filter, ...change };
		replaceState(`?${filterToParams(this.filter).toString()}`, {});
		this.#prepareZhuyin();
	}

	clear(): void {
		this.set(NO_FILTER);
	}

	#prepareZhuyin(): void {
		if (this.spell !== null || !usesZhuyin(this.filter.text)) return;
		void loadNameSpeller().then((spell) => {
			this.spell = spell;
		});
	}
}
