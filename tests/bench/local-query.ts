/** What the screens ask of the phone's own store, at the demo's size and at ten times that. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { LocalDb } from '#lib/db/local-db.ts';
import { caseHead, caseList } from '#lib/db/queries/cases.ts';
import { searchMessages } from '#lib/db/queries/message-search.ts';
import { schedule } from '#lib/db/queries/visits.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { CaseRow, MessageRow, TableName } from '#lib/domain/rows.ts';
import { addDays, instantAt, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { filterCases, NO_FILTER } from '#lib/features/cases/case-search.ts';
import { loadNameSpeller } from '#lib/features/cases/name-speller.ts';
import { demoOrganisation } from '#lib/server/demo/demo-organisation.ts';
import type { Scale } from './demo-server.ts';
import { median, timesOf, type Report } from './figures.ts';

const RUNS = 15;
const SCALES: readonly Scale[] = [1, 10];
const TABLES = ['cases', 'case_members', 'visits', 'emergencies'] as const satisfies TableName[];
/** A phone holds this much of the past. */
const WINDOW_DAYS = 90;
/** Far more than the demo's people write in that time. */
const MESSAGES = 2000;
/** Of the database, as far as these queries look at them. */
const COLUMN_DEFAULTS = {
	status: 'active',
	deleted_at: null,
	ended_at: null,
	bucket_id: 1,
	_gen: 1
};

export async function localQuery(report: Report): Promise<void> {
	const today = taipeiDay(new Date().toISOString());
	const spell = await loadNameSpeller();
	const base = new Map<string, number>();
	for (const scale of SCALES) {
		const { db, userId, caseId, rows } = await filledStore(scale, today);
		const items = await caseList(db, { userId, today });
		const scope = { by: 'all' } as const;
		const queries: Readonly<Record<string, () => Promise<unknown>>> = {
			'schedule-day': () => schedule(db, { fromDay: today, toDay: today, scope }),
			'case-list': () => caseList(db, { userId, today }),
			'case-head': () => caseHead(db, caseId, today),
			'search-han': async () => filterCases(items, { ...NO_FILTER, text: '林' }, null),
			'search-zhuyin': async () => filterCases(items, { ...NO_FILTER, text: 'ㄌㄚ' }, spell),
			'search-messages': () => searchMessages(db, '血壓', null)
		};
		report({ bench: 'local-query', figure: `rows-${scale}x`, value: rows, unit: 'rows' });
		for (const [name, query] of Object.entries(queries)) {
			const value = median(await timesOf(RUNS, query));
			const smaller = base.get(name);
			if (smaller === undefined) base.set(name, value);
			report({
				bench: 'local-query',
				figure: `${name}-${scale}x`,
				value,
				unit: 'ms',
				...(smaller === undefined ? {} : { peer: '1x', ratio: value / smaller })
			});
		}
		db.close();
	}
}

/** A supervisor's phone: every case of the demo, with the visits of the window. */
async function filledStore(scale: Scale, today: string) {
	const demo = demoOrganisation({ now: instantAt(today, '10:00'), userIds: new Map(), scale });
	const db = new LocalDb('bench', { indexedDB: new IDBFactory(), IDBKeyRange });
	const from = startOfDay(addDays(today, -WINDOW_DAYS));
	let seq = 0;
	for (const table of TABLES) {
		const rows = (demo[table] ?? [])
			.filter((row) => !('starts_at' in row) || String(row.starts_at) >= from)
			.map((row) => ({ ...COLUMN_DEFAULTS, ...row, seq: ++seq }));
		await db.table(table).bulkPut(rows);
	}
	const messages = said(await db.cases.toArray(), MESSAGES * scale);
	await db.table('messages').bulkPut(messages.map((row) => ({ ...COLUMN_DEFAULTS, ...row })));
	const [first] = await db.cases.toArray();
	const [member] = await db.case_members.toArray();
	if (first === undefined || member === undefined) throw new Error('The demo has no cases.');
	return { db, userId: member.user_id, caseId: first.id, rows: seq };
}

/** Words in the threads of all people; one in ten speaks of what is looked for. */
function said(people: readonly CaseRow[], count: number): MessageRow[] {
	return Array.from({ length: count }, (_, index) => {
		const at = new Date(Date.UTC(2026, 8, 1) + index * 300_000).toISOString();
		return {
			...blankRow('messages'),
			id: `message-${index}`,
			case_id: people[index % people.length]?.id ?? '',
			audience: index % 2 === 0 ? 'circle' : 'staff',
			author_name: '陳怡君',
			body:
				index % 10 === 0
					? `今天血壓 ${120 + (index % 40)}，藥照原來的吃，下午再量一次。`
					: '早上精神不錯，吃了半碗粥，下午有下床走走，家屬都在。',
			recorded_at: at,
			received_at: at
		};
	});
}
