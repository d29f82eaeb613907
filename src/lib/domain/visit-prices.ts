/** What a visit's codes cost on the day of the visit: the snapshot that its record keeps. */

import { serviceCodeOn } from './code-tables.ts';
import type { DoneCode } from './rows.ts';

export interface CodeQuantity {
	readonly code: string;
	readonly quantity: number;
}

/**
 * The codes with unit and unit price of that Taipei day, to be stored with the record: a later price never changes an old visit.
 * `price_ntd` is null where the table has no price for the day, the area or the code; it is then settled by the office.
 */
export function priceSnapshot(
	codes: readonly CodeQuantity[],
	day: string,
	remoteArea: boolean
): DoneCode[] {
	return codes.map(({ code, quantity }) => {
		const row = serviceCodeOn(code, day);
		const price = remoteArea ? row?.priceRemoteNtd : row?.priceNtd;
		return { code, quantity, unit: row?.unit ?? 'item', price_ntd: price ?? null };
	});
}

/** Sum in NT$, and whether a line without a price was left out of it. */
export function snapshotTotal(codes: readonly DoneCode[]): {
	readonly ntd: number;
	readonly complete: boolean;
} {
	const priced = codes.filter((line) => line.price_ntd !== null);
	return {
		ntd: priced.reduce((sum, line) => sum + (line.price_ntd ?? 0) * line.quantity, 0),
		complete: priced.length === codes.length
	};
}
