import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { saveDraft } from '#lib/db/drafts.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { RecordForm } from '#lib/features/visits/record-form.svelte.ts';

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
		vitals: null
	});
	const form = new RecordForm(phone, VISIT, null);
	await form.begin(PLAN, null);
	expect(form.quantities).toEqual({ BA02: 1 });
	expect(form.observations.mood).toBe('calm');
	expect(form.observations.sleep).toBeNull();
	expect(form.note).toBe('');
	expect(form.vitals.sys).toBe('');
});

test('a saved record leaves no draft behind', async () => {
	const phone = aPhone();
	const form = new RecordForm(phone, VISIT, null);
	form.note = 'x';
	await form.keep();
	await form.discard();
	expect(await phone.drafts.count()).toBe(0);
});
