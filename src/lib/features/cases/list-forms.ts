/** The forms of a medicine and of a device: what is typed, what is wrong with it, and what it changes. */
import type {
	CaseDeviceRow,
	CaseMedicationRow,
	MedicationHelp,
	MedicationRoute,
	MedicationTime
} from '#lib/domain/care-list-rows.ts';
import type { Patch } from '#lib/domain/mutations/catalogue.ts';
import { isDay } from '#lib/domain/taiwan-dates.ts';
import { cleanLine, cleanText } from '#lib/domain/text.ts';
import { rowPatch } from '#lib/domain/row-patch.ts';

export type MedicationValues = Pick<
	CaseMedicationRow,
	| 'name'
	| 'strength'
	| 'dose'
	| 'times'
	| 'route'
	| 'directions'
	| 'reason'
	| 'prescriber'
	| 'bag_on'
	| 'starts_on'
	| 'ends_on'
	| 'help'
	| 'note'
>;
export type DeviceValues = Pick<
	CaseDeviceRow,
	'kind' | 'size' | 'placed_on' | 'change_due_on' | 'changed_by' | 'note'
>;

export interface TypedMedication {
	readonly name: string;
	readonly strength: string;
	readonly dose: string;
	readonly times: readonly string[];
	readonly route: string;
	readonly directions: string;
	readonly reason: string;
	readonly prescriber: string;
	readonly bagOn: string;
	readonly startsOn: string;
	readonly endsOn: string;
	readonly help: string;
	readonly note: string;
}

export interface TypedDevice {
	readonly kind: string;
	readonly size: string;
	readonly placedOn: string;
	readonly changeDueOn: string;
	readonly changedBy: string;
	readonly note: string;
}

export const TIMES: readonly MedicationTime[] = [
	'morning',
	'noon',
	'evening',
	'bedtime',
	'as_needed'
];
export const ROUTES: readonly MedicationRoute[] = [
	'oral',
	'tube',
	'skin',
	'eye_ear',
	'inhaled',
	'injection',
	'other'
];
export const HELP: readonly MedicationHelp[] = ['self', 'reminded', 'pill_box', 'family', 'nurse'];

export function medicationToTyped(row: MedicationValues | null): TypedMedication {
	return {
		name: row?.name ?? '',
		strength: row?.strength ?? '',
		dose: row?.dose ?? '',
		times: row?.times ?? [],
		route: row?.route ?? '',
		directions: row?.directions ?? '',
		reason: row?.reason ?? '',
		prescriber: row?.prescriber ?? '',
		bagOn: row?.bag_on ?? '',
		startsOn: row?.starts_on ?? '',
		endsOn: row?.ends_on ?? '',
		help: row?.help ?? '',
		note: row?.note ?? ''
	};
}

export function typedToMedication(typed: TypedMedication): MedicationValues {
	return {
		name: cleanLine(typed.name),
		strength: line(typed.strength),
		dose: line(typed.dose),
		times: TIMES.filter((time) => typed.times.includes(time)),
		route: ROUTES.find((route) => route === typed.route) ?? null,
		directions: line(typed.directions),
		reason: line(typed.reason),
		prescriber: line(typed.prescriber),
		bag_on: day(typed.bagOn),
		starts_on: day(typed.startsOn),
		ends_on: day(typed.endsOn),
		help: HELP.find((help) => help === typed.help) ?? null,
		note: cleanText(typed.note) || null
	};
}

export function deviceToTyped(row: DeviceValues | null): TypedDevice {
	return {
		kind: row?.kind ?? '',
		size: row?.size ?? '',
		placedOn: row?.placed_on ?? '',
		changeDueOn: row?.change_due_on ?? '',
		changedBy: row?.changed_by ?? '',
		note: row?.note ?? ''
	};
}

export function typedToDevice(typed: TypedDevice): DeviceValues {
	return {
		kind: typed.kind,
		size: line(typed.size),
		placed_on: day(typed.placedOn),
		change_due_on: day(typed.changeDueOn),
		changed_by: line(typed.changedBy),
		note: cleanText(typed.note) || null
	};
}

/** A second day that lies before the first one. */
export function isBackwards(first: string, second: string): boolean {
	return isDay(first) && isDay(second) && second < first;
}

export function medicationPatch(
	seen: MedicationValues,
	typed: TypedMedication
): Patch<CaseMedicationRow> {
	return rowPatch(seen, typedToMedication(medicationToTyped(seen)), typedToMedication(typed));
}

export function devicePatch(seen: DeviceValues, typed: TypedDevice): Patch<CaseDeviceRow> {
	return rowPatch(seen, typedToDevice(deviceToTyped(seen)), typedToDevice(typed));
}

function line(typed: string): string | null {
	return cleanLine(typed) || null;
}

function day(typed: string): string | null {
	return isDay(typed) ? typed : null;
}
