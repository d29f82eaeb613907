import { describe, expect, test } from 'vitest';
import { knownHeaderCount, mapColumns } from '#lib/intake/case-columns.ts';

function mapped(...headers: string[]): string[] {
	return mapColumns(headers).places.map((place) =>
		place.column.startsWith('contact') ? `${place.column}${place.contact}` : place.column
	);
}

describe('names', () => {
	test.each([
		['身分證字號', 'nationalId'],
		['身份證字號', 'nationalId'],
		['idn', 'nationalId'],
		['CaseID', 'nationalId'],
		['patientId', 'nationalId'],
		['個案姓名', 'name'],
		['Sex', 'sex'],
		['gender', 'sex'],
		['出生日期(民國)', 'bornOn'],
		['＊出生年月日：', 'bornOn'],
		['生日（YYYY/MM/DD）', 'bornOn'],
		['CMS等級', 'cmsLevel'],
		['ＣＭＳ 等級', 'cmsLevel'],
		['失能等級', 'cmsLevel'],
		['行動電話', 'phone'],
		['連絡電話', 'phone'],
		['居住地址', 'address'],
		['村里', 'village'],
		['收案日期', 'admittedOn'],
		['EndDate', 'admittedOn'],
		['居住狀況', 'livingSituation'],
		['緊急聯絡人', 'contactName0'],
		['過敏史', 'allergies'],
		['疾病史', 'conditions'],
		['備註', 'note']
	])('%s is %s', (header, column) => {
		expect(mapped(header)).toEqual([column]);
	});

	test('the number of a case is not the id of a person', () => {
		expect(mapColumns(['案號', 'caseNo', 'case_no', '編號', '姓名']).ignored).toEqual([
			'案號',
			'caseNo',
			'case_no',
			'編號'
		]);
	});

	test('names of built-in properties are just unknown headers', () => {
		const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
		expect(mapColumns([...odd, '姓名'])).toMatchObject({
			places: [{ column: 'name' }],
			ignored: odd
		});
	});
});

describe('places', () => {
	test('a plain telephone behind a contact is the contact’s', () => {
		expect(mapped('姓名', '電話', '聯絡人', '關係', '電話')).toEqual([
			'name',
			'phone',
			'contactName0',
			'contactRelation0',
			'contactPhone0'
		]);
		expect(mapped('姓名', '聯絡人', '電話')).toEqual(['name', 'contactName0', 'contactPhone0']);
	});

	test('once the contact’s telephone is named, a plain one is the person’s own', () => {
		expect(mapped('姓名', '緊急聯絡人', '緊急聯絡人電話', '電話')).toEqual([
			'name',
			'contactName0',
			'contactPhone0',
			'phone'
		]);
	});

	test('a second plain telephone behind a contact could be anybody’s and is not taken', () => {
		const map = mapColumns(['姓名', '聯絡人', '電話', '手機']);
		expect(map.ignored).toEqual(['手機']);
	});

	test('numbered contacts belong to their number, unnumbered ones follow in order', () => {
		expect(mapped('聯絡人1', '聯絡人1電話', '聯絡人2', '聯絡人2電話', '聯絡人電話2')).toEqual([
			'contactName0',
			'contactPhone0',
			'contactName1',
			'contactPhone1'
		]);
		expect(mapped('主要照顧者', '電話', '緊急聯絡人', '關係', '電話')).toEqual([
			'contactName0',
			'contactPhone0',
			'contactName1',
			'contactRelation1',
			'contactPhone1'
		]);
	});

	test('a second column of the same thing is ignored, except where several make sense', () => {
		const map = mapColumns(['姓名', '姓名', '生日', '出生日期', '備註', '說明']);
		expect(map.ignored).toEqual(['姓名', '出生日期']);
		expect(map.places.filter((place) => place.column === 'note')).toHaveLength(2);
	});

	test('a title has no known name, a header has several', () => {
		expect(knownHeaderCount(['雲霧鄉照顧服務對象清冊', '', ''])).toBe(0);
		expect(knownHeaderCount(['編號', '姓名', '生日'])).toBe(2);
	});
});
