/** What a hand-over note could tell: facts of rows that this phone holds, by the four parts of SBAR. It explains nothing and adds nothing. */

import { visitOption } from './code-tables.ts';
import type {
	CaseRow,
	CaseStaffDetailsRow,
	EmergencyRow,
	EmergencyStatus,
	HandoverNoteRow,
	MeasurementRow,
	TableName,
	TaskRow,
	VisitRecordRow,
	VisitRow
} from './rows.ts';
import { compareSeverity, isAtLeast } from './severity.ts';
import { VISIT_FIELDS, type VisitField } from './visit-options.ts';
import { VITAL_KINDS } from './vital-signs.ts';

export const HANDOVER_PARTS = [
	'situation',
	'background',
	'assessment',
	'recommendation'
] as const satisfies readonly (keyof HandoverNoteRow)[];
export type HandoverPart = (typeof HANDOVER_PARTS)[number];

/** The row that a fact is taken from. */
export interface FactSource {
	readonly table: TableName;
	readonly id: string;
	/** ISO instant of what the row tells; null for what simply holds. */
	readonly at: string | null;
	readonly by: string | null;
}

export type Reading = Pick<MeasurementRow, 'kind' | 'value' | 'value2' | 'context' | 'severity'>;

export type HandoverFact = {
	readonly part: HandoverPart;
	readonly source: FactSource;
} & (
	| {
			readonly code: 'emergency_open';
			readonly incidentType: string;
			readonly severity: EmergencyRow['severity'];
			readonly status: EmergencyStatus;
	  }
	| { readonly code: 'vital_alarm'; readonly reading: Reading }
	| { readonly code: 'mood_changed'; readonly from: string; readonly to: string }
	| {
			readonly code: 'conditions' | 'allergies' | 'alerts' | 'staff_alerts';
			readonly items: readonly string[];
	  }
	| {
			readonly code: 'vital_trend';
			readonly reading: Reading;
			/** Null for the first reading of its kind. */
			readonly before: Reading | null;
			/** By the first number of the reading: of a blood pressure the systolic. */
			readonly direction: 'up' | 'down' | 'same' | null;
	  }
	| {
			readonly code: 'care_given';
			readonly doneCodes: readonly string[];
			readonly noticed: readonly { readonly field: VisitField; readonly option: string }[];
			readonly note: string | null;
	  }
	| {
			readonly code: 'visit_failed';
			readonly status: 'no_answer' | 'missed';
			readonly reason: string | null;
	  }
	| {
			readonly code: 'emergency_closed';
			readonly incidentType: string;
			readonly outcome: string | null;
	  }
	| {
			readonly code: 'task_open';
			readonly title: string;
			readonly dueAt: string | null;
			readonly assignee: string | null;
	  }
	| { readonly code: 'visit_next'; readonly worker: string | null }
);

export type LastNote = Pick<HandoverNoteRow, 'covers_until' | 'created_by' | 'seq'>;

export interface HandoverKnown {
	/** ISO instant. */
	readonly now: string;
	/** ISO instant from which the note tells; `coversFrom` says which. */
	readonly from: string;
	/** The note before; null when there is none. */
	readonly last: LastNote | null;
	readonly person: CaseRow;
	/** Null when there are none. */
	readonly details: CaseStaffDetailsRow | null;
	readonly emergencies: readonly EmergencyRow[];
	readonly measurements: readonly MeasurementRow[];
	readonly records: readonly VisitRecordRow[];
	readonly visits: readonly VisitRow[];
	readonly tasks: readonly TaskRow[];
}

const HOUR_MS = 3_600_000;
/** Without a note before: one day of work. */
const FIRST_NOTE_MS = 24 * HOUR_MS;
/** What is older than a week stands in the timeline; a note must stay short enough to be read. */
export const LONGEST_NOTE_MS = 7 * 24 * HOUR_MS;

/** Where the note before has ended, a week ago at most; without one, a day ago. */
export function coversFrom(last: LastNote | null, now: string): string {
	const nowMs = Date.parse(now);
	if (last === null) return new Date(nowMs - FIRST_NOTE_MS).toISOString();
	// The phone on which the note before was written may have been ahead of this one.
	const endMs = Math.min(Date.parse(last.covers_until), nowMs);
	return new Date(Math.max(endMs, nowMs - LONGEST_NOTE_MS)).toISOString();
}

