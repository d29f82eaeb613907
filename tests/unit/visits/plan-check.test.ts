/** Visits that are about to be planned, held against what this phone knows of people's plans, months and prices. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { planWarningWords } from '#lib/care-ui/plan-words.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { checkPlan, type WantedVisit } from '#lib/features/visits/plan-check.svelte.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { aCase, anId, aRow, aVisit } from '../../fixtures/builders.ts';

const TODAY = '2026-11-23';
const [ORG, LIN, WANG] = [anId(), anId(), anId()];
overwriteGetLocale(() => 'zh-TW');

let db: LocalDb;
beforeEach(async () => {
	db = new LocalDb(anId());
	await db.organizations.add(aRow('organizations', { id: ORG, remote_area: true }));
	await db.cases.bulkAdd([
		aCase({ id: LIN, org_id: ORG, cms_level: 2 }),
		aCase({ id: WANG, org_id: ORG, name: '王叔叔', cms_level: 2 })
	]);
});
afterEach(() => db.delete());

const approve = (part: Parameters<typeof aRow<'case_plan_codes'>>[1]) =>
	db.case_plan_codes.add(
		aRow('case_plan_codes', { case_id: LIN, times_week: 7, valid_from: '2026-11-01', ...part })
	);
const wanted = (day: string, planned_codes: string[], part: Partial<WantedVisit> = {}) => ({
	id: null,
	case_id: LIN,
	starts_at: `${day}T01:00:00.000Z`,
	planned_codes,
	...part
});
const visit = (day: string, planned_codes: string[], part: Parameters<typeof aVisit>[0] = {}) =>
	aVisit({ case_id: LIN, starts_at: `${day}T01:00:00.000Z`, planned_codes, ...part });
const said = async (...visits: WantedVisit[]) =>
	(await checkPlan(db, visits, TODAY)).map(({ caseId, warning, others }) => {
		const { title, text } = planWarningWords(warning, TODAY, others);
		return [caseId === LIN ? 'lin' : 'wang', title, text];
	});

test('where no plan is on record nothing is said, whoever else has one', async () => {
	await approve({ code: 'BA01' });
	expect(await said(wanted('2026-11-24', ['BA07'], { case_id: WANG }))).toEqual([]);
});

test('entries that were taken away or belong to somebody else are no plan', async () => {
	await approve({ code: 'BA01', deleted_at: TODAY });
	await approve({ code: 'BA01', case_id: WANG });
	expect(await said(wanted('2026-11-24', ['BA07']))).toEqual([]);
});

test('each is told with its numbers, of each person their own', async () => {
	await approve({ code: 'BA02', units_month: 4, times_week: 2 });
	await approve({ code: 'BA01', case_id: WANG });
	await db.visits.bulkAdd([
		visit('2026-11-03', ['BA02'], { id: 'recorded', status: 'done' }),
		visit('2026-11-24', ['BA02']),
		visit('2026-11-26', ['BA02']),
		visit('2026-11-25', ['BA02'], { status: 'cancelled' })
	]);
	await db.visit_records.add(
		aRow('visit_records', {
			case_id: LIN,
			visit_id: 'recorded',
			recorded_at: '2026-11-03T02:00:00.000Z',
			done_codes: [{ code: 'BA02', quantity: 2, unit: 'half_hour', price_ntd: 235 }]
		})
	);
	expect(
		await said(
			wanted('2026-11-28', ['BA02', 'BA07']),
			wanted('2026-11-24', ['BA13'], { case_id: WANG }),
			wanted('2026-11-27', ['BA13'], { case_id: WANG })
		)
	).toEqual([
		['lin', '不在核定項目裡', 'BA07 協助沐浴及洗頭：11月28日 週六'],
		[
			'lin',
			'超過每月核定的數量',
			'BA02 基本日常照顧：11月會有 5 單位（30 分鐘），核定每月 4 單位（30 分鐘）（E5202）'
		],
		['lin', '超過每週核定的次數', 'BA02 基本日常照顧：11/23那一週會有 3 次，核定每週 2 次'],
		['wang', '不在核定項目裡', 'BA13 陪同外出：明天 週二起共 2 次']
	]);
});

test('the quota is counted with the prices of the place', async () => {
	await approve({ code: 'BA09' });
	await db.visits.bulkAdd(
		['2026-12-01', '2026-12-08', '2026-12-15'].map((day) => visit(day, ['BA09']))
	);
	expect(await said(wanted('2026-12-22', ['BA09']))).toEqual([
		[
			'lin',
			'超過每月額度',
			'12月會用到 10,560 元，額度 10,020 元；多出的 540 元要全額自費（E5203）'
		]
	]);
});

test('a week that reaches into the next month is counted whole', async () => {
	await approve({ code: 'BA01', times_week: 1 });
	await db.visits.add(visit('2026-12-02', ['BA01']));
	expect(await said(wanted('2026-11-30', ['BA01']))).toHaveLength(1);
	expect(await said(wanted('2026-12-07', ['BA01']))).toEqual([]);
});

test('what is so week after week is told once, with how many more there are', async () => {
	await approve({ code: 'BA01', times_week: 1 });
	const mondays = ['2026-11-23', '2026-11-30', '2026-12-07'];
	await db.visits.bulkAdd(mondays.map((day) => visit(day, ['BA01'])));
	const tuesdays = ['2026-11-24', '2026-12-01', '2026-12-08'];
	expect(await said(...tuesdays.map((day) => wanted(day, ['BA01'])))).toEqual([
		[
			'lin',
			'超過每週核定的次數',
			'BA01 基本身體清潔：11/23那一週會有 2 次，核定每週 1 次；另外還有 2 週也會超過'
		]
	]);
});
