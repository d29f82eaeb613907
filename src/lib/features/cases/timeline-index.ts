/** Searching a timeline: an index of pairs of characters, made on the phone of what it holds; loaded when somebody first searches. */
import MiniSearch from 'minisearch';
import { indexTokens, looseQueryTokens, queryTokens } from '#lib/domain/search.ts';
import type { NameSpeller } from './case-search.ts';
import type { EntryText } from './timeline-text.ts';

export class TimelineIndex {
	readonly #index = new MiniSearch({
		fields: ['text', 'initials'],
		tokenize: (text, field) => (field === 'initials' ? text.split(' ') : indexTokens(text)),
		// Folded already.
		processTerm: (term) => term
	});

	/** @param spell null: people are not found by Zhuyin initials */
	constructor(entries: readonly EntryText[], spell: NameSpeller | null) {
		this.#index.addAll(
			entries.map(({ id, text, people }) => ({
				id,
				text,
				initials: spell === null ? '' : people.flatMap((name) => spell(name)).join(' ')
			}))
		);
	}

	/** Ids of the entries that hold every word of the query; where none does, of those that hold its words apart. */
	find(query: string): ReadonlySet<string> {
		const exact = this.#search(queryTokens(query));
		if (exact.size > 0) return exact;
		return this.#search(looseQueryTokens(query, wordsOf));
	}

	#search(tokens: readonly string[]): ReadonlySet<string> {
		const hits = this.#index.search(tokens.join(' '), {
			tokenize: () => [...tokens],
			prefix: true,
			combineWith: 'AND'
		});
		return new Set(hits.map(({ id }) => String(id)));
	}
}

const segmenter = new Intl.Segmenter('zh-TW', { granularity: 'word' });

function wordsOf(text: string): string[] {
	return [...segmenter.segment(text)].map(({ segment }) => segment);
}
