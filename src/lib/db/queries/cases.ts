/** What the list of care recipients and a care recipient's page show, read from this phone. */
import { compareNames } from '#lib/domain/name-order.ts';
import { maxSeverity, type Severity } from '#lib/domain/severity.ts';
import type {
	CaseContactRow,
	CaseMemberRow,
	CaseRow,
	CaseStaffDetailsRow,
	EmergencyRow,
	MembershipRow,
	RecordHistoryRow,
	VisitRow
} from '#lib/domain/rows.ts';
import { compareInstants } from '#lib/domain/row-order.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { isCurrent, isKept, OPEN_EMERGENCY, visitsOfDay } from './kept.ts';

export interface CaseListItem {
	readonly person: CaseRow;
	/** Worst severity among the open emergencies. */
	readonly openSeverity: Severity;
	/** In whose circle this person stands. */
	readonly isMine: boolean;
	/** Start of the next visit of today that is still to be made. */
	readonly nextVisitAt: string | null;
}

/**
 * Everybody on this phone, those with open emergencies first (worst first), then by the time of today's visit, then by name.
 * @param today Taipei day
 */
export async function caseList(
	db: LocalDb,
	{ userId, today }: { readonly userId: string; readonly today: string }
): Promise<CaseListItem[]> {
	const [people, emergencies, memberships, visits] = await Promise.all([
		db.cases.toArray(),
		whereAny(db.emergencies, 'status', OPEN_EMERGENCY),
		db.case_members.where('user_id').equals(userId).toArray(),
		visitsOfDay(db, today)
	]);
	const severityByCase = worstByCase(emergencies);
	const mine = new Set(memberships.filter(isCurrent).map((member) => member.case_id));
	const nextByCase = new Map<string, string>();
	for (const visit of visits) {
		if (visit.status !== 'planned' && visit.status !== 'checked_in') continue;
		if (!nextByCase.has(visit.case_id)) nextByCase.set(visit.case_id, visit.starts_at);
	}
	return people
		.filter(isKept)
		.map((person) => ({
			person,
			openSeverity: severityByCase.get(person.id) ?? ('none' as const),
			isMine: mine.has(person.id),
			nextVisitAt: nextByCase.get(person.id) ?? null
		}))
		.sort(byUrgency);
}

export interface CaseHead {
	readonly person: CaseRow;
	readonly members: readonly CaseMemberRow[];
	readonly openEmergencies: readonly EmergencyRow[];
	/** Visits of today and tomorrow in order. */
	readonly visits: readonly VisitRow[];
	/** Clinical values that wait for a decision. */
	readonly proposals: readonly RecordHistoryRow[];
}

/** Null when this phone does not have the person: not theirs, or not arrived yet. */
export async function caseHead(
	db: LocalDb,
	caseId: string,
	today: string
): Promise<CaseHead | null> {
	const person = await db.cases.get(caseId);
	if (!person || !isKept(person)) return null;
	const [members, emergencies, visits, history] = await Promise.all([
		membersOf(db, caseId),
		db.emergencies
			.where('[case_id+occurred_at]')
			.between([caseId, ''], [caseId, '\uffff'])
			.reverse()
			.toArray(),
		db.visits
			.where('[case_id+starts_at]')
			.between([caseId, startOfDay(today)], [caseId, startOfDay(addDays(today, 2))], true, false)
			.toArray(),
		db.record_history.where('case_id').equals(caseId).toArray()
	]);
	return {
		person,
		members,
		openEmergencies: emergencies.filter(
			(emergency) => isKept(emergency) && OPEN_EMERGENCY.includes(emergency.status)
		),
		visits: visits.filter((visit) => isKept(visit) && visit.status !== 'cancelled'),
		proposals: history.filter(
			(entry) => isKept(entry) && entry.kind === 'proposal' && entry.decision === null
		)
	};
}

export interface CaseProfile {
	readonly contacts: readonly CaseContactRow[];
	/** Null for who may not see it. */
	readonly details: CaseStaffDetailsRow | null;
}

/** Contacts with the main one first. */
export async function caseProfile(db: LocalDb, caseId: string): Promise<CaseProfile> {
	const [contacts, details] = await Promise.all([
		db.case_contacts.where('case_id').equals(caseId).toArray(),
		db.case_staff_details.where('case_id').equals(caseId).first()
	]);
	return {
		contacts: contacts
			.filter(isKept)
			.sort((a, b) => Number(b.is_primary) - Number(a.is_primary) || compareNames(a.name, b.name)),
		details: details && isKept(details) ? details : null
	};
}

/** What the form of a care recipient starts from. */
export async function caseForEdit(
	db: LocalDb,
	caseId: string
): Promise<{ readonly person: CaseRow; readonly details: CaseStaffDetailsRow | null } | null> {
	const person = await db.cases.get(caseId);
	if (!person || !isKept(person)) return null;
	const { details } = await caseProfile(db, caseId);
	return { person, details };
}

/** The circle, ended members included; who is in it now stands first. */
export async function membersOf(db: LocalDb, caseId: string): Promise<CaseMemberRow[]> {
	const members = await db.case_members
		.where('[case_id+user_id]')
		.between([caseId, ''], [caseId, '\uffff'])
		.toArray();
	return members
		.filter((member) => member.deleted_at === null)
		.sort((a, b) => (a.ended_at ?? '').localeCompare(b.ended_at ?? ''));
}

export interface Colleague {
	readonly membership: MembershipRow;
	readonly orgName: string;
}

/** Staff of the organisations that this phone knows, for adding to a circle; supervisors see every case anyway. */
export async function colleagues(db: LocalDb): Promise<Colleague[]> {
	const [memberships, organizations] = await Promise.all([
		db.memberships.toArray(),
		db.organizations.toArray()
	]);
	const nameById = new Map(organizations.map((each) => [each.id, each.name]));
	return memberships
		.filter((each) => isCurrent(each) && each.role !== 'supervisor')
		.map((membership) => ({ membership, orgName: nameById.get(membership.org_id) ?? '' }))
		.sort((a, b) => compareNames(a.membership.display_name, b.membership.display_name));
}

/** Newest first: values that a later edit replaced, and clinical proposals. */
export async function caseHistory(db: LocalDb, caseId: string): Promise<RecordHistoryRow[]> {
	const entries = await db.record_history.where('case_id').equals(caseId).toArray();
	return entries.filter(isKept).sort((a, b) => historyAt(b).localeCompare(historyAt(a)));
}

export function historyAt(entry: Pick<RecordHistoryRow, 'recorded_at' | 'received_at'>): string {
	return entry.recorded_at ?? entry.received_at ?? '';
}

function worstByCase(
	emergencies: readonly Pick<EmergencyRow, 'case_id' | 'severity' | 'deleted_at'>[]
): Map<string, Severity> {
	const worst = new Map<string, Severity>();
	for (const emergency of emergencies.filter(isKept)) {
		worst.set(
			emergency.case_id,
			maxSeverity([worst.get(emergency.case_id) ?? 'none', emergency.severity])
		);
	}
	return worst;
}

const URGENCY: Readonly<Record<Severity, number>> = { red: 0, orange: 1, yellow: 2, none: 3 };

function byUrgency(a: CaseListItem, b: CaseListItem): number {
	return (
		URGENCY[a.openSeverity] - URGENCY[b.openSeverity] ||
		compareInstants(a.nextVisitAt, b.nextVisitAt) ||
		compareNames(a.person.name, b.person.name)
	);
}
