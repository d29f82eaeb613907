/** Signatures in words. */
import { instantWords } from '#lib/care-ui/dates.ts';
import type { RecordSignatureRow } from '#lib/domain/rows.ts';
import type { SignatureKind, SignerRelation } from '#lib/domain/record-rows.ts';
import { UNSIGNED_REASONS, type UnsignedReason } from '#lib/domain/signatures.ts';
import { m } from '#lib/paraglide/messages.js';

const KINDS: Readonly<Record<SignatureKind, () => string>> = {
	drawn: m.signing_kind_drawn,
	typed: m.signing_kind_typed,
	unsigned: m.signing_kind_unsigned
};
const RELATIONS: Readonly<Record<SignerRelation, () => string>> = {
	self: m.signing_relation_self,
	family: m.signing_relation_family,
	guardian: m.signing_relation_guardian,
	caregiver: m.signing_relation_caregiver,
	other: m.signing_relation_other
};
const REASONS: Readonly<Record<UnsignedReason, () => string>> = {
	hands: m.signing_reason_hands,
	understanding: m.signing_reason_understanding,
	unwell: m.signing_reason_unwell,
	nobody_home: m.signing_reason_nobody_home,
	refused: m.signing_reason_refused,
	other: m.signing_reason_other
};

export function signatureKindName(kind: SignatureKind): string {
	return KINDS[kind]();
}

export function signerRelationName(relation: SignerRelation): string {
	return RELATIONS[relation]();
}

export function unsignedReasonName(reason: UnsignedReason): string {
	return REASONS[reason]();
}

/** `陳阿月（本人）手寫簽名，今天 09:40`, or why nobody signed. @param today Taipei day */
export function signatureLine(row: RecordSignatureRow, today: string): string {
	const when = instantWords(row.recorded_at ?? '', today);
	if (row.kind === 'unsigned') {
		const known = UNSIGNED_REASONS.find((reason) => reason === row.reason);
		const reason = [known && known !== 'other' ? REASONS[known]() : null, row.note];
		return m.signing_line_unsigned({ reason: reason.filter(Boolean).join(' '), when });
	}
	const name = row.signer_name ?? '';
	const relation = row.relation === null ? '' : RELATIONS[row.relation]();
	return row.kind === 'drawn'
		? m.signing_line_drawn({ name, relation, when })
		: m.signing_line_typed({ name, relation, when });
}
