/** One table from what can go wrong anywhere to how it is said: how severe, in which words. */
import { StorageError } from '#lib/db/storage-error.ts';
import { m } from '#lib/paraglide/messages.js';

/** toast: the person goes on where they are · page: the screen cannot be shown */
export type ErrorSeverity = 'toast' | 'page';

export type ErrorKind =
	'storage_quota' | 'storage_closed' | 'storage_unexpected' | 'load_chunk' | 'unexpected';

interface ErrorEntry {
	readonly severity: ErrorSeverity;
	readonly text: () => string;
}

const ERRORS: Readonly<Record<ErrorKind, ErrorEntry>> = {
	storage_quota: { severity: 'toast', text: m.errors_storage_quota },
	storage_closed: { severity: 'toast', text: m.errors_storage_closed },
	storage_unexpected: { severity: 'toast', text: m.errors_storage_unexpected },
	load_chunk: { severity: 'page', text: m.errors_load_chunk },
	unexpected: { severity: 'page', text: m.errors_unexpected }
};

export interface DescribedError {
	readonly kind: ErrorKind;
	readonly severity: ErrorSeverity;
	readonly text: string;
}

export function describeError(thrown: unknown): DescribedError {
	const kind = kindOf(thrown);
	const { severity, text } = ERRORS[kind];
	return { kind, severity, text: text() };
}

/** Browsers word it differently: Chrome, Firefox, Safari. */
const CHUNK_MISSING =
	/dynamically imported module|error loading dynamically|importing a module script failed/i;

function kindOf(thrown: unknown): ErrorKind {
	if (thrown instanceof StorageError) {
		const kinds = {
			quota: 'storage_quota',
			closed: 'storage_closed',
			unexpected: 'storage_unexpected'
		} as const;
		return kinds[thrown.kind];
	}
	return thrown instanceof Error && CHUNK_MISSING.test(thrown.message)
		? 'load_chunk'
		: 'unexpected';
}
