/** One intent as a heading: what it does, and for whom. */
import type { NamedEntry } from '#lib/db/queries/settings.ts';
import { m } from '#lib/paraglide/messages.js';
import { intentName } from './intent-words.ts';

export function entryTitle({ entry, caseName }: NamedEntry): string {
	const what = intentName(entry.mutation.name);
	return caseName === null ? what : m.sync_about_case({ what, name: caseName });
}
