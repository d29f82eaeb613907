/** Papers: what a file is by its bytes, its first title, and finding one by words of its title. */
import { expect, test } from 'vitest';
import { fileKind, titleFromName, withTitle } from '#lib/domain/documents.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text.padEnd(16, '\0'), 'latin1'));

test.each([
	['%PDF-1.7\n', 'pdf'],
	['\xff\xd8\xff\xe0', 'picture'],
	['\x89PNG\r\n\x1a\n', 'picture'],
	['RIFF\x10\x00\x00\x00WEBPVP8 ', 'picture'],
	['RIFF\x10\x00\x00\x00WAVEfmt ', null],
	['<!doctype html>', null],
	['<svg xmlns="http', null],
	['PK\x03\x04', null],
	['\xd0\xcf\x11\xe0', null],
	['GIF89a', null],
	['\xff\xd8', null],
	[' %PDF-1.7', null],
	['', null]
])('a file that begins with %j is %s, whatever its name says', (head, kind) => {
	expect(fileKind(bytes(head))).toBe(kind);
});

test('a file of a few bytes is nothing', () => {
	expect(fileKind(new Uint8Array([0x25, 0x50]))).toBeNull();
	expect(fileKind(new Uint8Array())).toBeNull();
});

test('its name without the ending is the first title', () => {
	expect(titleFromName('出院病摘_林阿月 .pdf')).toBe('出院病摘 林阿月');
	expect(titleFromName('契約 v1.2')).toBe('契約 v1.2');
	expect(titleFromName('.pdf')).toBe('');
});

test('a paper is found by the words of its title, in any order and writing', () => {
	const titles = ['臺大醫院出院病摘', '慢性處方箋 ２０２６', 'Care Plan 2026'];
	const find = (searched: string) => withTitle(titles, searched, (caption) => ({ caption }));
	expect(find('')).toEqual(titles);
	expect(find('台大')).toEqual([titles[0]]);
	expect(find('2026')).toEqual(titles.slice(1));
	expect(find('plan CARE')).toEqual([titles[2]]);
	expect(find('2026 病摘')).toEqual([]);
});
