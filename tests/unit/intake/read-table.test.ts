import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { writeCsv } from 'hucre/csv';
import { describe, expect, test } from 'vitest';
import { MAX_BYTES, MAX_ROWS, readTable, type TableRead } from '#lib/intake/read-table.ts';
import { anyText } from '../../fixtures/arbitraries.ts';

function bytes(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

function read(text: string): TableRead {
	return readTable(bytes(text));
}

function cells(table: TableRead): (readonly string[])[] {
	return table.ok ? table.rows.map((row) => row.cells) : [];
}

function code(table: TableRead): string {
	return table.ok ? 'ok' : table.code;
}

/** "姓名,性別" and "王小明,男" in Big5. */
const BIG5 = [
	0xa9, 0x6d, 0xa6, 0x57, 0x2c, 0xa9, 0xca, 0xa7, 0x4f, 0x0d, 0x0a, 0xa4, 0xfd, 0xa4, 0x70, 0xa9,
	0xfa, 0x2c, 0xa8, 0x6b
];

describe('encoding', () => {
	test('UTF-8 with and without a byte-order mark', () => {
		for (const head of ['', '\ufeff']) {
			expect(read(`${head}姓名,性別\n王小明,男`)).toMatchObject({
				ok: true,
				encoding: 'utf-8',
				rows: [
					{ line: 1, cells: ['姓名', '性別'] },
					{ line: 2, cells: ['王小明', '男'] }
				]
			});
		}
	});

	test('Big5', () => {
		expect(readTable(new Uint8Array(BIG5))).toMatchObject({
			ok: true,
			encoding: 'big5',
			rows: [{ cells: ['姓名', '性別'] }, { cells: ['王小明', '男'] }]
		});
	});

	test('UTF-16 as Excel saves "Unicode text"', () => {
		const text = '\ufeff姓名\t性別\r\n王小明\t男\r\n';
		const units = new Uint8Array(
			[...text].flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8])
		);
		expect(readTable(units)).toMatchObject({ ok: true, encoding: 'utf-16le', delimiter: '\t' });
	});

	test('bytes that are neither UTF-8 nor Big5 are refused with their line', () => {
		const broken = new Uint8Array([...bytes('姓名\n王小明\n'), 0xff, 0xff, 0x0a]);
		expect(readTable(broken)).toEqual({ ok: false, code: 'encoding_unknown', line: 3 });
	});

	test('Excel and PDF files are told apart from text', () => {
		expect(code(readTable(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2])))).toBe('not_text');
		expect(code(readTable(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])))).toBe('not_text');
		expect(code(readTable(bytes('%PDF-1.7')))).toBe('not_text');
		expect(code(read('姓名\u0000'))).toBe('not_text');
	});
});

describe('shape', () => {
	test.each([
		['a,b\n1,2', ','],
		['a\tb\n1\t2', '\t'],
		['a;b\n1;2', ';'],
		['a|b\n1|2', '|'],
		['a;b;c\n"x,y,z";2;3', ';'],
		['"a,b,c";d\n1;2', ';'],
		['only\n1', ',']
	])('the delimiter of %j is %j', (text, delimiter) => {
		expect(read(text)).toMatchObject({ ok: true, delimiter });
	});

	test('quoted cells keep delimiters, line ends and doubled quotation marks', () => {
		expect(cells(read('a,b\n"x, ""y""\nz",2'))[1]).toEqual(['x, "y"\nz', '2']);
	});

	test('a quotation mark inside a plain cell is text', () => {
		expect(cells(read('a,b\n電視32",2\n"",3'))).toEqual([
			['a', 'b'],
			['電視32"', '2'],
			['', '3']
		]);
	});

	test('line numbers are those of the file, over blank lines and cells of several lines', () => {
		const table = read('a,b\r\n\r\n"1\r\n2",x\r\n , \r\n3,y\r\n');
		expect(table.ok && table.rows.map((row) => row.line)).toEqual([1, 3, 6]);
	});

	test('a quotation mark that is never closed is refused, with the line where it opens', () => {
		expect(read('a,b\n1,2\n"3,4\n5,6\n')).toEqual({ ok: false, code: 'quote_not_closed', line: 3 });
	});

	test('two stray marks far apart do not swallow the rows in between', () => {
		const rows = Array.from({ length: 60 }, (_, index) => `${index},x`).join('\n');
		expect(read(`a,b\n"1,x\n${rows}\n"2,x\n`)).toEqual({
			ok: false,
			code: 'quote_not_closed',
			line: 2
		});
	});

	test('an empty file is told', () => {
		expect(code(readTable(new Uint8Array()))).toBe('empty');
		expect(code(read('\ufeff \r\n \n'))).toBe('empty');
	});
});

describe('caps', () => {
	test('too many bytes are refused before anything is decoded', () => {
		expect(code(readTable(new Uint8Array(MAX_BYTES + 1)))).toBe('too_large');
	});

	test('too many rows and too many columns', () => {
		expect(code(read('a,b\n' + '1,2\n'.repeat(MAX_ROWS)))).toBe('ok');
		expect(code(read('a,b\n' + '1,2\n'.repeat(MAX_ROWS + 20)))).toBe('too_many_rows');
		expect(code(read('a\n' + '\n'.repeat(200_000)))).toBe('too_many_rows');
		expect(code(read(','.repeat(300) + 'a'))).toBe('too_many_columns');
		expect(code(read(','.repeat(2_000_000) + 'a'))).toBe('too_many_columns');
	});
});

describe('properties', () => {
	test('what was written as CSV reads back', () => {
		const cell = anyText.map((text) =>
			text
				.replace(/\u0000/g, '')
				.toWellFormed()
				.replace(/\r\n?/g, '\n')
		);
		const table = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(table, (rows) => {
				const head = ['h1', 'h2', 'h3'];
				const text = writeCsv([head, ...rows], { bom: true, quoteStyle: 'all' });
				expect(cells(read(text))).toEqual([head, ...rows]);
			})
		);
	});

	test('any bytes and any text give rows or a reason, never an exception', () => {
		const start = fc.constantFrom([], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0xa4, 0xfd]);
		const any = fc.oneof(
			fc
				.tuple(start, fc.uint8Array({ maxLength: 400 }))
				.map(([head, rest]) => new Uint8Array([...head, ...rest])),
			anyText.map(bytes)
		);
		fc.assert(
			fc.property(any, (input) => {
				const table = readTable(input);
				if (table.ok)
					expect(table.rows.every((row) => row.cells.some((each) => each.trim() !== ''))).toBe(
						true
					);
				else expect(table.code).toMatch(/^[a-z_0-9]+$/);
			}),
			{ numRuns: 500 }
		);
	});

	test('a file cut off anywhere, or with one byte changed, is read or refused', () => {
		for (const name of ['cases-utf8.csv', 'cases-big5.csv']) {
			const whole = new Uint8Array(readFileSync(`tests/fixtures/import/${name}`));
			fc.assert(
				fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
					const damaged = cut ? whole.slice(0, at) : whole.with(at, byte);
					expect(() => readTable(damaged)).not.toThrow();
				})
			);
		}
	});
});
