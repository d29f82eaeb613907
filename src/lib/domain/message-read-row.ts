/** Read marks of threads, as they travel and as they stand on the phone. */
import type { SyncedRow } from './synced-row.ts';

/** How far somebody has read a thread; read_through only grows. id is derived from case, audience and user (domain/ids.ts). */
export interface MessageReadRow extends SyncedRow {
	readonly case_id: string;
	readonly user_id: string;
	readonly user_name: string;
	readonly read_through: string;
	readonly audience: 'circle' | 'staff';
}
