/** The form of one contact: what is typed, what is wrong with it, and what it changes. */
import type { CaseContactRow } from '#lib/domain/rows.ts';
import { checkPhone } from '#lib/domain/phone.ts';
import { cleanLine, cleanText } from '#lib/domain/text.ts';
import type { Patch } from '#lib/domain/mutations/catalogue.ts';
import type { ContactValues } from './actions.ts';
import { rowPatch } from '#lib/domain/row-patch.ts';

export interface TypedContact {
	readonly name: string;
	readonly relation: string;
	readonly phone: string;
	readonly isPrimary: boolean;
	readonly isStaffOnly: boolean;
	readonly note: string;
}

export const MAX_NAME = 40;

export function contactToTyped(contact: CaseContactRow | null, isFirst: boolean): TypedContact {
	return {
		name: contact?.name ?? '',
		relation: contact?.relation ?? '',
		phone: contact?.phone ?? '',
		isPrimary: contact?.is_primary ?? isFirst,
		isStaffOnly: contact?.audience === 'staff',
		note: contact?.note ?? ''
	};
}

export function typedToContact(typed: TypedContact): ContactValues {
	return {
		name: cleanLine(typed.name),
		relation: cleanLine(typed.relation) || null,
		phone: storedPhone(typed.phone),
		is_primary: typed.isPrimary,
		note: cleanText(typed.note) || null,
		audience: typed.isStaffOnly ? 'staff' : 'circle'
	};
}

/** Fields that differ from what stood there when the form was opened. */
export function contactPatch(seen: CaseContactRow, typed: TypedContact): Patch<CaseContactRow> {
	return rowPatch<ContactValues>(
		seen,
		typedToContact(contactToTyped(seen, false)),
		typedToContact(typed)
	);
}

/** A number that is recognised is stored in one form; another is kept as typed, for it may still help somebody. */
export function storedPhone(typed: string): string | null {
	const phone = checkPhone(typed);
	return phone.ok ? phone.number : cleanLine(typed) || null;
}

/** Typed, and not like a telephone number: asked about, never refused. */
export function isOddPhone(typed: string): boolean {
	const phone = checkPhone(typed);
	return !phone.ok && phone.code === 'not_a_phone';
}
