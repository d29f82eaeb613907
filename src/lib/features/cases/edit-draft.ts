/** The draft of a change: what is typed, and the columns as they stood when it was begun, for the patch's "seen". */
import {
	columnsToValues,
	EMPTY_DETAILS,
	EMPTY_PERSON,
	pickColumns,
	type CaseValues,
	type DetailsColumns,
	type PersonColumns
} from './case-values.ts';
import { mergeDraft } from './merge-draft.ts';

export interface EditDraft {
	readonly values: CaseValues;
	readonly seenPerson: PersonColumns;
	readonly seenDetails: DetailsColumns;
}

export function beginEdit(person: PersonColumns, details: DetailsColumns | null): EditDraft {
	const seenPerson = pickColumns(person, EMPTY_PERSON);
	const seenDetails = pickColumns(details ?? EMPTY_DETAILS, EMPTY_DETAILS);
	return { values: columnsToValues(seenPerson, seenDetails), seenPerson, seenDetails };
}

/** Goes on with a draft, from what was seen then; a draft without it cannot be told from the present row and starts anew. */
export function resumeEdit(begun: EditDraft, draft: unknown): EditDraft {
	if (typeof draft !== 'object' || draft === null) return begun;
	if (!hasAll(draft, 'seenPerson', EMPTY_PERSON)) return begun;
	if (!hasAll(draft, 'seenDetails', EMPTY_DETAILS)) return begun;
	return {
		values: mergeDraft(begun.values, Reflect.get(draft, 'values')),
		seenPerson: Reflect.get(draft, 'seenPerson') as PersonColumns, // all its columns are there
		seenDetails: Reflect.get(draft, 'seenDetails') as DetailsColumns // all its columns are there
	};
}

function hasAll(draft: object, part: string, columns: object): boolean {
	const found: unknown = Reflect.get(draft, part);
	if (typeof found !== 'object' || found === null) return false;
	return Object.keys(columns).every((column) => Object.hasOwn(found, column));
}
