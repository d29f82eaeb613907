/** Bringing a list of cases in: one call, all or nothing. */
import * as v from 'valibot';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { Calls } from './calls.ts';

const importedSchema = v.object({
	imported: v.number(),
	rows: v.array(
		v.object({
			row: v.number(),
			result: v.picklist(['imported', 'known', 'alike', 'refused', 'not_imported']),
			column: v.optional(v.nullable(v.string()), null)
		})
	)
});
export type Imported = v.InferOutput<typeof importedSchema>;

export interface ImportRequest {
	readonly org_id: string;
	/** ImportedCase of intake/ */
	readonly rows: readonly object[];
	readonly skip_known: boolean;
}

/** The longest list is thousands of people and their circles. */
const LIMIT_MS = 5 * 60_000;

export async function importCases(
	calls: Calls,
	request: ImportRequest
): Promise<RemoteAnswer<Imported>> {
	return await calls.rpc('import_cases', { request }, importedSchema, LIMIT_MS);
}
