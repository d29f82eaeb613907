/**
 * How care is going, for the family: plain facts as codes from the last days. It tells what was seen and how it was judged, and
 * never explains a number; what the family may not see is left out here too, whatever the caller passes in.
 */

import { visitOption } from './code-tables.ts';
import type { EmergencyRow, MeasurementRow, VisitRecordRow, VisitRow } from './rows.ts';
import { isAtLeast, maxSeverity, type ReportSeverity } from './severity.ts';
import { addDays, startOfDay, taipeiDay } from './taiwan-dates.ts';
import { FLUIDS_LOW_ML, type VisitField } from './visit-options.ts';
import type { VitalKind } from './vital-sign-types.ts';

export type FamilyFact =
	| {
			readonly code: 'visit_now';
			readonly visitId: string;
			readonly by: string | null;
			readonly at: string;
	  }
	| {
			readonly code: 'visit_last';
			readonly visitId: string;
			readonly by: string | null;
			readonly at: string;
	  }
	| {
			readonly code: 'visit_next';
			readonly visitId: string;
			readonly by: string | null;
			readonly at: string;
	  }
	| { readonly code: 'visit_none_yet' | 'visit_none_planned' }
	/** The newest visit that should have been and was not: nobody came, or nobody opened. */
	| {
			readonly code: 'visit_missed' | 'visit_no_answer';
			readonly visitId: string;
			readonly at: string;
	  }
	| { readonly code: SeenCode; readonly at: string }
	| { readonly code: 'vitals_fine'; readonly at: string }
	| {
			readonly code: 'vitals_watch';
			readonly severity: ReportSeverity;
			readonly kinds: readonly VitalKind[];
			readonly at: string;
	  }
	| {
			readonly code: 'incident_open' | 'incident_closed';
			readonly emergencyId: string;
			readonly incidentType: string;
			readonly severity: ReportSeverity;
			readonly at: string;
	  }
	| { readonly code: 'incident_none'; readonly days: number };

export type SeenCode =
	| 'ate_well'
	| 'ate_some'
	| 'ate_poorly'
	| 'drank_little'
	| 'slept_well'
	| 'slept_poorly'
	| 'mood_good'
	| 'mood_low'
	| 'medicine_taken'
	| 'medicine_missed'
	| 'needs_watching';

export interface FamilySummaryInput {
	/** Instant. */
	readonly now: string;
	/** How many days back, today included. */
	readonly days: number;
	readonly visits: readonly VisitRow[];
	readonly records: readonly VisitRecordRow[];
	readonly measurements: readonly MeasurementRow[];
	readonly emergencies: readonly EmergencyRow[];
}

/** Open incidents first, then visits, how the person is, vital signs, and past incidents. */
export function familySummary(input: FamilySummaryInput): FamilyFact[] {
	const since = startOfDay(addDays(taipeiDay(input.now), 1 - input.days));
	const incidents = incidentFacts(input, since);
	return [
		...incidents.filter((fact) => fact.code === 'incident_open'),
		...visitFacts(input, since),
		...seenFacts(input, since),
		...vitalFacts(input, since),
		...incidents.filter((fact) => fact.code !== 'incident_open')
	];
}

interface FamilyRow {
	readonly id: string;
	readonly audience: string;
	readonly deleted_at: string | null;
}

function forFamily<Row extends FamilyRow>(rows: readonly Row[]): Row[] {
	return rows.filter((row) => row.audience === 'circle' && row.deleted_at === null);
}

/** Without the rows that a later one corrects. */
function current<Row extends FamilyRow & { readonly corrects_id: string | null }>(
	rows: readonly Row[]
): Row[] {
	const visible = forFamily(rows);
	const corrected = new Set(visible.map((row) => row.corrects_id));
	return visible.filter((row) => !corrected.has(row.id));
}

function visitFacts({ now, visits }: FamilySummaryInput, since: string): FamilyFact[] {
	const byStart = newestFirst(forFamily(visits), (visit) => visit.starts_at);
	const fact = (
		code: 'visit_now' | 'visit_last' | 'visit_next',
		visit: VisitRow,
		at: string
	): FamilyFact => ({
		code,
		visitId: visit.id,
		by: visit.worker_name,
		at
	});
	const facts: FamilyFact[] = [];
	const running = byStart.find((visit) => visit.status === 'checked_in');
	if (running !== undefined) {
		facts.push(fact('visit_now', running, running.checked_in_at ?? running.starts_at));
	}
	const last = byStart.find((visit) => visit.status === 'done');
	facts.push(
		last === undefined
			? { code: 'visit_none_yet' }
			: fact('visit_last', last, last.checked_in_at ?? last.starts_at)
	);
	const failed = byStart.find((visit) => visit.status === 'missed' || visit.status === 'no_answer');
	if (failed !== undefined && isSince(failed.starts_at, since) && isNewer(failed, last)) {
		const code = failed.status === 'missed' ? 'visit_missed' : 'visit_no_answer';
		facts.push({ code, visitId: failed.id, at: failed.starts_at });
	}
	const next = byStart.findLast(
		(visit) => visit.status === 'planned' && isSince(visit.starts_at, now)
	);
	facts.push(
		next === undefined ? { code: 'visit_none_planned' } : fact('visit_next', next, next.starts_at)
	);
	return facts;
}

