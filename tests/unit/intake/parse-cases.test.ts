import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { writeCsv } from 'hucre/csv';
import { describe, expect, test } from 'vitest';
import type { CasesParse, ParsedRow } from '#lib/intake/imported-case.ts';
import { parseCases } from '#lib/intake/parse-cases.ts';
import { readTable } from '#lib/intake/read-table.ts';
import { isDay } from '#lib/domain/taiwan-dates.ts';
import { anyText } from '../../fixtures/arbitraries.ts';

const TODAY = '2026-11-22';

function parseBytes(bytes: Uint8Array): CasesParse {
	const table = readTable(bytes);
	if (!table.ok) throw new Error(table.code);
	return parseCases(table, TODAY);
}

function parse(text: string): CasesParse {
	return parseBytes(new TextEncoder().encode(text));
}

function rows(parsed: CasesParse): readonly ParsedRow[] {
	if (!parsed.ok) throw new Error(parsed.code);
	return parsed.rows;
}

/** The single data row under a header. */
function row(header: string, data: string): ParsedRow {
	const only = rows(parse(`${header}\n${data}`))[0];
	if (only === undefined) throw new Error('no row');
	return only;
}

function codes(each: ParsedRow): string[] {
	return each.problems.map((problem) => `${problem.level} ${problem.code}`);
}

function fixture(name: string): CasesParse {
	return parseBytes(readFileSync(`tests/fixtures/import/${name}`));
}

describe('whole files', () => {
	test('the UTF-8 list: ten people, three of them with warnings', () => {
		const parsed = fixture('cases-utf8.csv');
		expect(parsed).toMatchObject({ ok: true, counts: { good: 10, warned: 3, bad: 0 } });
		expect(rows(parsed)[0]).toEqual({
			line: 2,
			ok: true,
			problems: [],
			value: {
				nationalId: 'A200000012',
				name: '林測試',
				sex: 'female',
				bornOn: '1942-05-06',
				cmsLevel: 4,
				phone: '0492800001',
				address: '南投縣雲霧鄉光明村1號',
				village: '光明村',
				admittedOn: '2025-01-15',
				livingSituation: 'with_others',
				contacts: [{ name: '林示範', relation: '女兒', phone: '0912000001' }],
				allergies: ['盤尼西林', '蝦'],
				conditions: ['高血壓', '糖尿病'],
				note: '怕生，先打電話'
			}
		});
		expect(rows(parsed).at(-1)).toMatchObject({ value: { note: '第一行\n第二行' } });
	});

	test('the Big5 list: a title above the header, full-width digits, two contacts, three rows refused', () => {
		const parsed = fixture('cases-big5.csv');
		expect(parsed).toMatchObject({ ok: true, counts: { good: 4, warned: 2, bad: 3 } });
		const all = rows(parsed);
		expect(all.map((each) => [each.line, each.ok])).toEqual([
			[4, true],
			[5, true],
			[6, true],
			[7, false],
			[8, false],
			[9, false],
			[10, true]
		]);
		expect(all[0]).toMatchObject({
			value: {
				bornOn: '1941-05-06',
				cmsLevel: 4,
				admittedOn: '2025-07-05',
				address: '臺中市和平區範例路1號',
				contacts: [{ name: '張示意' }, { name: '張樣式', relation: '兒子', phone: '0912000103' }]
			}
		});
		expect(all.map(codes)).toEqual([
			[],
			['warning living_unlisted_assumed'],
			[],
			['error no_such_day'],
			['error duplicate_id'],
			['error missing', 'error unknown_value'],
			['warning rare_character']
		]);
		expect(all[4]?.problems[0]?.otherLine).toBe(4);
	});

	test('files without a usable header or without people are refused as a whole', () => {
		expect(parse('甲,乙\n1,2')).toEqual({ ok: false, code: 'no_header' });
		expect(parse('性別,生日\n男,40/5/6')).toEqual({ ok: false, code: 'no_name_column' });
		expect(parse('姓名,生日\n')).toEqual({ ok: false, code: 'no_rows' });
		expect(parse('姓名,生日\n' + '王,40/5/6\n'.repeat(5001))).toEqual({
			ok: false,
			code: 'too_many_rows'
		});
	});

	test('a header that is repeated on each page is not a person', () => {
		expect(rows(parse('姓名,生日\n王小明,40/5/6\n姓名,生日\n李大同,41/5/6'))).toHaveLength(2);
	});

	test('a list of names alone is a list', () => {
		expect(rows(parse('姓名\n王小明\n'))[0]).toMatchObject({
			ok: true,
			value: { name: '王小明', bornOn: null }
		});
	});
});

