/** Which rows an intent speaks of, so that an intent that needs an earlier one never overtakes it. */
import type { OutboxEntry } from '#lib/db/records.ts';

type Reach = Pick<OutboxEntry, 'mutation' | 'touches'>;

/**
 * Whether `later` may not reach the server before `earlier`: both write the same row, or `later` names a row that
 * `earlier` brings into being. Merely naming a row that `earlier` edits is no dependence: an emergency report does not
 * wait for a corrected phone number of the same care recipient.
 */
export function dependsOn(later: Reach, earlier: Reach): boolean {
	const ids = createsRows(earlier) ? mentionedIds(later) : touchedIds(later);
	return earlier.touches.some(({ id }) => ids.has(id));
}

function touchedIds({ touches }: Pick<Reach, 'touches'>): Set<string> {
	return new Set(touches.map(({ id }) => id));
}

/** Ids of every row that the intent writes or names (args.id, args.row.id, args.*_id at any depth). */
function mentionedIds(entry: Reach): Set<string> {
	const ids = touchedIds(entry);
	collectIds(entry.mutation.args, ids);
	return ids;
}

/** The catalogue's arguments carry `row` exactly when the mutation makes rows. */
export function createsRows({ mutation }: Pick<Reach, 'mutation'>): boolean {
	return 'row' in mutation.args;
}

function collectIds(value: unknown, ids: Set<string>): void {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, part] of Object.entries(value)) {
		if (typeof part === 'string' && (key === 'id' || key.endsWith('_id'))) ids.add(part);
		else collectIds(part, ids);
	}
}
