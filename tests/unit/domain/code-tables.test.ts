import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CARE_QUOTAS } from '#lib/domain/care-quotas.ts';
import {
	careQuota,
	incidentSeverity,
	incidentType,
	newestServiceCode,
	problemCode,
	serviceCodeOn,
	serviceCodesOn,
	visitOption
} from '#lib/domain/code-tables.ts';
import { INCIDENT_TYPES } from '#lib/domain/incident-types.ts';
import { HELP_LINES } from '#lib/domain/phone-numbers.ts';
import { PROBLEM_CODES } from '#lib/domain/problem-codes.ts';
import { SERVICE_CODES } from '#lib/domain/service-codes.ts';
import { isAtLeast } from '#lib/domain/severity.ts';
import { addDays, isDay } from '#lib/domain/taiwan-dates.ts';
import { VISIT_FIELDS, VISIT_OPTIONS } from '#lib/domain/visit-options.ts';
import { codeTablesSql } from '../../../scripts/gen-code-tables.ts';

describe('service codes', () => {
	test.each([
		['AA01', 1700, 2040],
		['BA01', 260, 310],
		['BA02', 195, 235],
		['BA05', 310, 370],
		['BA07', 325, 385],
		['BA14', 685, 825],
		['BA17d1', 50, 60],
		['BA20', 175, 210],
		['CB02', 9000, 10800],
		['GA09', 770, 925],
		['SC09', 770, 925]
	])('%s costs %d, in remote areas %d', (code, price, remote) => {
		expect(serviceCodeOn(code, '2026-11-22')).toMatchObject({
			priceNtd: price,
			priceRemoteNtd: remote
		});
	});

	test('BD03 costs 100 up to 2025-08-31 and 115 from the next day', () => {
		expect(serviceCodeOn('BD03', '2025-08-31')?.priceNtd).toBe(100);
		expect(serviceCodeOn('BD03', '2025-09-01')).toMatchObject({
			priceNtd: 115,
			priceRemoteNtd: 140
		});
	});

	test('CB01 is four visits for 4,000 and since LTC 3.0 three for 4,500', () => {
		expect(serviceCodeOn('CB01', '2025-08-31')).toMatchObject({ unit: 'set_4', priceNtd: 4000 });
		expect(serviceCodeOn('CB01', '2025-09-01')).toMatchObject({ unit: 'set_3', priceNtd: 4500 });
		expect(newestServiceCode('CB01')?.priceNtd).toBe(4500);
	});

	test.each([
		['BB01', 675],
		['BB02', 340],
		['BB13', 1285],
		['BB14', 645],
		['BC01', 625],
		['BC14', 520]
	])('%s of the day-care pairs costs %d', (code, price) => {
		expect(serviceCodeOn(code, '2026-11-22')?.priceNtd).toBe(price);
	});

	test('an unknown code and a day before our source have no row', () => {
		expect(serviceCodeOn('BA99', '2026-11-22')).toBeNull();
		expect(serviceCodeOn('BA01', '2020-01-01')).toBeNull();
		expect(newestServiceCode('BA99')).toBeNull();
	});

	test('on every day a code has one row at most', () => {
		const codes = [...new Set(SERVICE_CODES.map((row) => row.code))];
		fc.assert(
			fc.property(fc.integer({ min: -400, max: 1500 }), (offset) => {
				const day = addDays('2025-09-01', offset);
				const rows = serviceCodesOn(day);
				expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
				for (const code of codes) {
					const holding = SERVICE_CODES.filter(
						(row) =>
							row.code === code &&
							row.effectiveFrom <= day &&
							(row.effectiveTo === null || row.effectiveTo >= day)
					);
					expect(holding.length).toBeLessThanOrEqual(1);
				}
			}),
			{ numRuns: 30 }
		);
	});

	test('prices are whole, names are in both languages, days exist', () => {
		for (const row of SERVICE_CODES) {
			expect(row.nameZh).toMatch(/\p{Script=Han}/u);
			expect(row.nameEn).toMatch(/^[A-Z]/);
			expect(isDay(row.effectiveFrom)).toBe(true);
			for (const price of [row.priceNtd, row.priceRemoteNtd]) {
				expect(price === null || (Number.isInteger(price) && price > 0)).toBe(true);
			}
			if (row.priceNtd !== null && row.priceRemoteNtd !== null) {
				expect(row.priceRemoteNtd).toBeGreaterThan(row.priceNtd);
			}
		}
	});
});

