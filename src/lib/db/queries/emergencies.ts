/** What the emergency feed, an emergency's page and the report form show, read from this phone. */
import type {
	CaseContactRow,
	CaseMemberRow,
	CaseRow,
	EmergencyActionRow,
	EmergencyReceiptRow,
	EmergencyRow,
	MeasurementRow,
	NoticeRow,
	OrganizationRow
} from '#lib/domain/rows.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import { compareSeverity } from '#lib/domain/severity.ts';
import type { LocalDb } from '#lib/db/local-db.ts';

export interface FeedItem {
	readonly emergency: EmergencyRow;
	readonly caseName: string;
}

export interface EmergencyFeed {
	/** Not closed: worst first, then newest. */
	readonly open: readonly FeedItem[];
	/** Closed: newest first. */
	readonly closed: readonly FeedItem[];
}

export async function emergencyFeed(db: LocalDb): Promise<EmergencyFeed> {
	const [emergencies, people] = await Promise.all([db.emergencies.toArray(), db.cases.toArray()]);
	const nameById = new Map(people.map((person) => [person.id, person.name]));
	const items = emergencies
		.filter((emergency) => emergency.deleted_at === null)
		.map((emergency) => ({ emergency, caseName: nameById.get(emergency.case_id) ?? '' }))
		.sort((a, b) => (a.emergency.occurred_at < b.emergency.occurred_at ? 1 : -1));
	return {
		open: items
			.filter(({ emergency }) => emergency.status !== 'closed')
			.sort((a, b) => compareSeverity(b.emergency.severity, a.emergency.severity)),
		closed: items.filter(({ emergency }) => emergency.status === 'closed')
	};
}

export interface EmergencyPage {
	readonly emergency: EmergencyRow;
	readonly person: CaseRow | null;
	readonly members: readonly CaseMemberRow[];
	readonly contacts: readonly CaseContactRow[];
	readonly organization: OrganizationRow | null;
	/** In the order in which they happened. */
	readonly actions: readonly EmergencyActionRow[];
	/** Who was told, as the server says. */
	readonly receipts: readonly EmergencyReceiptRow[];
	readonly measurement: MeasurementRow | null;
}

/** Null when this phone has no such emergency. */
export async function emergencyPage(
	db: LocalDb,
	emergencyId: string
): Promise<EmergencyPage | null> {
	const emergency = await db.emergencies.get(emergencyId);
	if (!emergency) return null;
	const [circle, actions, receipts, measurement] = await Promise.all([
		callCircle(db, emergency.case_id),
		db.emergency_actions.where('emergency_id').equals(emergencyId).toArray(),
		db.emergency_receipts.where('emergency_id').equals(emergencyId).toArray(),
		emergency.measurement_id ? db.measurements.get(emergency.measurement_id) : undefined
	]);
	return {
		emergency,
		...circle,
		actions: actions.sort((a, b) => ((a.recorded_at ?? '') < (b.recorded_at ?? '') ? -1 : 1)),
		receipts,
		measurement: measurement ?? null
	};
}

/** The receipt of a restricted report, which itself leaves the reporter's phone once the server has it. */
export async function restrictedReceipt(
	db: LocalDb,
	emergencyId: string
): Promise<NoticeRow | null> {
	const notices = await db.notices.where('subject_id').equals(emergencyId).toArray();
	return notices.find((notice) => notice.kind === 'restricted_report_received') ?? null;
}

export interface CallCircle {
	readonly person: CaseRow | null;
	readonly members: readonly CaseMemberRow[];
	readonly contacts: readonly CaseContactRow[];
	/** That has the case. */
	readonly organization: OrganizationRow | null;
}

/** Whom to call about one care recipient. */
export async function callCircle(db: LocalDb, caseId: string): Promise<CallCircle> {
	const [person, members, contacts] = await Promise.all([
		db.cases.get(caseId),
		db.case_members.where('[case_id+user_id]').between([caseId, ''], [caseId, '\uffff']).toArray(),
		db.case_contacts.where('case_id').equals(caseId).toArray()
	]);
	const organization = person ? await db.organizations.get(person.org_id) : undefined;
	return {
		person: person ?? null,
		organization: organization ?? null,
		members: members.filter((member) => member.ended_at === null && member.deleted_at === null),
		contacts: contacts
			.filter((contact) => contact.deleted_at === null)
			.sort((a, b) => Number(b.is_primary) - Number(a.is_primary))
	};
}

/** The value that a report refers to; null when this phone does not have it. */
export async function referredMeasurement(
	db: LocalDb,
	measurementId: string | null
): Promise<MeasurementRow | null> {
	if (measurementId === null) return null;
	return (await db.measurements.get(measurementId)) ?? null;
}

export interface Reportable {
	readonly person: CaseRow;
	/** The user stands in this person's circle. */
	readonly isMine: boolean;
}

/** Care recipients on this phone by name; the user's own circle first. */
export async function reportablePeople(
	db: LocalDb,
	userId: string
): Promise<readonly Reportable[]> {
	const [people, memberships] = await Promise.all([
		db.cases.where('status').notEqual('closed').toArray(),
		db.case_members.where('user_id').equals(userId).toArray()
	]);
	const mine = new Set(
		memberships.filter(({ ended_at }) => ended_at === null).map(({ case_id }) => case_id)
	);
	return people
		.filter((person) => person.deleted_at === null)
		.map((person) => ({ person, isMine: mine.has(person.id) }))
		.sort(
			(a, b) => Number(b.isMine) - Number(a.isMine) || compareNames(a.person.name, b.person.name)
		);
}
