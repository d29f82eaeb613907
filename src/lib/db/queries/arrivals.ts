/** The sheets at a household's door as this phone knows them, and what says that somebody was there. */
import type {
	HouseholdCodeRow,
	HouseholdPointRow,
	VisitPlaceRow
} from '#lib/domain/arrival-rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { compareRecorded, newestFirst } from '#lib/domain/row-order.ts';
import type { CaseMemberRow, CaseRow } from '#lib/domain/rows.ts';
import { membersOf } from './cases.ts';
import { isKept } from './kept.ts';

/** All sheets of a household; the first is the one that counts. */
export async function householdCodes(
	db: LocalDb,
	caseId: string
): Promise<readonly HouseholdCodeRow[]> {
	const rows = await db.household_codes.where('case_id').equals(caseId).toArray();
	return newestFirst(rows.filter(isKept));
}

/** Where the house is; null before somebody has noted it. One without a place says that it was taken away. */
export async function householdPoint(
	db: LocalDb,
	caseId: string
): Promise<HouseholdPointRow | null> {
	const rows = await db.household_points.where('case_id').equals(caseId).toArray();
	return newestFirst(rows.filter(isKept))[0] ?? null;
}

/** In the order in which the phones say that it was. */
export async function visitPlaces(db: LocalDb, visitId: string): Promise<readonly VisitPlaceRow[]> {
	const rows = await db.visit_places.where('visit_id').equals(visitId).toArray();
	return rows.filter(isKept).sort(compareRecorded);
}

export interface DoorPage {
	readonly person: CaseRow;
	readonly members: readonly CaseMemberRow[];
	/** The one that counts; null before the first. */
	readonly code: HouseholdCodeRow | null;
	readonly point: HouseholdPointRow | null;
}

export async function doorPage(db: LocalDb, caseId: string): Promise<DoorPage | null> {
	const [person, members, codes, point] = await Promise.all([
		db.cases.get(caseId),
		membersOf(db, caseId),
		householdCodes(db, caseId),
		householdPoint(db, caseId)
	]);
	return person && isKept(person) ? { person, members, code: codes[0] ?? null, point } : null;
}
