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
import { afterPaint } from '#lib/ui/after-paint.ts';
import { loadNameSpeller } from './name-speller.ts';

export class CaseListState {
	filter = $state.raw<CaseFilter>(NO_FILTER);
	/** Null until somebody has typed Zhuyin. */
	spell = $state.raw<NameSpeller | null>(null);

	/** The address follows the list: every letter typed would otherwise wait for it. */
	#cancelAddress: () => void = () => undefined;

	constructor(params: URLSearchParams) {
		this.filter = paramsToFilter(params);
		this.#prepareZhuyin();
	}

	set(change: Partial<CaseFilter>): void {
		this.filter = { ...this.filter, ...change };
		this.#cancelAddress();
		this.#cancelAddress = afterPaint(() => {
			replaceState(`?${filterToParams(this.filter).toString()}`, {});
		});
		this.#prepareZhuyin();
	}

	/** The list is left: its address is no longer the page's. */
	leave(): void {
		this.#cancelAddress();
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
