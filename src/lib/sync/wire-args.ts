/** The arguments of an intent as they travel. */

/** Where arguments carry new rows; in a patch a null is a value that somebody saw or wants. */
const NEW_ROWS: readonly string[] = ['row', 'details', 'contacts', 'visits', 'measurements'];

/** Without the columns of new rows that are null: the server takes it as said (supabase/migrations, insert_row), and it is a third of a record. */
export function wireArgs(args: object): unknown {
	return Object.fromEntries(
		Object.entries(args).map(([name, value]) => [
			name,
			NEW_ROWS.includes(name) ? withoutNulls(value) : value
		])
	);
}

function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).filter(([, column]) => column !== null));
}
