/** localStorage whose values also stand in a durable copy, so that a phone that dies at once still knows who uses it. */
import {
	dropPhoneCopy,
	readPhoneCopies,
	writePhoneCopy,
	type PhoneCopy
} from '#lib/db/phone-copy.ts';

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

	/** @param value '' = taken away: kept as such on the disk, for localStorage may come back with what it had before */
	function keep(key: string, value: string): void {
		const local = localOf();
		const at = Math.max(nowMs(), numberOf(local, key) + 1);
		if (value === '') forget(local, key);
		else remember(local, key, { value, at });
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
				if (copy.value !== '') {
					if (copy.at > numberOf(local, key)) remember(local, key, copy);
				} else if (local.getItem(key) === null) {
					// The removal has reached the disk; nothing can come back any more.
					await dropPhoneCopy(key, idb()).catch(() => undefined);
				} else if (copy.at >= numberOf(local, key)) {
					forget(local, key);
				}
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

function remember(local: Storage, key: string, { value, at }: PhoneCopy): void {
	local.setItem(key, value);
	local.setItem(numberKey(key), String(at));
}

/** The key itself may name a person. */
function forget(local: Storage, key: string): void {
	local.removeItem(key);
	local.removeItem(numberKey(key));
}

function numberOf(local: Storage, key: string): number {
	return Number(local.getItem(numberKey(key)) ?? 0);
}
