/** localStorage whose values also stand in a durable copy, so that a phone that dies at once still knows who uses it. */
import { readPhoneCopy, writePhoneCopy } from '#lib/db/phone-copy.ts';

export interface DurableStorage {
	/** Call before the first read: puts back what the disk has and localStorage lost. */
	restore(): Promise<void>;
	/** Reads as ever; what is written under a kept key goes to the durable copy as well. */
	readonly storage: Storage;
}

/** The copy has a number beside it in localStorage too; the larger one is the newer. */
const numberKey = (key: string) => `${key}.at`;

/** @param keys kept durably; everything else is plain localStorage */
export function durableStorage(
	local: Storage,
	keys: readonly string[],
	{ nowMs, factory }: { readonly nowMs: () => number; readonly factory?: () => IDBFactory }
): DurableStorage {
	const idb = factory ?? (() => indexedDB);
	let writes = Promise.resolve();

	function keep(key: string, value: string): void {
		const at = Math.max(nowMs(), numberOf(local, key) + 1);
		local.setItem(key, value);
		local.setItem(numberKey(key), String(at));
		// In order, and never in the way: without IndexedDB the value still stands in localStorage.
		writes = writes
			.then(() => writePhoneCopy(key, { value, at }, idb()))
			.catch((problem: unknown) => console.warn('no durable copy', problem));
	}

	return {
		async restore() {
			for (const key of keys) {
				const copy = await readPhoneCopy(key, idb()).catch(() => null);
				if (copy === null || copy.at <= numberOf(local, key)) continue;
				local.setItem(key, copy.value);
				local.setItem(numberKey(key), String(copy.at));
			}
		},
		storage: {
			get length() {
				return local.length;
			},
			clear: () => local.clear(),
			key: (index) => local.key(index),
			getItem: (key) => local.getItem(key),
			removeItem: (key) => (keys.includes(key) ? keep(key, '') : local.removeItem(key)),
			setItem: (key, value) => (keys.includes(key) ? keep(key, value) : local.setItem(key, value))
		}
	};
}

function numberOf(local: Storage, key: string): number {
	return Number(local.getItem(numberKey(key)) ?? 0);
}
