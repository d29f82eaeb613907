/** Fills a phone's store with a big agency's two weeks: staff, people, and who goes where. */
import type { Page } from '@playwright/test';

/** Half of the visits of a group of four begin an hour later than the others, so that a move within it can be free of clashes. */
export interface Size {
	readonly staff: number;
	/** A Monday, in Taipei, as an instant. */
	readonly fromAt: string;
	/** Visits of each person in seven days, day by day. */
	readonly perDay: readonly number[];
	readonly weeks: number;
}

/**
 * Runs in the page, on IndexedDB itself; rows stand in a bucket that no server knows of.
 * @returns visits made
 */
export async function fillBoard(page: Page, size: Size): Promise<number> {
	return await page.evaluate(async ({ staff, fromAt, perDay, weeks }) => {
		const name = (await indexedDB.databases())
			.map((database) => database.name ?? '')
			.find((each) => /^connect10-[0-9a-f]{8}-/.test(each));
		if (name === undefined) throw new Error('This browser has no store');
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const opening = indexedDB.open(name);
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = () => reject(new Error('The store does not open'));
		});
		type Row = Record<string, unknown>;
		const first = async (table: string) => {
			const asked = db.transaction(table).objectStore(table).getAll(null, 1);
			await new Promise((resolve) => (asked.onsuccess = resolve));
			const [row] = asked.result as Row[];
			if (row === undefined) throw new Error(`The demo has no ${table}`);
			return row;
		};
		const [membership, member, person, visit] = await Promise.all(
			['memberships', 'case_members', 'cases', 'visits'].map(first)
		);
		const id = (kind: number, index: number) =>
			`00000000-000${kind}-7000-8000-${index.toString(16).padStart(12, '0')}`;
		const writing = db.transaction(['memberships', 'case_members', 'cases', 'visits'], 'readwrite');
		const put = (table: string, like: Row | undefined, part: Row) =>
			writing.objectStore(table).put({ ...like, bucket_id: -1, deleted_at: null, ...part });
		const nameOf = (worker: number) => `照服員${String(worker + 1).padStart(2, '0')}`;
		let made = 0;
		for (let worker = 0; worker < staff; worker += 1) {
			const group = Math.floor(worker / 4);
			put('memberships', membership, {
				id: id(1, worker),
				org_id: person?.['org_id'],
				user_id: id(2, worker),
				role: 'worker',
				display_name: nameOf(worker),
				ended_at: null
			});
			for (let own = 0; own < 4; own += 1) {
				const caseId = id(3, worker * 4 + own);
				put('cases', person, {
					id: caseId,
					name: `阿嬤${worker * 4 + own + 1}`,
					village: `第${group + 1}村`,
					status: 'active'
				});
				for (let colleague = 0; colleague < 4; colleague += 1)
					put('case_members', member, {
						id: id(4, (worker * 4 + own) * 4 + colleague),
						case_id: caseId,
						user_id: id(2, group * 4 + colleague),
						role: 'worker',
						display_name: nameOf(group * 4 + colleague),
						ended_at: null
					});
			}
			for (let day = 0; day < weeks * 7; day += 1) {
				const count = perDay[day % 7] ?? 0;
				for (let turn = 0; turn < count; turn += 1) {
					const startMs =
						Date.parse(fromAt) + day * 86_400_000 + (8 + turn * 2 + (worker % 2)) * 3_600_000;
					put('visits', visit, {
						id: id(5, made),
						case_id: id(3, worker * 4 + turn),
						series_id: null,
						worker_id: id(2, worker),
						worker_name: nameOf(worker),
						starts_at: new Date(startMs).toISOString(),
						ends_at: new Date(startMs + 3_600_000).toISOString(),
						status: 'planned',
						status_reason: null,
						checked_in_at: null,
						checked_out_at: null,
						planned_codes: ['BA02']
					});
					made += 1;
				}
			}
		}
		await new Promise<void>((resolve, reject) => {
			writing.oncomplete = () => resolve();
			writing.onerror = () => reject(new Error(writing.error?.message));
		});
		db.close();
		return made;
	}, size);
}