/** In the order in which a note says them. Restricted reports are left out, whatever the caller passes in. */
export function handoverFacts(known: HandoverKnown): HandoverFact[] {
	return [
		...openEmergencies(known),
		...alarmingVitals(known),
		...moodChange(known),
		...background(known),
		...vitalTrends(known),
		...careGiven(known),
		...failedVisits(known),
		...closedEmergencies(known),
		...openTasks(known),
		...nextVisit(known)
	];
}

function openEmergencies({ emergencies }: HandoverKnown): HandoverFact[] {
	return emergencies
		.filter((row) => isForNote(row) && row.status !== 'closed')
		.sort((a, b) => compareSeverity(b.severity, a.severity) || inTime(a.occurred_at, b.occurred_at))
		.map((row) => ({
			part: 'situation',
			code: 'emergency_open',
			incidentType: row.incident_type,
			severity: row.severity,
			status: row.status,
			source: sourceOf('emergencies', row, row.occurred_at, row.reporter_name)
		}));
}

/** The worst new reading of each kind, of equal ones the newest. */
function alarmingVitals(known: HandoverKnown): HandoverFact[] {
	const alarming = standing(known.measurements).filter(
		(row) => isAtLeast(row.severity, 'orange') && isNew(known, row, row.measured_at)
	);
	return VITAL_KINDS.flatMap((kind): HandoverFact[] => {
		const [worst] = alarming
			.filter((row) => row.kind === kind)
			.sort(
				(a, b) => compareSeverity(b.severity, a.severity) || inTime(b.measured_at, a.measured_at)
			);
		if (worst === undefined) return [];
		return [{ part: 'situation', code: 'vital_alarm', reading: worst, source: measured(worst) }];
	});
}

function moodChange(known: HandoverKnown): HandoverFact[] {
	const told = standing(known.records)
		.filter((row) => row.mood !== 'unknown' && visitOption('mood', row.mood) !== null)
		.sort((a, b) => inTime(recordedAt(b), recordedAt(a)));
	const [newest, before] = told;
	if (!newest?.mood || !before?.mood || newest.mood === before.mood) return [];
	if (!isNew(known, newest, recordedAt(newest))) return [];
	return [
		{
			part: 'situation',
			code: 'mood_changed',
			from: before.mood,
			to: newest.mood,
			source: recorded(newest)
		}
	];
}

function background({ person, details }: HandoverKnown): HandoverFact[] {
	const personal = (['conditions', 'allergies', 'alerts'] as const).map((code) => ({
		code,
		items: person[code],
		source: sourceOf('cases', person, null, null)
	}));
	const internal = details
		? [
				{
					code: 'staff_alerts' as const,
					items: details.staff_alerts,
					source: sourceOf('case_staff_details', details, null, null)
				}
			]
		: [];
	return [...personal, ...internal]
		.filter(({ items }) => items.length > 0)
		.map((fact) => ({ part: 'background', ...fact }));
}

/** The newest new reading of each kind beside the one before it. */
function vitalTrends(known: HandoverKnown): HandoverFact[] {
	const rows = standing(known.measurements).sort((a, b) => inTime(b.measured_at, a.measured_at));
	return VITAL_KINDS.flatMap((kind): HandoverFact[] => {
		const ofKind = rows.filter((row) => row.kind === kind);
		const at = ofKind.findIndex((row) => isNew(known, row, row.measured_at));
		const newest = ofKind[at];
		if (newest === undefined) return [];
		const before = ofKind[at + 1] ?? null;
		return [
			{
				part: 'assessment',
				code: 'vital_trend',
				reading: newest,
				before,
				direction: before && directionOf(newest.value - before.value),
				source: measured(newest)
			}
		];
	});
}

function directionOf(difference: number): 'up' | 'down' | 'same' {
	if (difference === 0) return 'same';
	return difference > 0 ? 'up' : 'down';
}

function careGiven(known: HandoverKnown): HandoverFact[] {
	return standing(known.records)
		.filter((row) => isNew(known, row, recordedAt(row)))
		.sort((a, b) => inTime(recordedAt(a), recordedAt(b)))
		.map((row) => ({
			part: 'assessment' as const,
			code: 'care_given' as const,
			doneCodes: row.done_codes.map(({ code }) => code),
			noticed: VISIT_FIELDS.flatMap((field) => {
				const option = visitOption(field, row[field]);
				return option && option.concern !== 'none' ? [{ field, option: option.code }] : [];
			}),
			note: row.note,
			source: recorded(row)
		}))
		.filter(({ doneCodes, noticed, note }) => doneCodes.length + noticed.length > 0 || note);
}

