/** Reading dates as they are written in Taiwan: 民國 and western years, with or without separators, full-width digits. */

import { makeDay, ROC_OFFSET_YEARS } from './taiwan-dates.ts';

export type DateParse =
	| { readonly ok: true; readonly day: string; readonly era: 'roc' | 'before_roc' | 'western' }
	| { readonly ok: false; readonly code: 'empty' | 'not_a_date' | 'no_such_day' };

/**
 * A day from 114/07/05, 1140705, 114年7月5日, 民國114年7月5日, 0400506, 400506, 40/5/6, 民國前3年5月6日, 前3/5/6, 2025-07-05,
 * 20250705 or 2025年7月5日; a time of day behind it is cut off. A year below 1000 is a 民國 year.
 * Day-first and month-first orders are refused: nobody could tell 05/06 from 06/05.
 */
export function parseTaiwanDate(text: string): DateParse {
	const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
	if (plain === '') return { ok: false, code: 'empty' };
	const withoutTime = plain.replace(
		/[ T](?:上午|下午)? ?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?$/,
		''
	);
	const parts = separated(withoutTime) ?? compact(withoutTime);
	if (parts === null) return { ok: false, code: 'not_a_date' };
	return toDay(parts);
}

interface WrittenDate {
	readonly before: boolean;
	readonly roc: boolean;
	readonly year: string;
	readonly month: string;
	readonly day: string;
}

const SEPARATED =
	/^(?<era>民國|民|中華民國|西元)?\.? ?(?<before>前)? ?(?<year>元|\d{1,4}) ?(?:年|[-/.]) ?(?<month>\d{1,2}) ?(?:月|[-/.]) ?(?<day>\d{1,2}) ?日?$/;

/** Six digits are 民國 yymmdd, seven are yyymmdd, eight are western yyyymmdd: so they stand in the official exchange files. */
const COMPACT = /^(?<before>前)?(?<year>\d{2,4})(?<month>\d{2})(?<day>\d{2})$/;

function separated(text: string): WrittenDate | null {
	const groups = SEPARATED.exec(text)?.groups;
	if (groups === undefined) return null;
	const { era, before, year = '', month = '', day = '' } = groups;
	const roc = era !== undefined && era !== '西元';
	return { before: before !== undefined, roc, year: year === '元' ? '1' : year, month, day };
}

function compact(text: string): WrittenDate | null {
	const groups = COMPACT.exec(text)?.groups;
	if (groups === undefined) return null;
	const { before, year = '', month = '', day = '' } = groups;
	return { before: before !== undefined, roc: false, year, month, day };
}

function toDay({ before, roc, year, month, day }: WrittenDate): DateParse {
	const number = Number(year);
	const western = !before && !roc && number >= 1000;
	if (!western && (number === 0 || number >= 1000)) return { ok: false, code: 'no_such_day' };
	const westernYear = yearOf(number, western, before);
	const made = makeDay(westernYear, Number(month), Number(day));
	if (made === null) return { ok: false, code: 'no_such_day' };
	if (western) return { ok: true, day: made, era: 'western' };
	return { ok: true, day: made, era: before ? 'before_roc' : 'roc' };
}

/** 民國前1年 is 1911, 民國1年 is 1912. */
function yearOf(year: number, western: boolean, before: boolean): number {
	if (western) return year;
	return before ? ROC_OFFSET_YEARS + 1 - year : ROC_OFFSET_YEARS + year;
}
