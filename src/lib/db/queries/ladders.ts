/** Who would be told of an emergency, as this phone knows it: the orders, the roster, and the circle of one person. */
import { compareNames } from '#lib/domain/name-order.ts';
import type { EscalationLadderRow } from '#lib/domain/duty-rows.ts';
import type { CaseMemberRow, CaseRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { dutyRoster, type DutyRoster } from './duty.ts';
import { isCurrent, isKept } from './kept.ts';

export interface TellBook {
	readonly ladders: readonly EscalationLadderRow[];
	readonly roster: DutyRoster;
	/** Family included; empty without a case. */
	readonly circle: readonly CaseMemberRow[];
}

export async function tellBook(
	db: LocalDb,
	orgId: string,
	caseId: string | null
): Promise<TellBook> {
	const [ladders, roster, circle] = await Promise.all([
		db.escalation_ladders.toArray(),
		dutyRoster(db, orgId),
		caseId === null
			? []
			: db.case_members
					.where('[case_id+user_id]')
					.between([caseId, ''], [caseId, '\uffff'])
					.toArray()
	]);
	return {
		ladders: ladders.filter((row) => row.org_id === orgId && isKept(row)),
		roster,
		circle: circle.filter(isCurrent)
	};
}

/** Whom the organisation cares for and this phone knows, by name. */
export async function casesOfOrg(db: LocalDb, orgId: string): Promise<CaseRow[]> {
	const cases = await db.cases.where('status').equals('active').toArray();
	return cases
		.filter((row) => row.org_id === orgId && isKept(row))
		.sort((a, b) => compareNames(a.name, b.name));
}
