import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { describe as describeEvent } from '#lib/features/emergencies/actions.ts';
import { ReportForm } from '#lib/features/emergencies/report-form.svelte.ts';
import { readReportStart } from '#lib/features/emergencies/report-start.ts';

const NOTHING = { caseId: null, type: null, measurementId: null, sign: null, severity: null };

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}

describe('an emergency report', () => {
	test('asks for the person, then the event, then the rest', () => {
		const form = new ReportForm(aPhone(), NOTHING);
		expect(form.step).toBe('person');
		form.caseId = 'case-1';
		expect(form.step).toBe('type');
		form.chooseType('FALL');
		expect(form.step).toBe('details');
	});

	test('proposes the severity of the event, raised by what is seen, and lets the person decide', () => {
		const form = new ReportForm(aPhone(), { ...NOTHING, caseId: 'case-1', type: 'FALL' });
		expect(form.severity).toBe('orange');
		form.signs = ['head_hit'];
		expect(form.severity).toBe('red');
		form.chosenSeverity = 'yellow';
		expect(form.severity).toBe('yellow');
		form.chooseType('UNCON');
		expect(form.severity).toBe('red');
		expect(form.signs).toEqual([]);
	});

	test('comes back after an interruption, but not over a report about somebody else', async () => {
		const phone = aPhone();
		const before = new ReportForm(phone, { ...NOTHING, caseId: 'case-1', type: 'FALL' });
		before.description = '在浴室門口滑倒';
		before.signs = ['head_hit'];
		await before.keep();

		const after = new ReportForm(phone, NOTHING);
		await after.restore();
		expect(after.restored).toBe(true);
		expect(after.description).toBe('在浴室門口滑倒');
		expect(after.severity).toBe('red');

		const other = new ReportForm(phone, { ...NOTHING, caseId: 'case-2' });
		await other.restore();
		expect(other.restored).toBe(false);
		expect(other.type).toBeNull();

		await after.discard();
		const fresh = new ReportForm(phone, NOTHING);
		await fresh.restore();
		expect(fresh.restored).toBe(false);
	});

	test('begun by a red value it keeps pointing at it and stays red over an older draft of the same event', async () => {
		const phone = aPhone();
		const before = new ReportForm(phone, { ...NOTHING, caseId: 'case-1', type: 'BPABN' });
		before.chosenSeverity = 'yellow';
		before.description = '早上頭暈';
		await before.keep();
		const red = new ReportForm(phone, {
			caseId: 'case-1',
			type: 'BPABN',
			measurementId: 'reading-1',
			sign: 'feels_unwell',
			severity: 'red'
		});
		await red.restore();
		expect(red.measurementId).toBe('reading-1');
		expect(red.severity).toBe('red');
		expect(red.signs).toEqual(['feels_unwell']);
		expect(red.description).toBe('早上頭暈');
		await red.keep();
		const later = new ReportForm(phone, NOTHING);
		await later.restore();
		expect(later.measurementId).toBe('reading-1');
	});

	test('a value is not reported of somebody else', () => {
		const form = new ReportForm(aPhone(), { ...NOTHING, measurementId: 'reading-1' });
		form.choosePerson('case-1', 'case-1');
		expect(form.measurementId).toBe('reading-1');
		form.choosePerson('case-2', 'case-1');
		expect(form.measurementId).toBeNull();
	});

	test('keeps nothing before an event is chosen', async () => {
		const phone = aPhone();
		await new ReportForm(phone, { ...NOTHING, caseId: 'case-1' }).keep();
		expect(await phone.drafts.count()).toBe(0);
	});
});

test('an address prefills a report, and a mistyped severity never lowers one', () => {
	const read = (query: string) => readReportStart(new URLSearchParams(query));
	expect(read('case=c1&type=NOANS')).toEqual({ ...NOTHING, caseId: 'c1', type: 'NOANS' });
	expect(read('type=BPABN&sign=feels_unwell').sign).toBe('feels_unwell');
	expect(new ReportForm(aPhone(), read('type=FALL&sign=feels_unwell')).signs).toEqual([]);
	expect(read('severity=red').severity).toBe('red');
	expect(read('severity=none').severity).toBeNull();
	expect(new ReportForm(aPhone(), read('case=c1&type=NOSUCH')).type).toBeNull();
});

test('what was seen stands before the free text', () => {
	expect(describeEvent(' 滑倒 ', [])).toBe('滑倒');
	expect(describeEvent('', ['撞到頭', '站不起來'])).toBe('撞到頭、站不起來。');
	expect(describeEvent('滑倒', ['撞到頭'])).toBe('撞到頭。滑倒');
});
