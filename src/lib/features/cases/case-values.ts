/** The form of a care recipient: what is typed, what is wrong with it, and what it changes in the rows. */
import type { Patch } from '#lib/domain/mutations/catalogue.ts';
import type {
	CaseRow,
	CaseStaffDetailsRow,
	CaseStatus,
	LivingSituation
} from '#lib/domain/rows.ts';
import { dayParts, makeDay, ROC_OFFSET_YEARS } from '#lib/domain/taiwan-dates.ts';
import { cleanLine, cleanText } from '#lib/domain/text.ts';
import { storedPhone } from './contact-form.ts';

export interface CaseValues {
	readonly name: string;
	readonly sex: 'female' | 'male' | 'other' | '';
	/** 民國 year; four digits are read as a western year. */
	readonly bornYear: string;
	readonly bornMonth: string;
	readonly bornDay: string;
	readonly cmsLevel: string;
	readonly status: CaseStatus;
	readonly phone: string;
	readonly address: string;
	readonly village: string;
	readonly living: LivingSituation | '';
	readonly conditions: readonly string[];
	readonly allergies: readonly string[];
	readonly alerts: readonly string[];
	readonly admittedOn: string;
	/** Taipei day; empty: never, or not known. */
	readonly dischargedOn: string;
	readonly note: string;
	readonly nationalId: string;
	readonly copayClass: string;
	readonly staffAlerts: readonly string[];
	readonly householdNote: string;
}

export type PersonColumns = Pick<
	CaseRow,
	| 'name'
	| 'sex'
	| 'born_on'
	| 'cms_level'
	| 'status'
	| 'phone'
	| 'address'
	| 'village'
	| 'living_situation'
	| 'conditions'
	| 'allergies'
	| 'alerts'
	| 'admitted_on'
	| 'discharged_on'
	| 'note'
>;
export type DetailsColumns = Pick<
	CaseStaffDetailsRow,
	'national_id' | 'copay_class' | 'staff_alerts' | 'household_note'
>;

export const EMPTY_PERSON: PersonColumns = {
	name: '',
	sex: null,
	born_on: null,
	cms_level: null,
	status: 'active',
	phone: null,
	address: null,
	village: null,
	living_situation: null,
	conditions: [],
	allergies: [],
	alerts: [],
	admitted_on: null,
	discharged_on: null,
	note: null
};

export const EMPTY_DETAILS: DetailsColumns = {
	national_id: null,
	copay_class: null,
	staff_alerts: [],
	household_note: null
};

export function columnsToValues(person: PersonColumns, details: DetailsColumns): CaseValues {
	const born = person.born_on === null ? null : dayParts(person.born_on);
	return {
		name: person.name,
		sex: person.sex ?? '',
		bornYear: born === null ? '' : String(born.rocYear > 0 ? born.rocYear : born.year),
		bornMonth: born === null ? '' : String(born.month),
		bornDay: born === null ? '' : String(born.day),
		cmsLevel: person.cms_level === null ? '' : String(person.cms_level),
		status: person.status,
		phone: person.phone ?? '',
		address: person.address ?? '',
		village: person.village ?? '',
		living: person.living_situation ?? '',
		conditions: person.conditions,
		allergies: person.allergies,
		alerts: person.alerts,
		admittedOn: person.admitted_on ?? '',
		dischargedOn: person.discharged_on ?? '',
		note: person.note ?? '',
		nationalId: details.national_id ?? '',
		copayClass: details.copay_class === null ? '' : String(details.copay_class),
		staffAlerts: details.staff_alerts,
		householdNote: details.household_note ?? ''
	};
}

export function valuesToPerson(values: CaseValues): PersonColumns {
	return {
		name: cleanLine(values.name),
		sex: values.sex || null,
		born_on: bornOn(values),
		cms_level: values.cmsLevel === '' ? null : Number(values.cmsLevel),
		status: values.status,
		phone: storedPhone(values.phone),
		address: cleanLine(values.address) || null,
		village: cleanLine(values.village) || null,
		living_situation: values.living || null,
		conditions: values.conditions,
		allergies: values.allergies,
		alerts: values.alerts,
		admitted_on: values.admittedOn || null,
		discharged_on: values.dischargedOn || null,
		note: cleanText(values.note) || null
	};
}

export function valuesToDetails(values: CaseValues): DetailsColumns {
	return {
		national_id: cleanLine(values.nationalId).toUpperCase() || null,
		copay_class: values.copayClass === '' ? null : Number(values.copayClass),
		staff_alerts: values.staffAlerts,
		household_note: cleanText(values.householdNote) || null
	};
}

export type CaseProblem = 'name_missing' | 'birth_incomplete' | 'birth_in_future';

/** @param today Taipei day */
export function caseProblems(
	values: CaseValues,
	today: string
): { readonly name?: CaseProblem; readonly born?: CaseProblem } {
	const born = bornOn(values);
	const isTyped = [values.bornYear, values.bornMonth, values.bornDay].some((part) => part !== '');
	return {
		...(cleanLine(values.name) === '' ? { name: 'name_missing' as const } : {}),
		...(isTyped && born === null ? { born: 'birth_incomplete' as const } : {}),
		...(born !== null && born > today ? { born: 'birth_in_future' as const } : {})
	};
}

/** The day of birth that is typed; null while it is not a day that exists. */
export function bornOn({
	bornYear,
	bornMonth,
	bornDay
}: Pick<CaseValues, 'bornYear' | 'bornMonth' | 'bornDay'>): string | null {
	const [year, month, day] = [bornYear, bornMonth, bornDay].map(wholeNumber);
	if (!year || !month || !day) return null;
	return makeDay(year < 1000 ? year + ROC_OFFSET_YEARS : year, month, day);
}

/**
 * Columns whose value in the form is another than the one the form began with. A pair carries the column as it was seen, not as
 * the form would write it: a phone number stored in an older form is no conflict.
 */
export function columnPatch<Columns extends object>(
	seen: Columns,
	before: Columns,
	wanted: Columns
): Patch<Columns> {
	const pairs = Object.keys(wanted).flatMap((column) => {
		const [was, will] = [Reflect.get(before, column), Reflect.get(wanted, column)] as unknown[]; // any column's value
		return isSame(was, will) ? [] : [[column, [Reflect.get(seen, column), will]]];
	});
	return Object.fromEntries(pairs) as Patch<Columns>; // each column with two values of its own
}

/** Columns that somebody else has changed since this form was begun. */
export function changedSince(seen: object, present: object): string[] {
	return Object.keys(seen).filter(
		(column) => !isSame(Reflect.get(seen, column), Reflect.get(present, column))
	);
}

/** Only the columns of `like`, for a draft that must not carry the whole row. */
export function pickColumns<Columns extends object>(row: Columns, like: Columns): Columns {
	const picked = Object.keys(like).map((column) => [column, Reflect.get(row, column) as unknown]); // any column's value
	return Object.fromEntries(picked) as Columns; // the same columns as `like`
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

function wholeNumber(text: string): number | null {
	const plain = text.normalize('NFKC').trim();
	return /^\d{1,4}$/.test(plain) ? Number(plain) : null;
}