/** What the newest record says of each matter; an older record speaks where the newer ones are silent. */
function seenFacts({ records }: FamilySummaryInput, since: string): FamilyFact[] {
	const recent = newestFirst(
		current(records).filter((record) => isSince(record.relevant_at, since)),
		(record) => record.relevant_at
	);
	const facts: FamilyFact[] = [];
	for (const [field, tell] of SEEN) {
		const record = recent.find((each) => known(field, each[field]));
		const code = record === undefined ? null : tell(record[field] ?? '');
		if (record !== undefined && code !== null) facts.push({ code, at: record.relevant_at });
	}
	const drank = recent.find((record) => record.fluids_ml !== null);
	if (
		drank?.fluids_ml !== null &&
		drank?.fluids_ml !== undefined &&
		drank.fluids_ml < FLUIDS_LOW_ML
	) {
		facts.push({ code: 'drank_little', at: drank.relevant_at });
	}
	const newest = recent[0];
	if (newest !== undefined && WATCHED.some((field) => concerns(field, newest[field]))) {
		facts.push({ code: 'needs_watching', at: newest.relevant_at });
	}
	return facts;
}

const SEEN: readonly (readonly [VisitField, (option: string) => SeenCode | null])[] = [
	[
		'appetite',
		(option) => {
			if (option === 'all' || option === 'most') return 'ate_well';
			return option === 'half' ? 'ate_some' : 'ate_poorly';
		}
	],
	['sleep', (option) => (concerns('sleep', option) ? 'slept_poorly' : 'slept_well')],
	['mood', (option) => (concerns('mood', option) ? 'mood_low' : 'mood_good')],
	[
		'medication',
		(option) => {
			if (option === 'none_due') return null;
			return concerns('medication', option) ? 'medicine_missed' : 'medicine_taken';
		}
	]
];

/** Matters of the body that the family hears of in one general word: the nurse explains them. */
const WATCHED: readonly VisitField[] = ['choking', 'bowel', 'urine', 'skin'];

function vitalFacts({ measurements }: FamilySummaryInput, since: string): FamilyFact[] {
	const recent = newestFirst(
		current(measurements).filter((row) => isSince(row.measured_at, since)),
		(row) => row.measured_at
	);
	const newest = recent[0];
	if (newest === undefined) return [];
	// The newest of each kind counts: a value that was measured again and is well now is no worry.
	const latest = [...new Map(recent.toReversed().map((row) => [row.kind, row])).values()];
	const severity = maxSeverity(latest.map((row) => row.severity));
	if (severity === 'none') return [{ code: 'vitals_fine', at: newest.measured_at }];
	const kinds = latest.filter((row) => isAtLeast(row.severity, 'yellow')).map((row) => row.kind);
	return [{ code: 'vitals_watch', severity, kinds, at: newest.measured_at }];
}

function incidentFacts({ emergencies, days }: FamilySummaryInput, since: string): FamilyFact[] {
	const concerned = newestFirst(
		forFamily(emergencies).filter(
			(row) => row.status !== 'closed' || isSince(row.occurred_at, since)
		),
		(row) => row.occurred_at
	);
	if (concerned.length === 0) return [{ code: 'incident_none', days }];
	return concerned.map((row) => ({
		code: row.status === 'closed' ? 'incident_closed' : 'incident_open',
		emergencyId: row.id,
		incidentType: row.incident_type,
		severity: row.severity,
		at: row.occurred_at
	}));
}

function known(field: VisitField, code: string | null): boolean {
	return code !== null && code !== 'unknown' && visitOption(field, code) !== null;
}

function concerns(field: VisitField, code: string | null): boolean {
	return isAtLeast(visitOption(field, code)?.concern ?? 'none', 'yellow');
}

/** Instants are compared as time: a server writes +00:00 where a phone writes Z. */
function isSince(instant: string, since: string): boolean {
	return Date.parse(instant) >= Date.parse(since);
}

function isNewer(visit: VisitRow, than: VisitRow | undefined): boolean {
	return than === undefined || Date.parse(visit.starts_at) > Date.parse(than.starts_at);
}

function newestFirst<Row>(rows: readonly Row[], at: (row: Row) => string): Row[] {
	return rows.toSorted((a, b) => Date.parse(at(b)) - Date.parse(at(a)));
}
