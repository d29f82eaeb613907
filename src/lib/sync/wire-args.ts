/** The arguments of an intent as they travel. */

/**
 * Without the columns of new rows that are null: the server takes it as said (supabase/migrations, insert_row), and it is a third of a record.
 * What stands deeper travels as it is; in a patch that is each field's pair, where a null is a value that somebody saw or wants.
 */
export function wireArgs(args: object): unknown {
	return Object.fromEntries(
		Object.entries(args).map(([name, value]) => [name, withoutNulls(value)])
	);
}

function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).filter(([, column]) => column !== null));
}
