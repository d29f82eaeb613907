/** Papers in words. */
import { authorName } from '#lib/care-ui/photos/photo-words.ts';
import type { Photo } from '#lib/db/queries/photos.ts';
import { knownDocumentKind, type DocumentKind } from '#lib/domain/documents.ts';
import { m } from '#lib/paraglide/messages.js';

const KINDS: Readonly<Record<DocumentKind, () => string>> = {
	care_plan: m.documents_kind_care_plan,
	prescription: m.documents_kind_prescription,
	discharge: m.documents_kind_discharge,
	contract: m.documents_kind_contract,
	consent: m.documents_kind_consent,
	other: m.documents_kind_other
};

/** A kind that this release does not know is another one. */
export function documentKindName(code: string | null): string {
	return KINDS[knownDocumentKind(code) ?? 'other']();
}

/** `1.2 MB`, `340 kB`. */
export function sizeText(bytes: number): string {
	return bytes < 1_000_000
		? `${Math.max(1, Math.round(bytes / 1000))} kB`
		: `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What is still to come of a paper whose row the server has; null when it has all. */
export function documentLeft({ row, upload }: Photo): string | null {
	if (row.stored_at !== null) return null;
	if (upload === null) return m.documents_elsewhere({ name: authorName(row) });
	const percent = Math.floor((upload.sentBytes / upload.totalBytes) * 100);
	return m.documents_sending({ percent });
}
