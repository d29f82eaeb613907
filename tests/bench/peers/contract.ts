/** What the bench asks of every client, ours and its peers: the same rows, the same edits, the same few orders. */

export interface Visit {
	readonly id: string;
	readonly case_id: string;
	readonly worker_id: string;
	readonly worker_name: string;
	readonly starts_at: string;
	readonly ends_at: string;
	readonly status: string;
	readonly note: string | null;
}

export interface Measurement {
	readonly id: string;
	readonly case_id: string;
	readonly kind: string;
	readonly value: number;
	readonly value2: number | null;
	readonly measured_at: string;
	readonly note: string | null;
	readonly author_name: string;
	readonly recorded_at: string;
}

export interface Message {
	readonly id: string;
	readonly case_id: string;
	readonly body: string;
	readonly author_name: string;
	readonly audience: string;
	readonly recorded_at: string;
}

export interface WorkRows {
	readonly visits: readonly Visit[];
	readonly measurements: readonly Measurement[];
	readonly messages: readonly Message[];
}

export type WorkTable = keyof WorkRows;
export const WORK_TABLES = ['visits', 'measurements', 'messages'] as const satisfies WorkTable[];

/** One tap of "save". */
export type Edit =
	| {
			readonly kind: 'change_visit';
			readonly caseId: string;
			readonly id: string;
			readonly field: 'note' | 'ends_at';
			readonly value: string;
	  }
	| { readonly kind: 'add_measurement'; readonly row: Measurement }
	| { readonly kind: 'add_message'; readonly row: Message };

export interface Settings {
	/** Where the page came from; everything goes through it. */
	readonly url: string;
	readonly key: string;
	readonly token: string;
	readonly userId: string;
	readonly displayName: string;
	readonly orgId: string;
	/** Milliseconds after which a client that tries again by itself does so. */
	readonly retryMs: number;
	/** Rows or documents a request, where that can be set. */
	readonly batch: number;
}

/** Field → value, as a screen would get it. */
export type ShownRow = Readonly<Record<string, unknown>>;

export interface Client {
	open(settings: Settings): Promise<void>;
	/** Sends and fetches until there is nothing more to do. @throws when it did not come to that, to be asked again */
	sync(): Promise<void>;
	/** Stores the edits on the phone, one after another, each durably; nothing is sent. */
	save(edits: readonly Edit[]): Promise<void>;
	/** All rows of one case, as its screen needs them. */
	rowsOfCase(caseId: string): Promise<readonly ShownRow[]>;
	/** Everything on the phone, by table. */
	dump(): Promise<Readonly<Record<WorkTable, readonly ShownRow[]>>>;
}

declare global {
	var client: Client;
}
