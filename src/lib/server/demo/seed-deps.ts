/**
 * What the demo seed needs from the backend that runs it. The seed runs inside one transaction on
 * an empty, migrated database: it neither begins nor commits, and when it throws nothing is kept.
 */

export interface SeedAccount {
	email: string;
	password: string;
	displayName: string;
}

export interface SeedDeps {
	/** Runs a script of several statements, as the owner of the database. */
	exec(script: string): Promise<void>;
	/** Runs one statement with `$1`-style parameters, as the owner. A jsonb parameter is the value itself. */
	query<T extends Record<string, unknown> = Record<string, unknown>>(
		text: string,
		params?: unknown[]
	): Promise<T[]>;
	/** Makes a confirmed sign-in account and returns its user id. Cheap: one password is hashed once. */
	createUser(account: SeedAccount): Promise<string>;
	/** @param fraction From 0 to 1. @param label What is being made now, for the console. */
	progress(fraction: number, label: string): void;
	/** The demo's "now": everything is placed relative to it. */
	now: Date;
	/** How many times the demo's own size; 1 for the product, 10 for the benchmarks. */
	scale: number;
}
