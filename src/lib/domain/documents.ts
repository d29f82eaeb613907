/** Papers of a person in care: what kinds there are, how large they may be, and what a file really is, whatever its name says. */
import type { AttachmentRow } from './photo-rows.ts';

export const DOCUMENT_KINDS = [
	'care_plan',
	'prescription',
	'discharge',
	'contract',
	'consent',
	'other'
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Of a PDF, bytes: ten minutes on a bad line. The database holds it, too (attachments_byte_size_check). */
export const MOST_PDF_BYTES = 5_000_000;

/** Null for a kind that this release does not know. */
export function knownDocumentKind(code: string | null): DocumentKind | null {
	return DOCUMENT_KINDS.find((kind) => kind === code) ?? null;
}

/** pdf: shown by what the phone has for it · picture: drawn anew, which leaves nothing in it but pixels */
export type FileKind = 'pdf' | 'picture';

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PDF = ascii('%PDF-');
const RIFF = ascii('RIFF');
const WEBP = ascii('WEBP');

/** By its first bytes; null for everything that is not safe to show. @param head 12 bytes at least, of a file that has so many */
export function fileKind(head: Uint8Array): FileKind | null {
	const begins = (bytes: readonly number[], from = 0) =>
		bytes.every((byte, index) => head[from + index] === byte);
	if (begins(PDF)) return 'pdf';
	const isPicture = begins(JPEG) || begins(PNG) || (begins(RIFF) && begins(WEBP, 8));
	return isPicture ? 'picture' : null;
}

function ascii(text: string): number[] {
	return [...text].map((letter) => letter.charCodeAt(0));
}

/** A file's name without its ending, as a first title: `出院病摘_林阿月.pdf` → `出院病摘 林阿月`. */
export function titleFromName(name: string): string {
	return name
		.replace(/\.[a-z][a-z0-9]{1,4}$/i, '')
		.replace(/[_\s]+/g, ' ')
		.trim()
		.slice(0, 200);
}

/** Those whose title has every word that is searched for, in any order; however it was written. */
export function withTitle<Paper>(
	papers: readonly Paper[],
	searched: string,
	rowOf: (paper: Paper) => Pick<AttachmentRow, 'caption'>
): Paper[] {
	const words = folded(searched).split(/\s+/).filter(Boolean);
	return papers.filter((paper) => {
		const title = folded(rowOf(paper).caption ?? '');
		return words.every((word) => title.includes(word));
	});
}

function folded(text: string): string {
	return text.normalize('NFKC').toLowerCase().replaceAll('臺', '台');
}
