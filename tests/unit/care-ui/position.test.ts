/** Asking the phone where it is: one answer, in time, whatever the browser does. */
import { afterEach, expect, test, vi } from 'vitest';
import { askPosition } from '#lib/care-ui/household/position.ts';
import { fixOf, isSharp, noteHousePoint } from '#lib/care-ui/household/house-point.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { anId, aRow } from '../../fixtures/builders.ts';

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

function aBrowser(getCurrentPosition: (...given: never[]) => void): void {
	vi.stubGlobal('navigator', { geolocation: { getCurrentPosition } });
}

test('a browser without positions, or of a page that is not secure, has none', async () => {
	vi.stubGlobal('navigator', {});
	expect(await askPosition({ withinMs: 1000, exact: false })).toEqual({ kind: 'unavailable' });
});

test('whose question for permission nobody answers is waited for no longer than was said', async () => {
	vi.useFakeTimers();
	aBrowser(() => undefined);
	const answer = askPosition({ withinMs: 10_000, exact: false });
	let isThere = false;
	void answer.then(() => (isThere = true));
	await vi.advanceTimersByTimeAsync(9_999);
	expect(isThere).toBe(false);
	await vi.advanceTimersByTimeAsync(1);
	expect(await answer).toEqual({ kind: 'timeout' });
});

test('nothing old will do: where the phone was a moment ago is another place', async () => {
	const options: PositionOptions[] = [];
	aBrowser((found: (at: unknown) => void, _failed: unknown, given: PositionOptions) => {
		options.push(given);
		found({ coords: { latitude: 1, longitude: 2, accuracy: 3 } });
	});
	expect(await askPosition({ withinMs: 20_000, exact: true })).toEqual({
		kind: 'fix',
		fix: { latitude: 1, longitude: 2, accuracyM: 3 }
	});
	await askPosition({ withinMs: 10_000, exact: false });
	expect(options).toEqual([
		{ enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
		{ enableHighAccuracy: false, timeout: 10_000, maximumAge: 0 }
	]);
});

test('a house is noted to the metre, its inaccuracy rounded up, and one without a place takes it away', async () => {
	const rows: unknown[] = [];
	const ws = {
		newId: anId,
		commit: (_name: string, { row }: { row: unknown }) => {
			rows.push(row);
			return Promise.resolve({ mid: 'mid' });
		}
	} as unknown as Workspace; // what the action touches of it
	expect(isSharp({ latitude: 0, longitude: 0, accuracyM: 100 })).toBe(true);
	expect(isSharp({ latitude: 0, longitude: 0, accuracyM: 100.1 })).toBe(false);
	await noteHousePoint(ws, 'case', { latitude: 23.7654321, longitude: 120.6, accuracyM: 0.2 });
	await noteHousePoint(ws, 'case', null);
	expect(rows).toMatchObject([
		{ case_id: 'case', latitude: 23.76543, longitude: 120.6, accuracy_m: 1 },
		{ case_id: 'case' }
	]);
	expect(rows[1]).not.toHaveProperty('latitude');
	expect(fixOf(null)).toBeNull();
	expect(fixOf(aRow('household_points', {}))).toBeNull();
	expect(fixOf(aRow('household_points', { latitude: 23, longitude: 121, accuracy_m: 12 }))).toEqual(
		{ latitude: 23, longitude: 121, accuracyM: 12 }
	);
});
