/** How demo rows are written before the database stamps them: every column a device would send, and who and when. */
import { derivedUuid } from '#lib/domain/ids.ts';
import type { SyncedRow, TableName, Tables } from '#lib/domain/rows.ts';

/** Columns that the database's triggers fill. */
type Stamped = 'bucket_id' | 'seq' | 'relevant_at' | 'clock_offset_ms' | 'deleted_at';

export type DemoRow<Table extends TableName> = Partial<Omit<Tables[Table], Stamped>> & {
	readonly id: string;
};

export type DemoRows = { readonly [Table in TableName]?: DemoRow<Table>[] };

/** The same id for the same thing of the same demo, so that a fault report can name a row. */
export function demoId(kind: string, ...words: (string | number)[]): string {
	return derivedUuid('connect10-demo', kind, ...words.map(String));
}

/** Who wrote the row and when; `received_at` follows the device's claim by some seconds, as with signal. */
export function written(
	by: string,
	at: string
): Pick<SyncedRow, 'created_by' | 'recorded_at' | 'received_at'> & {
	readonly received_at: string;
} {
	return {
		created_by: by,
		recorded_at: at,
		received_at: new Date(Date.parse(at) + 4000).toISOString()
	};
}

export function plusMinutes(instant: string, minutes: number): string {
	return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}
