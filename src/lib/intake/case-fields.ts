/** Reading one cell of a case list: what it means, or what is wrong with it. */

import { parseTaiwanDate } from '#lib/domain/parse-taiwan-date.ts';
import { ageOn } from '#lib/domain/taiwan-dates.ts';
import type { LivingSituation } from '#lib/domain/rows.ts';
import { checkPhone } from '#lib/domain/phone.ts';
import { checkTaiwanId } from '#lib/domain/taiwan-id.ts';
import { cleanText, foldText } from '#lib/domain/text.ts';

/** An `error` keeps the row out; a `warning` lets it in and is shown. */
export type ProblemLevel = 'error' | 'warning';

export type FieldProblemCode =
	| 'missing'
	| 'too_long'
	| 'unknown_value'
	| 'not_a_date'
	| 'no_such_day'
	| 'in_the_future'
	| 'too_long_ago'
	| 'id_shape'
	| 'id_checksum'
	| 'phone_shape'
	| 'cms_sublevel'
	| 'living_unlisted_assumed';

/** What the reader may try: a code that the screen words. */
export type ProblemHint =
	| 'write_date_like_114_07_05'
	| 'write_level_1_to_8'
	| 'write_male_or_female'
	| 'write_alone_or_not'
	| 'check_against_the_card'
	| 'check_the_number'
	| 'shorten';

export interface FieldProblem {
	readonly level: ProblemLevel;
	readonly code: FieldProblemCode;
	readonly hint: ProblemHint | null;
}

export interface FieldRead<Value> {
	/** Null when the cell is empty or could not be read. */
	readonly value: Value | null;
	readonly problem: FieldProblem | null;
}