describe('quotas', () => {
	test.each([
		[2, 10_020, 32_340],
		[3, 15_460, 32_340],
		[6, 28_070, 32_340],
		[7, 32_090, 48_510],
		[8, 36_180, 48_510]
	])('level %d has %d a month and %d of respite a year', (level, month, year) => {
		expect(careQuota(level)).toMatchObject({ careMonthNtd: month, respiteYearNtd: year });
	});

	test('level 1 and levels that do not exist have none', () => {
		expect([0, 1, 9, 2.5].map(careQuota)).toEqual([null, null, null, null]);
	});

	test('the day codes of each level are codes with a price', () => {
		for (const { dayCodes } of CARE_QUOTAS) {
			for (const code of Object.values(dayCodes)) {
				expect(serviceCodeOn(code, '2026-11-22')?.priceNtd).toBeGreaterThan(0);
			}
		}
		expect(careQuota(8)?.dayCodes).toEqual({
			bbDay: 'BB13',
			bbHalf: 'BB14',
			bcDay: 'BC13',
			bcHalf: 'BC14'
		});
	});
});

describe('problems, incidents and options', () => {
	test('there are 34 problems, numbered as in the official list', () => {
		expect(PROBLEM_CODES).toHaveLength(34);
		expect(problemCode(1)?.nameZh).toBe('進食');
		expect(problemCode(26)?.nameZh).toBe('跌倒風險');
		expect(problemCode(34)?.nameZh).toBe('其他');
		expect(problemCode(0)).toBeNull();
		expect(problemCode(35)).toBeNull();
	});

	test('suspected abuse is restricted and red, and must be reported within 24 hours', () => {
		expect(incidentType('ABUSE')).toMatchObject({
			audience: 'restricted',
			defaultSeverity: 'red',
			dutyHours: 24
		});
	});

	test('a fall is orange, and red once the head was hit', () => {
		expect(incidentSeverity('FALL')).toBe('orange');
		expect(incidentSeverity('FALL', ['head_hit'])).toBe('red');
		expect(incidentSeverity('FALL', ['something_else'])).toBe('orange');
	});

	test('signs only ever raise the severity, and an unknown type is taken seriously', () => {
		for (const type of INCIDENT_TYPES) {
			for (const sign of type.raisedBy) {
				expect(isAtLeast(incidentSeverity(type.code, [sign.code]), type.defaultSeverity)).toBe(
					true
				);
			}
		}
		expect(incidentSeverity('NEW_TYPE')).toBe('orange');
	});

	test('codes are unique in every list', () => {
		const lists = [
			INCIDENT_TYPES.map((type) => type.code),
			HELP_LINES.map((line) => line.number),
			...VISIT_FIELDS.map((field) => VISIT_OPTIONS[field].map((option) => option.code))
		];
		for (const codes of lists) expect(new Set(codes).size).toBe(codes.length);
	});

	test('every list of a visit starts with an ordinary answer and has one for not knowing', () => {
		for (const field of VISIT_FIELDS) {
			expect(VISIT_OPTIONS[field][0]?.concern).toBe('none');
			expect(visitOption(field, 'unknown')).not.toBeNull();
		}
		expect(visitOption('appetite', 'little')?.concern).toBe('yellow');
		expect(visitOption('appetite', 'nonsense')).toBeNull();
		expect(visitOption('appetite', null)).toBeNull();
	});
});

test('the migration holds exactly what the phones carry', () => {
	const migration = readFileSync('supabase/migrations/20261122000900_code_tables.sql', 'utf8');
	expect(migration).toBe(codeTablesSql());
});