describe('cells', () => {
	test.each([
		['性別', '男', 'sex', 'male'],
		['性別', 'Ｆ', 'sex', 'female'],
		['性別', '2', 'sex', 'female'],
		['CMS等級', '第4級', 'cmsLevel', 4],
		['CMS等級', 'CMS 8', 'cmsLevel', 8],
		['CMS等級', '五級', 'cmsLevel', 5],
		['CMS等級', '７', 'cmsLevel', 7],
		['電話', '="0912345678"', 'phone', '0912345678'],
		['電話', "'0912345678", 'phone', '0912345678'],
		['電話', '無', 'phone', null],
		['居住狀況', '獨居（列冊）', 'livingSituation', 'alone_listed'],
		['居住狀況', '獨居(未列冊)', 'livingSituation', 'alone_unlisted'],
		['居住狀況', '與兒子一家人同住', 'livingSituation', 'with_others'],
		['獨居', '否', 'livingSituation', 'with_others'],
		['獨居', '無', 'livingSituation', 'with_others'],
		['身分證字號', 'ａ１２３４５６７８９', 'nationalId', 'A123456789'],
		['過敏', '無', 'allergies', []],
		['過敏', '蝦、花生；蝦', 'allergies', ['蝦', '花生']],
		['收案日期', '114年7月5日', 'admittedOn', '2025-07-05'],
		['備註', '=1+1', 'note', '=1+1'],
		['地址', '　台東縣　１號 ', 'address', '台東縣 1號']
	])('%s "%s" is %s %j', (header, cell, field, expected) => {
		const each = row(`姓名\t${header}`, `王小明\t${cell}`);
		expect(codes(each)).toEqual([]);
		expect(each).toMatchObject({ ok: true, value: { [field]: expected } });
	});

	test.each([
		['性別', '不明', 'error unknown_value'],
		['生日', '40/13/1', 'error no_such_day'],
		['生日', '很久以前', 'error not_a_date'],
		['生日', '05/06/1951', 'error not_a_date'],
		['生日', '200/1/1', 'error in_the_future'],
		['生日', '11400705', 'error too_long_ago'],
		['CMS等級', '9', 'error unknown_value'],
		['CMS等級', '0', 'error unknown_value'],
		['CMS等級', '1a', 'warning cms_sublevel'],
		['身分證字號', 'A123456788', 'warning id_checksum'],
		['身分證字號', 'A12345', 'warning id_shape'],
		['電話', '打給女兒', 'warning phone_shape'],
		['收案日期', '120/1/1', 'warning in_the_future'],
		['獨居', '是', 'warning living_unlisted_assumed'],
		['居住狀況', '其他', 'error unknown_value'],
		['地址', '長'.repeat(201), 'error too_long']
	])('%s "%s" is told as %s', (header, cell, problem) => {
		const each = row(`姓名,${header}`, `王小明,${cell}`);
		expect(codes(each)).toEqual([problem]);
		expect(each.ok).toBe(problem.startsWith('warning'));
		expect(each.problems[0]).toMatchObject({
			header,
			got: expect.stringContaining(cell.slice(0, 20))
		});
	});

	test('an id or a telephone number that looks wrong is kept as it is written', () => {
		expect(row('姓名,身分證字號,電話', '王小明,A123456788,打給女兒')).toMatchObject({
			value: { nationalId: 'A123456788', phone: '打給女兒' }
		});
	});

	test('a row without a name is refused; a name that is too long, too', () => {
		expect(codes(row('姓名,生日', ',40/5/6'))).toEqual(['error missing']);
		expect(codes(row('姓名,生日', `${'王'.repeat(41)},40/5/6`))).toEqual(['error too_long']);
		expect(row('姓名,生日', `${'王'.repeat(40)},40/5/6`).ok).toBe(true);
	});

	test('contradictions within a row', () => {
		expect(codes(row('姓名,身分證字號,性別', '王小明,A123456789,女'))).toEqual([
			'warning sex_differs_from_id'
		]);
		expect(codes(row('姓名,生日,收案日期', '王小明,60/1/1,59/1/1'))).toEqual([
			'error admitted_before_birth'
		]);
	});

	test('more cells than headers mean that a comma has slipped in', () => {
		expect(codes(row('姓名,地址', '王小明,光明村1號,2樓'))).toEqual([
			'error more_cells_than_headers'
		]);
		expect(row('姓名,地址', '王小明,光明村1號,,').ok).toBe(true);
	});

	test('a second telephone is told, not lost in silence', () => {
		const each = row('姓名,市話,手機', '王小明,049-280-1234,0912-345-678');
		expect(each).toMatchObject({ ok: true, value: { phone: '0492801234' } });
		expect(each.problems).toMatchObject([
			{ code: 'extra_value', header: '手機', got: '0912-345-678' }
		]);
		expect(row('姓名,市話,手機', '王小明,,0912-345-678')).toMatchObject({
			value: { phone: '0912345678' },
			problems: []
		});
	});

	test('several notes are joined, a contact without a name is called by relation or told', () => {
		expect(row('姓名,備註,說明', '王小明,一,二')).toMatchObject({ value: { note: '一\n二' } });
		expect(row('姓名,聯絡人,關係,電話', '王小明,,女兒,0912345678')).toMatchObject({
			value: { contacts: [{ name: '女兒', relation: '女兒', phone: '0912345678' }] }
		});
		expect(codes(row('姓名,聯絡人,關係,電話', '王小明,,,0912345678'))).toEqual([
			'warning contact_without_name'
		]);
	});

	test('a Han character outside Big5 is only doubtful in a Big5 file', () => {
		expect(codes(row('姓名,備註', '游𠕇例,一'))).toEqual([]);
	});
});

