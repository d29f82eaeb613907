import { describe, expect, test } from 'vitest';
import { clashesOf, type KnownVisit } from '#lib/domain/clashes.ts';
import { monthQuota } from '#lib/domain/month-quota.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { priceSnapshot } from '#lib/domain/visit-prices.ts';
import { isIdCardNumber } from 'taiwan-id-validator';
import { unitsAVisit } from '#lib/server/demo/demo-history.ts';
import { demoOrganisation } from '#lib/server/demo/demo-organisation.ts';
import { DEMO_STAFF } from '#lib/server/demo/demo-people.ts';

const NOW = '2026-11-22T02:00:00.000Z';
const rows = demoOrganisation({ now: NOW, userIds: new Map() });

describe('the demo organisation', () => {
	test('has two organisations, 22 staff, 60 cases, 40 emergencies and 300 tasks', () => {
		expect(rows.organizations).toHaveLength(2);
		expect(DEMO_STAFF).toHaveLength(22);
		expect(rows.cases).toHaveLength(60);
		expect(rows.emergencies).toHaveLength(40);
		expect(rows.tasks).toHaveLength(300);
	});

	test('shows the three emergency rows of the prototype to the day, part of day and severity', () => {
		const nameById = new Map(rows.cases?.map((one) => [one.id, one.name]));
		const shown = rows.emergencies
			?.slice(0, 3)
			.map((one) => [
				nameById.get(one.case_id ?? ''),
				one.description,
				taipeiDay(one.occurred_at ?? ''),
				Number(one.occurred_at?.slice(11, 13)) + 8 < 12 ? '上午' : '下午',
				one.severity
			]);
		expect(shown).toEqual([
			['林阿嬤', '發生跌倒事件', '2024-11-09', '下午', 'orange'],
			['施阿公', '血壓偏高', '2024-11-06', '上午', 'yellow'],
			['陳阿嬤', '情緒不穩定', '2024-10-30', '上午', 'yellow']
		]);
	});

	test('leaves to read what one night has brought, not the history', () => {
		const supervisor = rows.memberships?.find(({ role }) => role === 'supervisor')?.user_id;
		const mine = rows.message_reads?.filter(({ user_id }) => user_id === supervisor);
		expect(mine).toHaveLength(2 * 60);
		const unread = rows.messages?.filter(
			({ case_id, audience, recorded_at, created_by }) =>
				created_by !== supervisor &&
				mine?.some(
					(mark) =>
						mark.case_id === case_id &&
						mark.audience === audience &&
						(mark.read_through ?? '') < (recorded_at ?? '')
				)
		);
		expect(unread?.length).toBeGreaterThan(0);
		expect(unread?.length).toBeLessThan(99);
	});

	test('gives every row an id of its own', () => {
		const ids = Object.entries(rows).flatMap(([table, part]) =>
			(part ?? []).map((row) => `${table} ${row.id}`)
		);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test("gives the worker the prototype's five people and a visit with 林阿嬤 that is still ahead today", () => {
		const five = ['林阿嬤', '王叔叔', '劉爺爺', '陳阿嬤', '施阿公'];
		const worker = rows.memberships?.find((one) => one.display_name === '陳怡君')?.user_id;
		const names = rows.cases
			?.filter((one) =>
				rows.case_members?.some(({ case_id, user_id }) => case_id === one.id && user_id === worker)
			)
			.map((one) => one.name);
		expect(names).toEqual(expect.arrayContaining(five));
		const lin = rows.cases?.find((one) => one.name === '林阿嬤')?.id;
		const today = rows.visits?.filter(
			(one) => one.case_id === lin && taipeiDay(one.starts_at ?? '') === taipeiDay(NOW)
		);
		expect(today?.map((one) => [one.status, one.worker_id])).toEqual([['planned', worker]]);
	});

	test('gives the five people twelve months of visits and the others ninety days', () => {
		const first = (name: string) => {
			const id = rows.cases?.find((one) => one.name === name)?.id;
			return rows.visits
				?.filter((one) => one.case_id === id)
				.map((one) => taipeiDay(one.starts_at ?? ''))
				.sort()[0];
		};
		expect(first('林阿嬤')).toBe('2025-11-22');
		const others = rows.cases?.slice(5).map((one) => first(one.name ?? '') ?? '') ?? [];
		expect(others.every((day) => day >= '2026-08-24' && day < '2026-09-01')).toBe(true);
	});

	test('uses only invented national IDs that pass the checksum', () => {
		for (const details of rows.case_staff_details ?? []) {
			expect(details.national_id).toMatch(/^Y/);
			expect(isIdCardNumber(details.national_id ?? '')).toBe(true);
		}
	});

	test('is the same for the same moment', () => {
		expect(demoOrganisation({ now: NOW, userIds: new Map() })).toEqual(rows);
	});

	test('nobody is in two places, and there is time for the way; only who is away on purpose has visits that somebody else must make', () => {
		const visits = (rows.visits ?? [])
			.filter(({ status }) => status === 'planned')
			.map((visit) => ({ ...visit, deleted_at: null })) as unknown as KnownVisit[]; // the demo writes every column that a clash asks for
		expect(visits.length).toBeGreaterThan(500);
		const villages = new Map(rows.cases?.map(({ id, village }) => [id, village ?? null]));
		const clashing = visits.flatMap((visit) =>
			clashesOf(visit, { visits, absences: [], villages })
		);
		expect(clashing.map(({ kind }) => kind)).toEqual([]);
		const away = rows.staff_absences?.[0];
		expect(visits.filter(({ worker_id }) => worker_id === away?.user_id).length).toBeGreaterThan(5);
	});

	test('everybody keeps a day that a person can work', () => {
		const minutes = new Map<string, number>();
		for (const { worker_id, starts_at, ends_at } of rows.visits ?? []) {
			const key = `${worker_id} ${taipeiDay(starts_at ?? '')}`;
			const lasts = (Date.parse(ends_at ?? '') - Date.parse(starts_at ?? '')) / 60_000;
			minutes.set(key, (minutes.get(key) ?? 0) + lasts);
		}
		expect(Math.max(...minutes.values())).toBeLessThanOrEqual(10 * 60);
	});

	test('no month costs more than the level of care pays for', () => {
		for (const one of rows.cases ?? []) {
			for (const month of ['2026-10', '2026-11', '2026-12']) {
				const planned = (rows.visits ?? [])
					.filter(
						({ case_id, starts_at }) =>
							case_id === one.id && taipeiDay(starts_at ?? '').startsWith(month)
					)
					.flatMap(({ planned_codes, starts_at, ends_at }) =>
						priceSnapshot(
							(planned_codes ?? []).map((code) => ({
								code,
								quantity: unitsAVisit(
									code,
									(Date.parse(ends_at ?? '') - Date.parse(starts_at ?? '')) / 60_000
								)
							})),
							taipeiDay(starts_at ?? ''),
							false
						)
					);
				const quota = monthQuota({
					cmsLevel: one.cms_level ?? null,
					copayClass: null,
					done: [],
					planned
				});
				expect(quota?.leftNtd, `${one.name} ${month}`).toBeGreaterThanOrEqual(0);
			}
		}
	});
});
