/** Where a house is: noted by somebody who stands there, corrected by noting it again, and taken away. */
import type { HouseholdPointRow } from '#lib/domain/arrival-rows.ts';
import { HOUSE_FIX_M, type Fix } from '#lib/domain/visit-position.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

/** Null when the house has none, or it was taken away. */
export function fixOf(row: HouseholdPointRow | null): Fix | null {
	if (row === null) return null;
	const { latitude, longitude, accuracy_m: accuracyM } = row;
	if (latitude === null || longitude === null || accuracyM === null) return null;
	return { latitude, longitude, accuracyM };
}

/** Whether a measurement is good enough to compare with. */
export function isSharp({ accuracyM }: Fix): boolean {
	return accuracyM <= HOUSE_FIX_M;
}

/** @param fix sharp; null takes the point away */
export async function noteHousePoint(
	ws: Workspace,
	caseId: string,
	fix: Fix | null
): Promise<readonly string[]> {
	const place = fix && {
		latitude: degrees(fix.latitude),
		longitude: degrees(fix.longitude),
		accuracy_m: Math.max(1, Math.ceil(fix.accuracyM))
	};
	const { mid } = await ws.commit(
		'household_point.add',
		{ row: { id: ws.newId(), case_id: caseId, ...place } },
		{ holdMs: undoMs }
	);
	return [mid];
}

/** Five decimals are a metre: more would say what nobody measured. */
function degrees(value: number): number {
	return Math.round(value * 1e5) / 1e5;
}
