/** A paper from the chosen file to what is stored: what it is decides its bytes, not its name. */
import { fileKind, MOST_PDF_BYTES } from '#lib/domain/documents.ts';
import { PAPER, PictureError, shrinkPicture } from '#lib/ui/shrink-picture.ts';

export interface PickedDocument {
	readonly mime: 'application/pdf' | 'image/jpeg';
	readonly full: Uint8Array<ArrayBuffer>;
	/** Null for a PDF. */
	readonly thumb: Uint8Array<ArrayBuffer> | null;
	/** Pixels; null for a PDF. */
	readonly width: number | null;
	readonly height: number | null;
	readonly name: string;
}

export type DocumentProblem =
	'unknown_kind' | 'pdf_too_large' | 'too_large' | 'unreadable' | 'empty';

/** Reads the file; answers why it cannot be taken where it cannot. */
export async function readDocument(file: File): Promise<PickedDocument | DocumentProblem> {
	if (file.size === 0) return 'empty';
	const kind = fileKind(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
	if (kind === null) return 'unknown_kind';
	if (kind === 'pdf') {
		if (file.size > MOST_PDF_BYTES) return 'pdf_too_large';
		const full = new Uint8Array(await file.arrayBuffer());
		const none = { thumb: null, width: null, height: null };
		return { mime: 'application/pdf', full, ...none, name: file.name };
	}
	try {
		return { mime: 'image/jpeg', ...(await shrinkPicture(file, PAPER)), name: file.name };
	} catch (failure) {
		if (!(failure instanceof PictureError)) throw failure;
		return failure.kind;
	}
}
