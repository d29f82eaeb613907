/** Makes a phone's store as large as a big agency's: copies of the cases that it holds, with everything that belongs to them. */
import type { Page } from '@playwright/test';

/**
 * Runs in the page, on IndexedDB itself. Copies stand in buckets that no server knows of, so that sync leaves them alone.
 * @param rows how many there are to be in the end, about
 * @returns rows of synced tables in the store
 */
export async function inflate(
	page: Page,
	tables: readonly string[],
	rows: number
): Promise<number> {
	return await page.evaluate(
		async ({ tables, rows }) => {
			const name = (await indexedDB.databases())
				.map((database) => database.name ?? '')
				.find((each) => /^connect10-[0-9a-f]{8}-/.test(each));
			if (name === undefined) throw new Error('This browser has no store');
			const db = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(new Error('The store does not open'));
			});
			const done = (transaction: IDBTransaction) =>
				new Promise<void>((resolve, reject) => {
					transaction.oncomplete = () => resolve();
					transaction.onerror = () => reject(new Error(transaction.error?.message));
				});
			const all = async (table: string) => {
				const asked = db.transaction(table).objectStore(table).getAll();
				await new Promise((resolve) => (asked.onsuccess = resolve));
				return asked.result as Record<string, unknown>[];
			};
			const originals = new Map<string, Record<string, unknown>[]>();
			let count = 0;
			const caseIds = new Set((await all('cases')).map(({ id }) => id));
			const own = new Set<unknown>(caseIds);
			for (const table of tables) {
				const found = await all(table);
				count += found.length;
				const ofCases = found.filter(
					(row) =>
						table === 'cases' || (row['case_id'] !== undefined && caseIds.has(row['case_id']))
				);
				originals.set(table, ofCases);
				for (const { id } of ofCases) own.add(id);
			}
			const perCopy = [...originals.values()].reduce((sum, { length }) => sum + length, 0);
			for (let copy = 1; count < rows; copy += 1) {
				const word = copy.toString(16).padStart(4, '0');
				const renamed = (value: unknown) =>
					typeof value === 'string' && own.has(value) ? word + value.slice(4) : value;
				const writing = db.transaction([...originals.keys()], 'readwrite');
				for (const [table, found] of originals)
					for (const row of found)
						writing.objectStore(table).put({
							...Object.fromEntries(
								Object.entries(row).map(([column, value]) => [column, renamed(value)])
							),
							bucket_id: -copy
						});
				await done(writing);
				count += perCopy;
			}
			db.close();
			return count;
		},
		{ tables, rows }
	);
}
