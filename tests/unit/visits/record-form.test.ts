import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { saveDraft } from '#lib/db/drafts.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { openWaits } from '#lib/features/visits/record-draft.ts';
import { RecordForm } from '#lib/features/visits/record-form.svelte.ts';
import { waitsOnPhone } from '#lib/features/visits/waits.ts';

const VISIT = 'visit-1';
const PLAN = ['BA02', 'BA03'];

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}

test('a new record starts from the codes of the plan', async () => {
	const form = new RecordForm(aPhone(), VISIT, null);
	await form.begin(PLAN, null);
	expect(form.quantities).toEqual({ BA02: 1, BA03: 1 });
	expect(form.restored).toBe(false);
});

test('what was typed before a crash is there again, field by field', async () => {
	const phone = aPhone();
	const before = new RecordForm(phone, VISIT, null);
	await before.begin(PLAN, null);
	before.quantities = { BA07: 2 };
	before.observations.mood = 'low';
	before.fluidsMl = '800';
	before.note = '說膝蓋痠';
	before.vitals = { ...before.vitals, sys: '128' };
	await before.keep();

	const after = new RecordForm(phone, VISIT, null);
	await after.begin(PLAN, null);
	expect(after.restored).toBe(true);
	expect(after.quantities).toEqual({ BA07: 2 });
	expect(after.observations.mood).toBe('low');
	expect(after.fluidsMl).toBe('800');
	expect(after.note).toBe('說膝蓋痠');
	expect(after.vitals.sys).toBe('128');
});

test('a correction starts from the record that it corrects and keeps a draft of its own', async () => {
	const phone = aPhone();
	const wrong = {
		...blankRow('visit_records'),
		id: 'record-1',
		mood: 'calm',
		fluids_ml: 500,
		done_codes: [{ code: 'BA03', quantity: 1, unit: 'time', price_ntd: 35 }]
	};
	const first = new RecordForm(phone, VISIT, null);
	first.note = '第一次';
	await first.keep();
	const correction = new RecordForm(phone, VISIT, wrong.id);
	await correction.begin(PLAN, wrong);
	expect(correction.restored).toBe(false);
	expect(correction.quantities).toEqual({ BA03: 1 });
	expect(correction.observations.mood).toBe('calm');
	expect(correction.fluidsMl).toBe('500');
});

test('a draft that another release has written is read as far as it is known', async () => {
	const phone = aPhone();
	await saveDraft(phone, `visit-record:${VISIT}`, {
		quantities: { BA02: 1, BA03: 'two' },
		observations: { mood: 'calm', aura: 'blue' },
		note: 7,
		vitals: null,
		takes: [{ id: 't1', kind: 'aura', typed: '7', takenAt: 'now' }, 'x'],
		unwell: 'yes'
	});
	const form = new RecordForm(phone, VISIT, null);
	await form.begin(PLAN, null);
	expect(form.quantities).toEqual({ BA02: 1 });
	expect(form.observations.mood).toBe('calm');
	expect(form.observations.sleep).toBeNull();
	expect(form.note).toBe('');
	expect(form.vitals.sys).toBe('');
	expect(form.takes).toEqual([]);
	expect(form.unwell).toBe(false);
});

test('a saved record leaves no draft behind', async () => {
	const phone = aPhone();
	const form = new RecordForm(phone, VISIT, null);
	form.note = 'x';
	await form.keep();
	await form.discard();
	expect(await phone.drafts.count()).toBe(0);
});

const AT = '2026-11-22T02:00:00.000Z';
const WAIT = { since: AT, minutes: 5 };

describe('measuring again', () => {
	async function withPressure(phone: LocalDb): Promise<RecordForm> {
		const form = new RecordForm(phone, VISIT, null);
		await form.begin([], null);
		form.vitals = { ...form.vitals, sys: '182', dia: '98', pulse: '70' };
		form.confirmed = { blood_pressure: '182/98', pulse: '70' };
		await form.setAside('blood_pressure', { id: 't1', takenAt: AT, wait: WAIT });
		return form;
	}

	test('the first reading and its wait survive a dead battery; its fields are empty for the second', async () => {
		const phone = aPhone();
		await withPressure(phone);
		const after = new RecordForm(phone, VISIT, null);
		await after.begin([], null);
		expect(after.takes).toEqual([
			{ id: 't1', kind: 'blood_pressure', typed: '182/98', takenAt: AT, wait: WAIT }
		]);
		expect(after.vitals).toMatchObject({ sys: '', dia: '', pulse: '70' });
		expect(after.confirmed).toEqual({ pulse: '70' });
	});

	test('a wait is open until something is typed after it', async () => {
		const form = await withPressure(aPhone());
		expect(openWaits(form)).toEqual([{ takeId: 't1', kind: 'blood_pressure', wait: WAIT }]);
		form.setVital('sys', '1');
		expect(openWaits(form)).toEqual([]);
	});

	test('a reading taken back stands in its fields again, confirmed as it was', async () => {
		const form = await withPressure(aPhone());
		form.takeBack('t1');
		expect(form.takes).toEqual([]);
		expect(form.vitals).toMatchObject({ sys: '182', dia: '98' });
		expect(form.confirmed.blood_pressure).toBe('182/98');
	});

	test('a stored reading stays when its wait is given up', async () => {
		const form = await withPressure(aPhone());
		form.endWait('t1');
		expect(form.takes).toHaveLength(1);
		expect(openWaits(form)).toEqual([]);
	});

	test('the phone knows whom it waits for, whichever page is open', async () => {
		const phone = aPhone();
		await withPressure(phone);
		expect(await waitsOnPhone(phone)).toEqual([]);
		await phone.visits.put({ ...blankRow('visits'), id: VISIT, case_id: 'case-1', _gen: 0 });
		await phone.cases.put({ ...blankRow('cases'), id: 'case-1', name: '林阿嬤', _gen: 0 });
		expect(await waitsOnPhone(phone)).toEqual([
			{
				takeId: 't1',
				kind: 'blood_pressure',
				wait: WAIT,
				visitId: VISIT,
				personName: '林阿嬤'
			}
		]);
	});
});

describe('the same as last time', () => {
	const last = { ...blankRow('visit_records'), id: 'r1', mood: 'calm', sleep: 'good', skin: null };

	test('fills what was not chosen today, and undo clears just that', async () => {
		const form = new RecordForm(aPhone(), VISIT, null);
		form.observe('mood', 'low');
		form.observeSameAsLast(last);
		expect(form.observations).toMatchObject({ mood: 'low', sleep: 'good', skin: null });
		expect(form.sameAsLast).toEqual(['sleep']);
		form.undoSameAsLast();
		expect(form.observations).toMatchObject({ mood: 'low', sleep: null });
		expect(form.sameAsLast).toEqual([]);
	});

	test('what was changed afterwards is of today, and undo leaves it', async () => {
		const phone = aPhone();
		const form = new RecordForm(phone, VISIT, null);
		form.observeSameAsLast(last);
		form.observe('sleep', 'poor');
		await form.keep();
		const after = new RecordForm(phone, VISIT, null);
		await after.begin([], null);
		expect(after.sameAsLast).toEqual(['mood']);
		after.undoSameAsLast();
		expect(after.observations).toMatchObject({ sleep: 'poor', mood: null });
	});

	test('nothing of last time is in a record by itself', async () => {
		const form = new RecordForm(aPhone(), VISIT, null);
		await form.begin(PLAN, null);
		expect(Object.values(form.observations).every((value) => value === null)).toBe(true);
	});
});
