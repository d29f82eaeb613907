/** A month's care against the quota of the CMS level: which codes count, what is left, and whose share it is. */
import { describe, expect, test } from 'vitest';
import { monthQuota } from '#lib/domain/month-quota.ts';
import type { DoneCode } from '#lib/domain/rows.ts';

const line = (
	code: string,
	quantity: number,
	price_ntd: number | null,
	unit = 'time'
): DoneCode => ({
	code,
	quantity,
	unit,
	price_ntd
});
const at = (part: Partial<Parameters<typeof monthQuota>[0]> = {}) =>
	monthQuota({ cmsLevel: 3, copayClass: 3, done: [], planned: [], ...part });

describe('the quota of a month', () => {
	test('is what the level has; what is done and what is planned are taken from it', () => {
		expect(
			at({ done: [line('BA01', 2, 260)], planned: [line('BA07', 1, 325), line('CC01', 1, 100)] })
		).toEqual({
			quotaNtd: 15_460,
			doneNtd: 520,
			plannedNtd: 425,
			leftNtd: 14_515,
			copayPerMille: 160,
			copayNtd: 151,
			unpriced: []
		});
	});

	test('is used by B and C codes alone: other pools never mix with it, and A codes use none', () => {
		const others = ['AA05', 'DA01', 'GA09', 'SC09', 'EA01', 'OT01'].map((code) =>
			line(code, 1, 500)
		);
		expect(at({ done: others })).toMatchObject({ doneNtd: 0, leftNtd: 15_460, unpriced: [] });
	});

	test('of a code that is paid once for several visits counts the whole once', () => {
		const visit = line('CB01', 1, 4500, 'set_3');
		expect(at({ done: [visit, visit] })).toMatchObject({ doneNtd: 4500 });
		expect(at({ done: [visit, visit], planned: [visit] })).toMatchObject({ plannedNtd: 0 });
		expect(at({ done: [visit, visit], planned: [visit, visit] })).toMatchObject({
			plannedNtd: 4500
		});
	});

	test('that is used up leaves less than nothing, and the share is of the quota alone', () => {
		expect(at({ done: [line('BA02', 100, 195)] })).toMatchObject({
			leftNtd: 15_460 - 19_500,
			copayNtd: 2473
		});
	});

	test.each([
		[1, 0, 0],
		[2, 50, 9],
		[3, 160, 31],
		[4, null, null],
		[null, null, null]
	])('of class %j has the share %j, cut down to whole dollars', (copayClass, perMille, ntd) => {
		expect(at({ copayClass, done: [line('BA02', 1, 195)] })).toMatchObject({
			copayPerMille: perMille,
			copayNtd: ntd
		});
	});

	test('names the codes that it could not count', () => {
		const done = [line('BA99', 1, null), line('BA99', 2, null), line('AA99', 1, null)];
		expect(at({ done, planned: [line('BA01', 1, 260)] })).toMatchObject({
			unpriced: ['BA99'],
			plannedNtd: 260
		});
	});

	test('does not exist for level 1, nor where no level is known', () => {
		expect(at({ cmsLevel: 1 })).toBeNull();
		expect(at({ cmsLevel: null })).toBeNull();
	});
});
