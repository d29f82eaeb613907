import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { durableStorage } from '#lib/app/durable-storage.ts';
import { readPhoneCopies } from '#lib/db/phone-copy.ts';

const KEY = 'who';

/** localStorage as a phone has it. */
function aLocalStorage(): Storage {
	const values = new Map<string, string>();
	return {
		get length() {
			return values.size;
		},
		clear: () => values.clear(),
		key: (index) => [...values.keys()][index] ?? null,
		getItem: (key) => values.get(key) ?? null,
		removeItem: (key) => void values.delete(key),
		setItem: (key, value) => void values.set(key, value)
	};
}

function aPhone(factory: IDBFactory, local = aLocalStorage(), nowMs = () => 1000) {
	return {
		local,
		...durableStorage(
			() => local,
			(key) => key === KEY,
			{ nowMs, factory: () => factory }
		)
	};
}

async function onDisk(factory: IDBFactory, value: string): Promise<void> {
	await expect.poll(async () => (await readPhoneCopies(factory)).get(KEY)?.value).toBe(value);
}

test('what localStorage lost is there again after a restart', async () => {
	const factory = new IDBFactory();
	aPhone(factory).storage.setItem(KEY, 'nurse');
	await onDisk(factory, 'nurse');
	const restarted = aPhone(factory);
	expect(restarted.storage.getItem(KEY)).toBeNull();
	await restarted.restore();
	expect(restarted.storage.getItem(KEY)).toBe('nurse');
});

test('an older value that localStorage came back with gives way to the newer copy', async () => {
	const factory = new IDBFactory();
	const local = aLocalStorage();
	const phone = aPhone(factory, local);
	phone.storage.setItem(KEY, 'open');
	const flushed = [local.getItem(KEY), local.getItem(`${KEY}.at`)];
	phone.storage.setItem(KEY, 'locked');
	await onDisk(factory, 'locked');

	const back = aLocalStorage();
	back.setItem(KEY, flushed[0] ?? '');
	back.setItem(`${KEY}.at`, flushed[1] ?? '');
	const restarted = aPhone(factory, back);
	await restarted.restore();
	expect(restarted.storage.getItem(KEY)).toBe('locked');
});

test('a newer value in localStorage is not overwritten by an older copy, also when the clock was set back', async () => {
	const factory = new IDBFactory();
	const local = aLocalStorage();
	const clock = { ms: 5000 };
	const phone = aPhone(factory, local, () => clock.ms);
	phone.storage.setItem(KEY, 'first');
	await onDisk(factory, 'first');
	clock.ms = 10;
	phone.storage.setItem(KEY, 'second');
	await onDisk(factory, 'second');
	await phone.restore();
	expect(local.getItem(KEY)).toBe('second');
});

test('other keys stay in localStorage alone', async () => {
	const factory = new IDBFactory();
	const { storage, local } = aPhone(factory);
	storage.setItem('theme', 'dark');
	expect(local.getItem('theme')).toBe('dark');
	expect((await readPhoneCopies(factory)).size).toBe(0);
});

test('what was taken away does not come back from an older copy', async () => {
	const factory = new IDBFactory();
	const phone = aPhone(factory);
	phone.storage.setItem(KEY, 'token');
	phone.storage.removeItem(KEY);
	await onDisk(factory, '');
	const restarted = aPhone(factory);
	await restarted.restore();
	expect(restarted.storage.getItem(KEY)).toBeNull();
});

test('a removed key is gone from localStorage at once, and from the disk after the next start', async () => {
	const factory = new IDBFactory();
	const phone = aPhone(factory);
	phone.storage.setItem(KEY, 'token');
	phone.storage.removeItem(KEY);
	expect(phone.local.length).toBe(0);
	await onDisk(factory, '');
	await aPhone(factory, phone.local).restore();
	expect((await readPhoneCopies(factory)).size).toBe(0);
});

test('a removed value that localStorage came back with is removed again', async () => {
	const factory = new IDBFactory();
	const phone = aPhone(factory);
	phone.storage.setItem(KEY, 'token');
	const flushed = [phone.local.getItem(KEY), phone.local.getItem(`${KEY}.at`)];
	phone.storage.removeItem(KEY);
	await onDisk(factory, '');

	const back = aLocalStorage();
	back.setItem(KEY, flushed[0] ?? '');
	back.setItem(`${KEY}.at`, flushed[1] ?? '');
	await aPhone(factory, back).restore();
	expect(back.length).toBe(0);
	// That removal, too, may be lost: the disk remembers it until a start finds nothing to remove.
	expect((await readPhoneCopies(factory)).size).toBe(1);
});

test('who signs in again after a wipe stays signed in', async () => {
	const factory = new IDBFactory();
	const phone = aPhone(factory);
	phone.storage.setItem(KEY, 'old');
	phone.storage.removeItem(KEY);
	phone.storage.setItem(KEY, 'new');
	await onDisk(factory, 'new');
	await aPhone(factory, phone.local).restore();
	expect(phone.local.getItem(KEY)).toBe('new');
	const restarted = aPhone(factory);
	await restarted.restore();
	expect(restarted.storage.getItem(KEY)).toBe('new');
});
