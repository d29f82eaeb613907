/** Whether photos are allowed: of many consents the one that holds, and what is asked of a new one. */
import { describe, expect, test } from 'vitest';
import { consentProblems, type TypedConsent } from '#lib/care-ui/photos/consent-form.ts';
import { newestFirst, validConsent } from '#lib/domain/consents.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import type { CaseConsentRow } from '#lib/domain/rows.ts';

const NOW = '2026-11-22T02:00:00.000Z';
const aConsent = (row: Partial<CaseConsentRow>): CaseConsentRow => ({
	...blankRow('case_consents'),
	...row
});

describe('the consent that holds', () => {
	test('is the one given last of those that nobody has withdrawn', () => {
		const consents = [
			aConsent({ id: 'first', given_on: '2025-01-01' }),
			aConsent({ id: 'second', given_on: '2026-01-01' }),
			aConsent({ id: 'withdrawn', given_on: '2026-06-01', withdrawn_at: NOW })
		];
		expect(validConsent(consents)?.id).toBe('second');
		expect(consents.sort(newestFirst).map(({ id }) => id)).toEqual([
			'second',
			'first',
			'withdrawn'
		]);
	});

	test('is none when all are withdrawn or there never was one', () => {
		expect(validConsent([])).toBeNull();
		expect(validConsent([aConsent({ withdrawn_at: NOW })])).toBeNull();
		expect(validConsent([aConsent({ deleted_at: NOW })])).toBeNull();
	});
});

describe('a consent that is entered', () => {
	const TODAY = '2026-11-22';
	const typed: TypedConsent = {
		relation: 'self',
		givenBy: '林阿嬤',
		how: 'paper',
		givenOn: TODAY
	};

	test('needs a name, and a day that is not to come', () => {
		expect(consentProblems(typed, TODAY)).toEqual([]);
		expect(consentProblems({ ...typed, givenBy: '  ' }, TODAY)).toEqual(['givenBy']);
		expect(consentProblems({ ...typed, givenOn: '2026-11-23' }, TODAY)).toEqual(['givenOn']);
		expect(consentProblems({ ...typed, givenOn: '' }, TODAY)).toEqual(['givenOn']);
	});
});
