/** Everything that happened around one care recipient, merged from its tables, newest first, as far back as asked. */
import type {
	CaseMemberRow,
	EmergencyActionRow,
	EmergencyRow,
	MeasurementRow,
	MessageRow,
	RecordHistoryRow,
	RecordSignatureRow,
	TaskRow,
	VisitRow
} from '#lib/domain/rows.ts';
import { compareRecorded } from '#lib/domain/row-order.ts';
import { addDays, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { historyAt } from './cases.ts';
import { isKept } from './kept.ts';
import { standingMeasurements, standingRecords, type StandingRecord } from './standing-records.ts';
import { groupBy } from '#lib/domain/group-by.ts';
import {
	handoverEntries,
	questionEntries,
	type HandoverPart,
	type QuestionPart
} from './timeline-notes.ts';

export const TIMELINE_KINDS = [
	'visit',
	'handover',
	'question',
	'measurement',
	'emergency',
	'task',
	'message',
	'change',
	'member'
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
/** Kinds of which the family sees none. */
export const STAFF_KINDS: readonly TimelineKind[] = ['handover', 'question', 'change'];

export type TimelineEntry = {
	/** Unique in the timeline. */
	readonly id: string;
	/** ISO instant by which it is ordered. */
	readonly at: string;
} & (
	| {
			readonly kind: 'visit';
			/** Null for a record that was written without a visit. */
			readonly visit: VisitRow | null;
			readonly records: readonly StandingRecord[];
			readonly measurements: readonly MeasurementRow[];
			/** Under those records, in the order in which they were given. */
			readonly signatures: readonly RecordSignatureRow[];
	  }
	| { readonly kind: 'measurement'; readonly measurements: readonly MeasurementRow[] }
	| {
			readonly kind: 'emergency';
			readonly emergency: EmergencyRow;
			readonly actions: readonly EmergencyActionRow[];
	  }
	| HandoverPart
	| QuestionPart
	| { readonly kind: 'task'; readonly task: TaskRow }
	| {
			readonly kind: 'message';
			/** Messages of one thread on one Taipei day. */
			readonly thread: 'circle' | 'staff';
			readonly messages: readonly MessageRow[];
	  }
	| { readonly kind: 'change'; readonly change: RecordHistoryRow }
	| {
			readonly kind: 'member';
			readonly member: CaseMemberRow;
			readonly step: 'joined' | 'ended';
	  }
);

export interface Timeline {
	readonly entries: readonly TimelineEntry[];
	/** This phone holds older ones than those shown. */
	readonly hasMore: boolean;
	/** Instant of the oldest entry shown; null when there is none. */
	readonly oldestAt: string | null;
}

export interface TimelineQuery {
	readonly caseId: string;
	readonly kinds: readonly TimelineKind[];
	/** ISO instant; what is planned for later does not belong to the past. */
	readonly now: string;
	/** About how many rows of each table to read. */
	readonly limit: number;
	/** The family's view leaves out what only staff may see, also on the phone of somebody who is both. */
	readonly circleOnly: boolean;
}

/** What one table gives: its entries, and from where on back it was not read. */
interface Source {
	readonly entries: readonly TimelineEntry[];
	/** Entries before this instant may be missing; '' when the table was read to its end. */
	readonly completeFrom: string;
}

/**
 * Tables are read newest first, `limit` rows each; what is older than the shallowest of these reads is held back, so that no
 * entry is missing between two that are shown.
 */
export async function caseTimeline(db: LocalDb, query: TimelineQuery): Promise<Timeline> {
	const sources = await Promise.all(query.kinds.map((kind) => SOURCES[kind](db, query)));
	const completeFrom = sources.reduce(
		(latest, source) => (source.completeFrom > latest ? source.completeFrom : latest),
		''
	);
	const all = sources.flatMap((source) => source.entries);
	const entries = all
		.filter((entry) => entry.at >= completeFrom)
		.sort((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id));
	return {
		entries,
		hasMore: completeFrom !== '',
		oldestAt: entries.at(-1)?.at ?? null
	};
}

const SOURCES: {
	readonly [Kind in TimelineKind]: (db: LocalDb, query: TimelineQuery) => Promise<Source>;
} = {
	visit: visitSource,
	handover: async (db, query) =>
		whole(query.circleOnly ? [] : await handoverEntries(db, query.caseId)),
	question: async (db, query) =>
		whole(query.circleOnly ? [] : await questionEntries(db, query.caseId)),
	measurement: measurementSource,
	emergency: emergencySource,
	task: taskSource,
	message: messageSource,
	change: changeSource,
	member: memberSource
};

async function visitSource(db: LocalDb, query: TimelineQuery): Promise<Source> {
	const { caseId, now, limit } = query;
	const newest = await db.visits
		.where('[case_id+starts_at]')
		// Who comes early begins a visit before its time, and what they write is there at once.
		.between([caseId, ''], [caseId, startOfDay(addDays(taipeiDay(now), 2))])
		.reverse()
		.limit(limit)
		.toArray();
	const completeFrom = newest.length < limit ? '' : (newest.at(-1)?.starts_at ?? '');
	const visits = newest.filter(
		(visit) => isKept(visit) && (visit.starts_at <= now || hasBegun(visit))
	);
	const ids = visits.map((visit) => visit.id);
	const [records, measurements, loose] = await Promise.all([
		whereAny(db.visit_records, 'visit_id', ids),
		whereAny(db.measurements, 'visit_id', ids),
		db.visit_records
			.where('[case_id+recorded_at]')
			.between([caseId, completeFrom], [caseId, '\uffff'])
			.filter((record) => record.visit_id === null)
			.toArray()
	]);
	const standing = standingRecords([...records, ...loose].filter(inSight(query)));
	const signatures = groupBy(
		(
			await whereAny(
				db.record_signatures,
				'record_id',
				standing.map(({ record }) => record.id)
			)
		)
			.filter(inSight(query))
			.sort(compareRecorded),
		({ record_id }) => record_id
	);
	const signaturesOf = (under: readonly StandingRecord[]) =>
		under.flatMap(({ record }) => signatures.get(record.id) ?? []);
	const recordsByVisit = groupBy(standing, ({ record }) => record.visit_id);
	const readings = groupBy(
		standingMeasurements(measurements.filter(inSight(query))),
		(measurement) => measurement.visit_id
	);
	return {
		completeFrom,
		entries: [
			...visits.map((visit): TimelineEntry => ({
				kind: 'visit',
				id: visit.id,
				at: visit.starts_at,
				visit,
				records: recordsByVisit.get(visit.id) ?? [],
				measurements: readings.get(visit.id) ?? [],
				signatures: signaturesOf(recordsByVisit.get(visit.id) ?? [])
			})),
			...(recordsByVisit.get(null) ?? []).map((standingRecord): TimelineEntry => ({
				kind: 'visit',
				id: standingRecord.record.id,
				at: standingRecord.record.recorded_at ?? '',
				visit: null,
				records: [standingRecord],
				measurements: [],
				signatures: signaturesOf([standingRecord])
			}))
		]
	};
}

function hasBegun({ status }: VisitRow): boolean {
	return status !== 'planned' && status !== 'cancelled';
}

/** Readings of a visit stand with the visit while visits are shown, too. */
async function measurementSource(db: LocalDb, query: TimelineQuery): Promise<Source> {
	const { caseId, kinds } = query;
	// A round of measuring gives several rows; reading more of them keeps the pages as long as those of the other kinds.
	const limit = query.limit * 4;
	const newest = await db.measurements
		.where('[case_id+measured_at]')
		.between([caseId, ''], [caseId, '\uffff'])
		.reverse()
		.limit(limit)
		.toArray();
	const withVisits = kinds.includes('visit');
	const shown = standingMeasurements(newest.filter(inSight(query))).filter(
		(row) => !withVisits || row.visit_id === null
	);
	const rounds = groupBy(
		shown,
		(row) => row.visit_id ?? `${row.author_name} ${row.measured_at.slice(0, 16)}`
	);
	return {
		completeFrom: newest.length < limit ? '' : endOfMinute(newest.at(-1)?.measured_at ?? ''),
		entries: [...rounds.values()].map((measurements): TimelineEntry => {
			const [first] = measurements;
			return {
				kind: 'measurement',
				id: first?.id ?? '',
				at: first?.measured_at ?? '',
				measurements
			};
		})
	};
}

async function emergencySource(db: LocalDb, query: TimelineQuery): Promise<Source> {
	const range = [
		[query.caseId, ''],
		[query.caseId, '\uffff']
	] as const;
	const [emergencies, actions] = await Promise.all([
		db.emergencies
			.where('[case_id+occurred_at]')
			.between(...range)
			.toArray(),
		db.emergency_actions
			.where('[case_id+recorded_at]')
			.between(...range)
			.toArray()
	]);
	const byEmergency = groupBy(actions.filter(isKept), (action) => action.emergency_id);
	return whole(
		emergencies.filter(inSight(query)).map((emergency) => ({
			kind: 'emergency',
			id: emergency.id,
			at: emergency.occurred_at,
			emergency,
			actions: byEmergency.get(emergency.id) ?? []
		}))
	);
}

/** A task stands where it last moved: at its end, or where it was given. */
async function taskSource(db: LocalDb, query: TimelineQuery): Promise<Source> {
	const tasks = await db.tasks
		.where('[case_id+status]')
		.between([query.caseId, ''], [query.caseId, '\uffff'])
		.toArray();
	return whole(
		tasks.filter(inSight(query)).map((task) => ({
			kind: 'task',
			id: task.id,
			at: task.finished_at ?? task.recorded_at ?? task.received_at ?? '',
			task
		}))
	);
}

async function messageSource(db: LocalDb, query: TimelineQuery): Promise<Source> {
	const threads = query.circleOnly ? (['circle'] as const) : (['circle', 'staff'] as const);
	const sources = await Promise.all(
		threads.map(async (thread): Promise<Source> => {
			const limit = query.limit * 4;
			const newest = await db.messages
				.where('[case_id+audience+recorded_at]')
				.between([query.caseId, thread, ''], [query.caseId, thread, '\uffff'])
				.reverse()
				.limit(limit)
				.toArray();
			const byDay = groupBy(newest.filter(isKept), (message) => taipeiDay(messageAt(message)));
			const oldest = newest.at(-1);
			return {
				// The oldest day may be there in part only.
				completeFrom:
					newest.length < limit || !oldest
						? ''
						: startOfDay(addDays(taipeiDay(messageAt(oldest)), 1)),
				entries: [...byDay].map(([day, messages]): TimelineEntry => {
					const [latest] = messages;
					return {
						kind: 'message',
						id: `${thread} ${day}`,
						at: latest ? messageAt(latest) : '',
						thread,
						messages
					};
				})
			};
		})
	);
	return {
		entries: sources.flatMap((source) => source.entries),
		completeFrom:
			sources
				.map((source) => source.completeFrom)
				.sort()
				.at(-1) ?? ''
	};
}

async function changeSource(db: LocalDb, query: TimelineQuery): Promise<Source> {
	if (query.circleOnly) return whole([]);
	const changes = await db.record_history.where('case_id').equals(query.caseId).toArray();
	return whole(
		changes.filter(isKept).map((change) => ({
			kind: 'change',
			id: change.id,
			at: historyAt(change),
			change
		}))
	);
}

async function memberSource(db: LocalDb, query: TimelineQuery): Promise<Source> {
	const members = await db.case_members
		.where('[case_id+user_id]')
		.between([query.caseId, ''], [query.caseId, '\uffff'])
		.toArray();
	return whole(
		members.filter(isKept).flatMap((member): TimelineEntry[] => {
			const joinedAt = member.recorded_at ?? member.received_at;
			return [
				...(joinedAt
					? [{ kind: 'member', id: member.id, at: joinedAt, member, step: 'joined' } as const]
					: []),
				...(member.ended_at
					? [
							{
								kind: 'member',
								id: `${member.id} ended`,
								at: member.ended_at,
								member,
								step: 'ended'
							} as const
						]
					: [])
			];
		})
	);
}

function whole(entries: readonly TimelineEntry[]): Source {
	return { entries, completeFrom: '' };
}

function inSight({ circleOnly }: TimelineQuery) {
	return (row: { readonly deleted_at: string | null; readonly audience: string }): boolean =>
		isKept(row) && (!circleOnly || row.audience === 'circle');
}

function messageAt(message: MessageRow): string {
	// Found by an index on recorded_at, so it is there.
	return message.recorded_at ?? '';
}

/** A round that was measured in the minute of the oldest row may be there in part only. */
function endOfMinute(instant: string): string {
	return new Date(Date.parse(instant) + 60_000).toISOString();
}