/** The cell as text: full-width letters and digits made ordinary, ="0912…" of Excel exports unwrapped, a leading text mark ' taken off. */
export function cleanCell(cell: string): string {
	const text = cleanText(cell);
	const wrapped = /^="(.*)"$/s.exec(text)?.[1];
	return (wrapped ?? text.replace(/^'/, '')).trim();
}

/** What people write into a cell to say that there is nothing. */
export function isBlankMark(text: string): boolean {
	return NONE.has(foldText(text));
}

/** Text on one line. */
export function readText(text: string, maxLength: number): FieldRead<string> {
	return readNote(text.replace(/\n+/g, ' '), maxLength);
}

/** Text that may have several lines. */
export function readNote(text: string, maxLength: number): FieldRead<string> {
	if (text === '') return nothing();
	return [...text].length > maxLength ? refuse('too_long', 'shorten') : got(text);
}

export function readNationalId(text: string): FieldRead<string> {
	const check = checkTaiwanId(text);
	if (check.ok) return got(check.id);
	if (check.code === 'empty') return nothing();
	// Papers have typing errors, and the person exists all the same: the number is kept and the reader warned.
	const code = check.code === 'shape' ? 'id_shape' : 'id_checksum';
	if (check.id.length > MAX_ID_LENGTH) return refuse('too_long', 'check_against_the_card');
	return warn(check.id, code, 'check_against_the_card');
}

export function readSex(text: string): FieldRead<'female' | 'male' | 'other'> {
	if (text === '') return nothing();
	const sex = SEXES.get(foldText(text));
	return sex === undefined ? refuse('unknown_value', 'write_male_or_female') : got(sex);
}

/** A Taipei day; one after `today` is an error or a warning, one longer ago than `maxAgeYears` an error. */
export function readDay(
	text: string,
	limits: { readonly today: string; readonly future: ProblemLevel; readonly maxAgeYears: number }
): FieldRead<string> {
	const hint = 'write_date_like_114_07_05';
	const parsed = parseTaiwanDate(text);
	if (!parsed.ok) return parsed.code === 'empty' ? nothing() : refuse(parsed.code, hint);
	const { day } = parsed;
	if (day > limits.today) {
		return limits.future === 'error'
			? refuse('in_the_future', hint)
			: warn(day, 'in_the_future', hint);
	}
	if (ageOn(day, limits.today) > limits.maxAgeYears) return refuse('too_long_ago', hint);
	return got(day);
}

/** 4, 第4級, CMS 4, 四級; the exchange files' 1a and 1b are level 1 with a warning. */
export function readCmsLevel(text: string): FieldRead<number> {
	if (text === '') return nothing();
	const plain = foldText(text).replace(/[\s第級级:.]|cms|level/g, '');
	if (plain === '1a' || plain === '1b') return warn(1, 'cms_sublevel', null);
	if (!/^[1-8一二三四五六七八]$/.test(plain)) return refuse('unknown_value', 'write_level_1_to_8');
	return got(/\d/.test(plain) ? Number(plain) : HAN_DIGITS.indexOf(plain) + 1);
}

/** What cannot be read as a telephone number is kept as written: better an odd number than none. */
export function readPhone(text: string): FieldRead<string> {
	const check = checkPhone(text);
	if (check.ok) return got(check.number);
	if (check.code === 'empty') return nothing();
	if (text.length > MAX_PHONE_LENGTH) return refuse('too_long', 'check_the_number');
	return warn(text, 'phone_shape', 'check_the_number');
}

export function readLivingSituation(text: string): FieldRead<LivingSituation> {
	if (text === '') return nothing();
	const plain = foldText(text).replace(/[\s()[\]]/g, '');
	const exact = LIVING.get(plain);
	if (exact !== undefined) return got(exact);
	// On a list the word alone says nothing of the county's register of people living alone.
	if (/^(獨居|是|有|y|yes|1)$/.test(plain)) {
		return warn('alone_unlisted', 'living_unlisted_assumed', 'write_alone_or_not');
	}
	if (/同住|非獨居|家人|配偶|子女|外籍看護/.test(plain)) return got('with_others');
	return refuse('unknown_value', 'write_alone_or_not');
}

/** 盤尼西林、阿斯匹靈 in one cell are two; 無 and its like are none. */
export function readList(text: string): FieldRead<readonly string[]> {
	const items = text
		.split(/[、,;；，/|\n]+/)
		.map((item) => item.trim())
		.filter((item) => item !== '' && !NONE.has(foldText(item)));
	if (items.length > MAX_ITEMS || items.some((item) => [...item].length > MAX_ITEM_LENGTH)) {
		return refuse('too_long', 'shorten');
	}
	return got([...new Set(items)]);
}

const MAX_ID_LENGTH = 20;
const MAX_PHONE_LENGTH = 40;
const MAX_ITEMS = 30;
const MAX_ITEM_LENGTH = 100;
const HAN_DIGITS = '一二三四五六七八';
const NONE: ReadonlySet<string> = new Set([
	'無',
	'沒有',
	'無過敏',
	'無已知過敏',
	'不詳',
	'nil',
	'none',
	'no',
	'nka',
	'nkda',
	'-',
	'x'
]);

const SEXES: ReadonlyMap<string, 'female' | 'male' | 'other'> = new Map([
	['男', 'male'],
	['男性', 'male'],
	['m', 'male'],
	['male', 'male'],
	['1', 'male'],
	['女', 'female'],
	['女性', 'female'],
	['f', 'female'],
	['female', 'female'],
	['2', 'female'],
	['其他', 'other'],
	['other', 'other'],
	['x', 'other'],
	['3', 'other']
]);

const LIVING: ReadonlyMap<string, LivingSituation> = new Map([
	['非獨居', 'with_others'],
	['否', 'with_others'],
	['無', 'with_others'],
	['n', 'with_others'],
	['no', 'with_others'],
	['0', 'with_others'],
	['獨居列冊', 'alone_listed'],
	['列冊獨居', 'alone_listed'],
	['獨居未列冊', 'alone_unlisted'],
	['未列冊獨居', 'alone_unlisted']
]);

function nothing<Value>(): FieldRead<Value> {
	return { value: null, problem: null };
}

function got<Value>(value: Value): FieldRead<Value> {
	return { value, problem: null };
}

function warn<Value>(
	value: Value,
	code: FieldProblemCode,
	hint: ProblemHint | null
): FieldRead<Value> {
	return { value, problem: { level: 'warning', code, hint } };
}

function refuse<Value>(code: FieldProblemCode, hint: ProblemHint | null): FieldRead<Value> {
	return { value: null, problem: { level: 'error', code, hint } };
}
