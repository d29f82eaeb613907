/**
 * A durable copy of the few small values that are kept in localStorage. Chromium writes localStorage to disk some seconds late: a phone
 * that dies soon after a sign-in would forget who uses it (seen with SIGKILL). Plain IndexedDB, so that the first paint needs no library.
 */

export interface PhoneCopy {
	readonly value: string;
	/** Grows with every write; tells which of two copies is newer. */
	readonly at: number;
}

const DATABASE = 'connect10-phone';
const STORE = 'copies';

/** All copies by key. @throws what IndexedDB throws */
export async function readPhoneCopies(
	factory: IDBFactory = indexedDB
): Promise<ReadonlyMap<string, PhoneCopy>> {
	const [keys, values] = await inStore(factory, 'readonly', (store) => [
		store.getAllKeys(),
		store.getAll()
	]);
	const found = new Map<string, PhoneCopy>();
	if (!Array.isArray(keys) || !Array.isArray(values)) return found;
	keys.forEach((key: unknown, index) => {
		const copy: unknown = values[index];
		if (typeof key === 'string' && isCopy(copy)) found.set(key, copy);
	});
	return found;
}

/** Resolves when the value is on the disk. @throws what IndexedDB throws */
export async function writePhoneCopy(
	key: string,
	copy: PhoneCopy,
	factory: IDBFactory = indexedDB
): Promise<void> {
	await inStore(factory, 'readwrite', (store) => [store.put(copy, key)]);
}

/** @throws what IndexedDB throws */
export async function dropPhoneCopy(key: string, factory: IDBFactory = indexedDB): Promise<void> {
	await inStore(factory, 'readwrite', (store) => [store.delete(key)]);
}

async function inStore(
	factory: IDBFactory,
	mode: IDBTransactionMode,
	work: (store: IDBObjectStore) => readonly IDBRequest[]
): Promise<readonly unknown[]> {
	const database = await open(factory);
	try {
		return await new Promise((resolve, reject) => {
			const transaction = database.transaction(STORE, mode, { durability: 'strict' });
			const requests = work(transaction.objectStore(STORE));
			const fail = () => reject(transaction.error ?? new Error('IndexedDB gave up'));
			transaction.oncomplete = () => resolve(requests.map(({ result }): unknown => result));
			transaction.onerror = fail;
			transaction.onabort = fail;
		});
	} finally {
		database.close();
	}
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = factory.open(DATABASE, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'));
	});
}

function isCopy(value: unknown): value is PhoneCopy {
	return (
		typeof value === 'object' &&
		value !== null &&
		'value' in value &&
		typeof value.value === 'string' &&
		'at' in value &&
		typeof value.at === 'number'
	);
}
