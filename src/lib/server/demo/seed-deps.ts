/** What the demo needs of the backend that it is written into; the embedded backend and the test servers provide it. */
export interface SeedDeps {
	/** Runs one statement with full rights, outside row-level security. */
	query(text: string, params?: unknown[]): Promise<unknown>;
	/** Makes an account that can sign in at once; returns its id. */
	createUser(account: {
		readonly email: string;
		readonly password: string;
		readonly displayName: string;
	}): Promise<string>;
	/** @param fraction 0 to 1 */
	progress(fraction: number, label: string): void;
	/** Instant to which the demo is relative. */
	readonly now: Date;
	/** See `DemoOptions.scale`. */
	readonly scale?: number;
}
