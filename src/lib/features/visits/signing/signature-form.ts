/** A signature as it is entered: what is missing, and the intent that stores it. */
import { dropDraft } from '#lib/db/drafts.ts';
import type { CaseRow, VisitRecordRow } from '#lib/domain/rows.ts';
import type { SignatureKind, SignerRelation } from '#lib/domain/record-rows.ts';
import { isDrawn, packStrokes, type Stroke, type UnsignedReason } from '#lib/domain/signatures.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export interface TypedSignature {
	readonly kind: SignatureKind;
	readonly relation: SignerRelation;
	readonly name: string;
	readonly strokes: readonly Stroke[];
	readonly agreed: boolean;
	readonly reason: UnsignedReason | null;
	readonly note: string;
}

export type SignatureProblem = 'name' | 'strokes' | 'agreed' | 'reason' | 'note';

/** The recipient signs with a finger: then only the lines are missing. */
export function newSignature(person: Pick<CaseRow, 'name'>): TypedSignature {
	return {
		kind: 'drawn',
		relation: 'self',
		name: person.name,
		strokes: [],
		agreed: false,
		reason: null,
		note: ''
	};
}

export function signatureProblems(typed: TypedSignature): readonly SignatureProblem[] {
	if (typed.kind === 'unsigned') {
		if (typed.reason === null) return ['reason'];
		return typed.reason === 'other' && typed.note.trim() === '' ? ['note'] : [];
	}
	return [
		...(typed.name.trim() === '' ? (['name'] as const) : []),
		...(typed.kind === 'drawn' && !isDrawn(typed.strokes) ? (['strokes'] as const) : []),
		...(typed.kind === 'typed' && !typed.agreed ? (['agreed'] as const) : [])
	];
}

/** The name goes with the choice, as long as nobody has typed another. */
export function withRelation(
	typed: TypedSignature,
	relation: SignerRelation,
	person: Pick<CaseRow, 'name'>
): TypedSignature {
	const isUntouched = typed.name.trim() === '' || typed.name === person.name;
	if (!isUntouched) return { ...typed, relation };
	return { ...typed, relation, name: relation === 'self' ? person.name : '' };
}

export function signatureDraftKey(recordId: string): string {
	return `signature:${recordId}`;
}

/** What was begun for this record, over a new one; an earlier release may have written it. */
export function withDraft(fresh: TypedSignature, draft: unknown): TypedSignature {
	if (typeof draft !== 'object' || draft === null) return fresh;
	const known = Object.entries(draft).filter(
		([field, value]) =>
			field in fresh &&
			// A code, where nothing was chosen.
			(field === 'reason' || typeof value === typeof fresh[field as keyof TypedSignature]) // a field of it, by the line above
	);
	return { ...fresh, ...Object.fromEntries(known) };
}

/** Can be taken back for ten seconds. Answers the mids. @throws {StorageError} */
export async function storeSignature(
	ws: Workspace,
	record: Pick<VisitRecordRow, 'id' | 'case_id' | 'audience'>,
	typed: TypedSignature,
	statement: string
): Promise<readonly string[]> {
	const { kind, relation, name, strokes, reason, note } = typed;
	const row = {
		id: ws.newId(),
		case_id: record.case_id,
		record_id: record.id,
		audience: record.audience,
		kind,
		...(kind === 'unsigned'
			? { reason, note: note.trim() || null }
			: { relation, signer_name: name.trim(), statement }),
		...(kind === 'drawn' ? { strokes: packStrokes(strokes) } : {})
	};
	const { mid } = await ws.commit('record_signature.add', { row }, { holdMs: undoMs });
	await dropDraft(ws.db, signatureDraftKey(record.id));
	return [mid];
}
