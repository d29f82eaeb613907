/** Who takes part, each with the settings that its own documentation recommends for this work. */
import type { Home } from './servers.ts';

export interface Entrant {
	readonly name: string;
	/** Of its client, relative to this folder. */
	readonly file: string;
	readonly home: Home;
	/** Rows or documents a request. */
	readonly batch: number;
	/** Too slow to be repeated: measured once. */
	readonly once?: boolean;
}

export const OURS: Entrant = {
	name: 'Connect 10',
	file: './clients/ours.ts',
	home: 'public',
	batch: 1000
};

export const RIVALS: readonly Entrant[] = [
	{ name: 'RxDB', file: './foreign/rxdb.ts', home: 'rx', batch: 1000 },
	{ name: 'PouchDB', file: './foreign/pouchdb.ts', home: 'couch', batch: 1000 },
	{ name: 'naive', file: './clients/naive.ts', home: 'naive', batch: 1000 }
];

/** PouchDB as it comes: 100 documents a batch. */
export const POUCH_DEFAULT: Entrant = {
	name: 'PouchDB, 100 a batch',
	file: './foreign/pouchdb.ts',
	home: 'couch',
	batch: 100,
	once: true
};
