/** Zhuyin initials of names, from a table that is loaded when somebody first types a Zhuyin symbol. */
import type { NameSpeller } from './case-search.ts';

export async function loadNameSpeller(): Promise<NameSpeller> {
	const [{ zhuyinLookup, zhuyinTokens }, { ZHUYIN_TABLE }] = await Promise.all([
		import('#lib/domain/zhuyin.ts'),
		import('#lib/domain/zhuyin-table.ts')
	]);
	const lookup = zhuyinLookup(ZHUYIN_TABLE);
	const spellingsByName = new Map<string, readonly string[]>();
	return (name) => {
		const known = spellingsByName.get(name);
		if (known) return known;
		const spellings = zhuyinTokens(name, lookup);
		spellingsByName.set(name, spellings);
		return spellings;
	};
}
