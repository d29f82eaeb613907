/** What a form changes of a row. */
import type { Patch } from './mutations/catalogue.ts';

/** Fields that differ from what the form began with, each with what stood in the row. */
export function rowPatch<Values extends object>(
	seen: Values,
	before: Values,
	wanted: Values
): Patch<Values> {
	const fields = Object.entries(wanted).flatMap(([field, value]: [string, unknown]) =>
		JSON.stringify(value) === JSON.stringify(Reflect.get(before, field))
			? []
			: [[field, [Reflect.get(seen, field), value]]]
	);
	return Object.fromEntries(fields) as Patch<Values>; // each field with two values of its own kind
}
