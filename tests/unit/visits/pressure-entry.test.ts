import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import { PressureEntry } from '#lib/features/visits/pressure-entry.svelte.ts';

const SLOT = { caseId: 'case-1', day: '2026-11-22', slot: 'morning', missing: 2 } as const;
const NOW = '2026-11-22T02:00:00.000Z';
const CONTEXT = { limits: {}, earlier: [] };

function aPhone(): LocalDb {
	return new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
}

function filled(phone = aPhone()): PressureEntry {
	const entry = new PressureEntry(phone, SLOT);
	entry.time = '07:30';
	entry.set(0, 'sys', '132');
	entry.set(0, 'dia', '82');
	return entry;
}

describe('the readings of one morning', () => {
	test('one is enough to be saved, the second is a minute later', () => {
		const entry = filled();
		expect(entry.obstacle(entry.read(CONTEXT), NOW)).toBeNull();
		expect(entry.takenAt(0)).toBe('2026-11-21T23:30:00.000Z');
		expect(entry.takenAt(1)).toBe('2026-11-21T23:31:00.000Z');
		expect(entry.read(CONTEXT).map((one) => one?.reading ?? null)).toEqual([
			{ kind: 'blood_pressure', sys: 132, dia: 82 },
			null
		]);
	});

	test.each([
		['time', (entry: PressureEntry): void => void (entry.time = '7 o’clock')],
		['time', (entry: PressureEntry): void => void (entry.time = '24:10')],
		['future', (entry: PressureEntry): void => void (entry.time = '10:05')],
		['incomplete', (entry: PressureEntry): void => entry.set(1, 'sys', '130')],
		['impossible', (entry: PressureEntry): void => entry.set(0, 'dia', '140')],
		['unlikely', (entry: PressureEntry): void => entry.set(0, 'sys', '240')]
	] as const)('%s stands in the way', (obstacle, change) => {
		const entry = filled();
		change(entry);
		expect(entry.obstacle(entry.read(CONTEXT), NOW)).toBe(obstacle);
	});

	test('nothing typed is nothing to save', () => {
		const entry = new PressureEntry(aPhone(), SLOT);
		entry.time = '07:30';
		expect(entry.obstacle(entry.read(CONTEXT), NOW)).toBe('empty');
	});

	test('what is unlikely is saved once it is confirmed, until it is changed', () => {
		const entry = filled();
		entry.set(0, 'sys', '240');
		entry.confirm(0);
		expect(entry.obstacle(entry.read(CONTEXT), NOW)).toBeNull();
		entry.set(0, 'sys', '241');
		expect(entry.obstacle(entry.read(CONTEXT), NOW)).toBe('unlikely');
	});

	test('what was typed is there again after a reload, for this morning only', async () => {
		const phone = aPhone();
		await filled(phone).keep();
		const after = new PressureEntry(phone, SLOT);
		await after.restore();
		expect(after.time).toBe('07:30');
		expect(after.pairs[0]).toEqual({ sys: '132', dia: '82' });
		const evening = new PressureEntry(phone, { ...SLOT, slot: 'evening' });
		await evening.restore();
		expect(evening.time).toBe('');
	});

	test('a draft of another shape is left alone', async () => {
		const phone = aPhone();
		await phone.drafts.put({
			key: 'home-pressure:case-1:2026-11-22-morning',
			value: { time: '08:00', pairs: [7, { sys: 1, dia: '80' }], confirmed: [2] },
			savedAt: NOW
		});
		const entry = new PressureEntry(phone, SLOT);
		await entry.restore();
		expect(entry.pairs).toEqual([
			{ sys: '', dia: '' },
			{ sys: '', dia: '80' }
		]);
		expect(entry.confirmed).toEqual([]);
	});
});
