/** What a person typed in an intent, as labelled fields that can be shown, changed, and put back. */
import type { Mutation } from '#lib/domain/mutations/catalogue.ts';
import { m } from '#lib/paraglide/messages.js';

export interface IntentField {
	/** Where it stands in the arguments. */
	readonly path: readonly (string | number)[];
	readonly label: string;
	readonly kind: 'text' | 'number';
	readonly value: string;
}

const LABELS: Readonly<Record<string, () => string>> = {
	name: m.sync_field_name,
	title: m.sync_field_title,
	body: m.sync_field_body,
	description: m.sync_field_description,
	value: m.sync_field_value,
	value2: m.sync_field_value2,
	note: m.sync_field_note,
	reason: m.sync_field_reason,
	correction_reason: m.sync_field_correction_reason,
	outcome: m.sync_field_outcome,
	situation: m.handover_part_situation,
	background: m.handover_part_background,
	assessment: m.handover_part_assessment,
	recommendation: m.handover_part_recommendation,
	caption: m.photos_caption,
	signer_name: m.signing_signer,
	given_by: m.photos_consent_given_by,
	strength: m.lists_strength,
	dose: m.lists_dose,
	directions: m.lists_directions,
	prescriber: m.lists_prescriber,
	size: m.lists_size,
	changed_by: m.lists_changed_by,
	phone: m.sync_field_phone,
	address: m.sync_field_address
};

/** The fields of one intent that a person typed, in the order of a form. */
export function typedFields({ args }: Mutation): IntentField[] {
	return typedValues(args);
}

/** The same of arguments that came from the server. */
export function typedValues(args: object): IntentField[] {
	const parts = new Map<string, unknown>(Object.entries(args));
	const row = parts.get('row');
	const patch = parts.get('patch');
	return [
		...(isHolder(row) ? fieldsIn(row, ['row']) : []),
		...(isHolder(patch) ? wantedFields(patch) : []),
		...fieldsIn(args, [])
	];
}

/** Whether the text is acceptable for the field; a field that was filled in stays filled in. */
export function isAcceptable(field: IntentField, text: string): boolean {
	if (text.trim() === '') return false;
	return field.kind === 'text' || Number.isFinite(Number(text));
}

/** The arguments with other values at the fields' places; the original stays as it is. */
export function withFields(
	args: unknown,
	changes: readonly { readonly field: IntentField; readonly text: string }[]
): unknown {
	const copy: unknown = structuredClone(args);
	for (const { field, text } of changes) {
		const holder = field.path.slice(0, -1).reduce<unknown>(inside, copy);
		const key = field.path.at(-1);
		if (isHolder(holder) && key !== undefined) {
			holder[key] = field.kind === 'number' ? Number(text) : text.trim();
		}
	}
	return copy;
}

function fieldsIn(holder: object, path: readonly string[]): IntentField[] {
	const entries = new Map<string, unknown>(Object.entries(holder));
	return Object.keys(LABELS).flatMap((key) => fieldOf(key, entries.get(key), [...path, key]));
}

/** A patch holds [seen, wanted]; the wanted value is what was typed. */
function wantedFields(patch: object): IntentField[] {
	const entries = new Map<string, unknown>(Object.entries(patch));
	return Object.keys(LABELS).flatMap((key) => {
		const pair = entries.get(key);
		return Array.isArray(pair) ? fieldOf(key, pair[1], ['patch', key, 1]) : [];
	});
}

function fieldOf(key: string, value: unknown, path: IntentField['path']): IntentField[] {
	const label = LABELS[key]?.();
	if (label === undefined) return [];
	if (typeof value === 'string' && value !== '') return [{ path, label, kind: 'text', value }];
	return typeof value === 'number' ? [{ path, label, kind: 'number', value: String(value) }] : [];
}

function inside(holder: unknown, key: string | number): unknown {
	return isHolder(holder) ? holder[key] : undefined;
}

function isHolder(value: unknown): value is Record<string | number, unknown> {
	return typeof value === 'object' && value !== null;
}