function failedVisits(known: HandoverKnown): HandoverFact[] {
	return known.visits
		.filter((row) => isForNote(row) && hasMoved(known, row, row.starts_at))
		.sort((a, b) => inTime(a.starts_at, b.starts_at))
		.flatMap((row): HandoverFact[] => {
			const { status } = row;
			if (status !== 'no_answer' && status !== 'missed') return [];
			return [
				{
					part: 'assessment',
					code: 'visit_failed',
					status,
					reason: row.status_reason,
					source: sourceOf('visits', row, row.starts_at, row.worker_name)
				}
			];
		});
}

function closedEmergencies(known: HandoverKnown): HandoverFact[] {
	return known.emergencies
		.filter(
			(row) =>
				isForNote(row) &&
				row.status === 'closed' &&
				row.closed_at !== null &&
				hasMoved(known, row, row.closed_at)
		)
		.sort((a, b) => inTime(a.closed_at ?? '', b.closed_at ?? ''))
		.map((row) => ({
			part: 'assessment',
			code: 'emergency_closed',
			incidentType: row.incident_type,
			outcome: row.outcome,
			source: sourceOf('emergencies', row, row.closed_at, row.closed_by_name)
		}));
}

function openTasks({ tasks }: HandoverKnown): HandoverFact[] {
	return tasks
		.filter((row) => isForNote(row) && !['done', 'declined'].includes(row.status))
		.sort(
			(a, b) =>
				Number(b.priority === 'high') - Number(a.priority === 'high') ||
				inTime(a.due_at ?? '9999', b.due_at ?? '9999')
		)
		.map((row) => ({
			part: 'recommendation',
			code: 'task_open',
			title: row.title,
			dueAt: row.due_at,
			assignee: row.assignee_name,
			source: sourceOf('tasks', row, row.recorded_at, row.author_name)
		}));
}

function nextVisit({ visits, now }: HandoverKnown): HandoverFact[] {
	const [next] = visits
		.filter((row) => isForNote(row) && row.status === 'planned' && isAfter(row.starts_at, now))
		.sort((a, b) => inTime(a.starts_at, b.starts_at));
	if (next === undefined) return [];
	return [
		{
			part: 'recommendation',
			code: 'visit_next',
			worker: next.worker_name,
			source: sourceOf('visits', next, next.starts_at, null)
		}
	];
}

interface Told {
	readonly id: string;
	readonly created_by: string | null;
	readonly received_at: string | null;
	readonly deleted_at: string | null;
	readonly audience: string;
}

function isForNote(row: Pick<Told, 'deleted_at' | 'audience'>): boolean {
	return row.deleted_at === null && row.audience !== 'restricted';
}

/** Without rows that a later one corrects. */
function standing<Row extends Told & { readonly corrects_id: string | null }>(
	rows: readonly Row[]
): Row[] {
	const corrected = new Set(rows.map((row) => row.corrects_id));
	return rows.filter((row) => isForNote(row) && !corrected.has(row.id));
}

/**
 * Whether the note before cannot have told of it: it came after, or it had been done elsewhere and reached the server only when that
 * note was written already.
 */
function isNew({ from, last }: HandoverKnown, row: Told, at: string): boolean {
	if (isAfter(at, from)) return true;
	if (last === null || row.created_by === last.created_by) return false;
	return row.received_at === null || isAfter(row.received_at, last.covers_until);
}

/** The same of a row that is edited: the server has numbered its last change after the note before. */
function hasMoved(
	{ from, last }: HandoverKnown,
	row: { readonly seq: number },
	at: string
): boolean {
	return isAfter(at, from) || (last !== null && last.seq > 0 && row.seq > last.seq);
}

function sourceOf(
	table: TableName,
	{ id }: { readonly id: string },
	at: string | null,
	by: string | null
): FactSource {
	return { table, id, at, by };
}

function measured(row: MeasurementRow): FactSource {
	return sourceOf('measurements', row, row.measured_at, row.author_name);
}

function recorded(row: VisitRecordRow): FactSource {
	return sourceOf('visit_records', row, recordedAt(row), row.author_name);
}

function recordedAt(row: VisitRecordRow): string {
	return row.recorded_at ?? row.relevant_at;
}

/** Instants are compared as time: a server writes +00:00 where a phone writes Z. */
function isAfter(instant: string, than: string): boolean {
	return Date.parse(instant) > Date.parse(than);
}

function inTime(a: string, b: string): number {
	return Date.parse(a) - Date.parse(b);
}
