/** The position at a step: asked once, after the step is stored, and only of who has said yes. Nobody waits for it, and undo takes it back. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { choosePosition, isPositionOn } from '#lib/care-ui/household/position-choice.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { checkIn, checkOut, nobodyAnswers } from '#lib/features/visits/actions.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { anId, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const ME = anId();
const HOUSE = { latitude: 23.76, longitude: 120.68, accuracy_m: 12 };

interface Committed {
	readonly mid: string;
	readonly name: string;
	readonly args: unknown;
}
type Found = (coords: { latitude: number; longitude: number; accuracy: number }) => void;

let db: LocalDb;
let committed: Committed[];
let ws: Workspace;
/** What the app has asked the phone. */
let asked: { found: Found; failed: (code: number) => void; options: PositionOptions }[];
const visit = aVisit({ case_id: anId(), worker_id: ME });

beforeEach(() => {
	const kept = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
		removeItem: (key: string) => kept.delete(key)
	});
	asked = [];
	vi.stubGlobal('navigator', {
		geolocation: {
			getCurrentPosition: (
				found: (position: { coords: unknown }) => void,
				failed: (error: { code: number }) => void,
				options: PositionOptions
			) =>
				asked.push({
					found: (coords) => found({ coords }),
					failed: (code) => failed({ code }),
					options
				})
		}
	});
	db = new LocalDb(anId(), { indexedDB: new IDBFactory(), IDBKeyRange });
	committed = [];
	ws = {
		db,
		me: { userId: ME },
		newId: anId,
		now: () => NOW,
		commit(name: string, args: unknown) {
			const mid = anId();
			committed.push({ mid, name, args });
			return Promise.resolve({ mid });
		},
		retract(mids: readonly string[]) {
			const before = committed.length;
			committed = committed.filter(({ mid }) => !mids.includes(mid));
			return Promise.resolve(before - committed.length === mids.length);
		}
	} as unknown as Workspace; // what the actions touch of it
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const names = () => committed.map(({ name }) => name);
const place = () => committed.find(({ name }) => name === 'visit_place.add')?.args;
const noteHouse = (part: object = {}) =>
	db.household_points.add(aRow('household_points', { case_id: visit.case_id, ...HOUSE, ...part }));
const untilAsked = () => vi.waitFor(() => expect(asked).toHaveLength(1));

describe('off, as it is until somebody says yes', () => {
	test('the phone is not asked', async () => {
		await noteHouse();
		expect(isPositionOn(ME)).toBe(false);
		const read = vi.spyOn(db.household_points, 'where');
		await checkIn(ws, visit);
		// Not even what it would be compared with is looked up.
		expect(read).not.toHaveBeenCalled();
		choosePosition(ME, true);
		await checkOut(ws, visit);
		expect(read).toHaveBeenCalled();
		await untilAsked();
	});

	test('a yes is one person\u2019s on this phone, and goes with them; a phone that keeps nothing stays at no', () => {
		expect(choosePosition(ME, true)).toBe(true);
		expect([isPositionOn(ME), isPositionOn(anId())]).toEqual([true, false]);
		choosePosition(ME, false);
		expect(isPositionOn(ME)).toBe(false);
		const blocked = () => {
			throw new Error('blocked');
		};
		vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
		expect([choosePosition(ME, true), isPositionOn(ME)]).toEqual([false, false]);
	});
});

describe('on', () => {
	beforeEach(() => choosePosition(ME, true));

	test.each([
		['check_in', 'visit.check_in', checkIn],
		['check_out', 'visit.check_out', checkOut]
	] as const)(
		'%s is stored before the phone answers; then how far, and not where',
		async (step, mutation, act) => {
			await noteHouse();
			await act(ws, visit);
			expect(names()).toEqual([mutation]);
			await untilAsked();
			asked[0]?.found({ latitude: 23.7602, longitude: 120.68, accuracy: 25 });
			await vi.waitFor(() => expect(names()).toEqual([mutation, 'visit_place.add']));
			expect(place()).toEqual({
				row: {
					id: expect.any(String) as unknown,
					case_id: visit.case_id,
					visit_id: visit.id,
					via: 'position',
					step,
					position: 'measured',
					distance_m: 20,
					accuracy_m: 40
				}
			});
			expect(JSON.stringify(committed)).not.toContain('23.76');
			expect(asked[0]?.options).toMatchObject({ enableHighAccuracy: false, timeout: 10_000 });
			expect(asked).toHaveLength(1);
		}
	);

	test.each([
		[1, 'denied'],
		[2, 'unavailable'],
		[3, 'timeout']
	])('what failed (%i) is said, and nothing more', async (code, position) => {
		await noteHouse();
		await checkIn(ws, visit);
		await untilAsked();
		asked[0]?.failed(code);
		await vi.waitFor(() => expect(place()).toMatchObject({ row: { position } }));
		expect(place()).not.toHaveProperty('row.distance_m');
	});

	test('where nobody has noted the house, or it was taken away, there is nothing to compare, and the phone is not asked', async () => {
		const undo = await checkIn(ws, visit);
		expect(await undo()).toBe(true);
		await noteHouse({ recorded_at: '2026-11-20T01:00:00.000Z', seq: 1 });
		await noteHouse({ latitude: null, longitude: null, accuracy_m: null, seq: 2 });
		const again = await checkOut(ws, visit);
		expect(await again()).toBe(true);
		expect(asked).toEqual([]);
	});

	test('a door that nobody opens is no place to measure', async () => {
		await noteHouse();
		const undo = await nobodyAnswers(ws, visit);
		expect(await undo()).toBe(true);
		expect(asked).toEqual([]);
	});

	test('a step that is taken back takes the position with it, found or not', async () => {
		await noteHouse();
		const undo = await checkIn(ws, visit);
		await untilAsked();
		asked[0]?.found({ latitude: 23.76, longitude: 120.68, accuracy: 25 });
		await vi.waitFor(() => expect(committed).toHaveLength(2));
		expect(await undo()).toBe(true);
		expect(committed).toEqual([]);

		const undoEarly = await checkIn(ws, visit);
		await vi.waitFor(() => expect(asked).toHaveLength(2));
		const commit = vi.spyOn(ws, 'commit');
		const undone = undoEarly();
		await vi.waitFor(() => expect(committed).toEqual([]));
		asked[1]?.found({ latitude: 23.76, longitude: 120.68, accuracy: 25 });
		expect(await undone).toBe(true);
		expect(commit).not.toHaveBeenCalled();
	});

	test('a step that is on its way keeps its position', async () => {
		await noteHouse();
		const undo = await checkIn(ws, visit);
		await untilAsked();
		asked[0]?.found({ latitude: 23.76, longitude: 120.68, accuracy: 25 });
		await vi.waitFor(() => expect(committed).toHaveLength(2));
		const retract = vi.spyOn(ws, 'retract').mockResolvedValue(false);
		expect(await undo()).toBe(false);
		expect(retract.mock.calls).toEqual([[[committed[0]?.mid]]]);
	});
});
