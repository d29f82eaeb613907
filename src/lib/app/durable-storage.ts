/** localStorage whose values also stand in a durable copy, so that a phone that dies at once still knows who uses it. */
import { readPhoneCopies, writePhoneCopy } from '#lib/db/phone-copy.ts';

export interface DurableStorage {
	/** Call before the first read: puts back what the disk has and localStorage lost. */
	restore(): Promise<void>;
	/** Reads as ever; what is written under a kept key goes to the durable copy as well. */
	readonly storage: Storage;
}

/** The copy has a number beside it in localStorage too; the larger one is the newer. */
const numberKey = (key: string) => `${key}.at`;

/** @param isKept which keys are kept durably; everything else is plain localStorage */
export function durableStorage(
	localOf: () => Storage,
	isKept: (key: string) => boolean,
	{ nowMs, factory }: { readonly nowMs: () => number; readonly factory?: () => IDBFactory }
): DurableStorage {
	const idb = factory ?? (() => indexedDB);
	let writes = Promise.resolve();

	function keep(key: string, value: string): void {
		const local = localOf();
		const at = Math.max(nowMs(), numberOf(local, key) + 1);
		local.setItem(key, value);
		local.setItem(numberKey(key), String(at));
		// A value that was taken away stays as '', so that an older copy cannot bring it back.
		// In order, and never in the way: without IndexedDB the value still stands in localStorage.
		writes = writes
			.then(() => writePhoneCopy(key, { value, at }, idb()))
			.catch((problem: unknown) => console.warn('no durable copy', problem));
	}

	return {
		async restore() {
			const local = localOf();
			// Without IndexedDB there is no copy; localStorage then is all there is.
			const copies = await readPhoneCopies(idb()).catch(() => new Map<string, never>());
			for (const [key, copy] of copies) {
				if (copy.at <= numberOf(local, key)) continue;
				local.setItem(key, copy.value);
				local.setItem(numberKey(key), String(copy.at));
			}
		},
		storage: {
			get length() {
				return localOf().length;
			},
			clear: () => localOf().clear(),
			key: (index) => localOf().key(index),
			getItem: (key) => localOf().getItem(key),
			removeItem: (key) => (isKept(key) ? keep(key, '') : localOf().removeItem(key)),
			setItem: (key, value) => (isKept(key) ? keep(key, value) : localOf().setItem(key, value))
		}
	};
}

function numberOf(local: Storage, key: string): number {
	return Number(local.getItem(numberKey(key)) ?? 0);
}
