/** Limits of codes by day, week and CMS level. */

import { serviceCodeOn } from './code-tables.ts';
import type { ServiceUnit } from './service-codes.ts';
import { daysBetween, startOfWeek, taipeiDay } from './taiwan-dates.ts';
import type { CodeQuantity } from './visit-prices.ts';
import {
	baseCode,
	familyOf,
	warning,
	type VisitForRules,
	type VisitWarning
} from './visit-warnings.ts';

/** Most that may be claimed, in quantities of the code: BA02 six half hours are 3 h, GA09 five times two hours are 10 h. */
const MOST: Readonly<Record<string, { readonly per: 'day' | 'week'; readonly max: number }>> = {
	BA02: { per: 'day', max: 6 },
	BA17a: { per: 'day', max: 3 },
	BA17b: { per: 'day', max: 3 },
	BA17c: { per: 'week', max: 7 },
	BA17d1: { per: 'day', max: 1 },
	BA17d2: { per: 'week', max: 3 },
	BA17e: { per: 'week', max: 1 },
	GA09: { per: 'day', max: 5 }
};

const LEVEL_MIN: Readonly<Record<string, number>> = { BA09: 5, BA09a: 5, DA01: 4 };
/** Level 1 has no quota at all; A codes use none. */
const QUOTA_LEVEL_MIN = 2;

export function quantityWarnings({ startsAt, codes, earlier }: VisitForRules): VisitWarning[] {
	const day = taipeiDay(startsAt);
	const monday = startOfWeek(day);
	const inWeek = (other: string): boolean => {
		const offset = daysBetween(monday, other);
		return offset >= 0 && offset < 7;
	};
	return [...new Set(codes.map((line) => baseCode(line.code)))].flatMap((code) => {
		const rule = MOST[code];
		if (rule === undefined) return [];
		const before = earlier.filter((line) =>
			rule.per === 'day' ? line.day === day : inWeek(line.day)
		);
		const used = sum(code, codes) + sum(code, before);
		const name = rule.per === 'day' ? 'QUANTITY_DAY' : 'QUANTITY_WEEK';
		return used > rule.max ? [warning(name, [code], rule.max)] : [];
	});
}

/** Minutes that one quantity stands for (附表四: 每 30 分鐘, 每小時 …); of other units the table names no time. */
const UNIT_MINUTES: Partial<Record<ServiceUnit, number>> = {
	half_hour: 30,
	hour: 60,
	two_hours: 120
};

/** The table knows no tolerance. A fifth leaves room for the door and the shoes; what is shorter the office wants to see. */
const ENOUGH = 0.8;

/** `limit` of the warning: minutes that the codes stand for. */
export function lengthWarnings({ startsAt, endsAt, codes }: VisitForRules): VisitWarning[] {
	const day = taipeiDay(startsAt);
	const timed = codes.flatMap(({ code, quantity }) => {
		const unit = serviceCodeOn(baseCode(code), day)?.unit;
		const minutes = (unit && UNIT_MINUTES[unit]) ?? 0;
		return minutes > 0 ? [{ code, minutes: minutes * quantity }] : [];
	});
	const needed = timed.reduce((total, { minutes }) => total + minutes, 0);
	const spent = (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000;
	return spent < needed * ENOUGH
		? [warning('SHORTER_THAN_CODES', [...new Set(timed.map(({ code }) => code))], needed)]
		: [];
}

export function levelWarnings(cmsLevel: number, codes: readonly string[]): VisitWarning[] {
	return [...new Set(codes)].flatMap((code) => {
		if (familyOf(code) === 'A' || familyOf(code) === 'O') return [];
		const min = LEVEL_MIN[code] ?? QUOTA_LEVEL_MIN;
		if (cmsLevel < min) return [warning('CMS_LEVEL_MIN', [code], min)];
		const dayCare = /^B[BC](\d{2})$/.exec(code)?.[1];
		const own = dayCare === undefined ? cmsLevel : Math.ceil(Number(dayCare) / 2) + 1;
		return own === cmsLevel ? [] : [warning('CMS_LEVEL_CODE', [code], own)];
	});
}

function sum(code: string, lines: readonly CodeQuantity[]): number {
	return lines
		.filter((line) => baseCode(line.code) === code)
		.reduce((total, line) => total + line.quantity, 0);
}