describe('the same person twice', () => {
	function verdicts(text: string): string[][] {
		return rows(parse(text)).map(codes);
	}

	test('by id, whatever the spelling', () => {
		expect(verdicts('姓名,身分證字號\n王小明,A123456789\n王曉明,ａ123456789')).toEqual([
			[],
			['error duplicate_id']
		]);
	});

	test('by name and birthday when an id is missing, with 臺 and blanks made equal', () => {
		expect(verdicts('姓名,生日\n王臺生,40/5/6\n王 台生,1951-05-06')).toEqual([
			[],
			['error duplicate_person']
		]);
		expect(verdicts('姓名,身分證字號,生日\n王小明,A123456789,40/5/6\n王小明,,40/5/6')).toEqual([
			[],
			['error duplicate_person']
		]);
	});

	test('two ids are two people, even with the same name and birthday, but are told', () => {
		const two = '姓名,身分證字號,生日\n王小明,A123456789,40/5/6\n王小明,A100000029,40/5/6';
		expect(verdicts(two)).toEqual([[], ['warning same_name']]);
	});

	test('the same name with another birthday is nobody’s business, without a birthday it is told', () => {
		expect(verdicts('姓名,生日\n王小明,40/5/6\n王小明,41/5/6')).toEqual([[], []]);
		expect(verdicts('姓名,生日\n王小明,40/5/6\n王小明,')).toEqual([[], ['warning same_name']]);
	});

	test('a refused row does not push out the good row of the same person', () => {
		expect(
			verdicts('姓名,身分證字號,生日\n王小明,A123456789,40/13/6\n王小明,A123456789,40/5/6')
		).toEqual([['error no_such_day'], []]);
	});
});

describe('properties', () => {
	const headers = [
		'身分證字號',
		'姓名',
		'性別',
		'生日',
		'CMS等級',
		'電話',
		'地址',
		'收案日期',
		'居住狀況',
		'聯絡人',
		'關係',
		'聯絡人電話',
		'過敏',
		'備註',
		'__proto__'
	];
	const plausible = fc.constantFrom(
		'王小明',
		'A123456789',
		'男',
		'40/5/6',
		'4',
		'0912345678',
		'獨居',
		'無',
		'=HYPERLINK("x")',
		'__proto__',
		''
	);
	const line = fc.array(
		fc.oneof(
			plausible,
			anyText.map((text) => text.toWellFormed().replaceAll('\u0000', ''))
		),
		{
			maxLength: headers.length + 2
		}
	);

	test('whatever the cells are: no exception, and a row is whole or refused, never partial', () => {
		fc.assert(
			fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
				const table = readTable(
					new TextEncoder().encode(writeCsv([headers, ...lines], { quoteStyle: 'all' }))
				);
				if (!table.ok) return;
				const parsed = parseCases(table, TODAY);
				if (!parsed.ok) return;
				for (const each of parsed.rows) {
					const errors = each.problems.filter((problem) => problem.level === 'error');
					expect(each.ok).toBe(errors.length === 0);
					if (!each.ok) {
						expect(each).not.toHaveProperty('value');
						continue;
					}
					expect(each.value.name).not.toBe('');
					for (const day of [each.value.bornOn, each.value.admittedOn]) {
						expect(day === null || isDay(day)).toBe(true);
					}
					expect(Object.keys(each.value)).toHaveLength(14);
					expect(JSON.stringify(each.value)).not.toContain('\\u0000');
				}
				const good = parsed.rows.filter((each) => each.ok).length;
				expect(parsed.counts).toMatchObject({ good, bad: parsed.rows.length - good });
			}),
			{ numRuns: 300 }
		);
	});

	test('nobody is imported twice: ids of accepted rows differ', () => {
		const id = fc.constantFrom('A123456789', 'A100000029', 'A200000012', '');
		const person = fc.tuple(
			id,
			fc.constantFrom('王小明', '李大同'),
			fc.constantFrom('40/5/6', '41/5/6', '')
		);
		fc.assert(
			fc.property(fc.array(person, { minLength: 1, maxLength: 15 }), (people) => {
				const text = people.map(([idn, name, born]) => `${idn},${name},${born}`).join('\n');
				const ids = rows(parse(`身分證字號,姓名,生日\n${text}`)).flatMap((each) =>
					each.ok && each.value.nationalId !== null ? [each.value.nationalId] : []
				);
				expect(new Set(ids).size).toBe(ids.length);
			})
		);
	});
});
