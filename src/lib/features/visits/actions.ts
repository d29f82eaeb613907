/** What people do with visits, each one intent (or several in one transaction). */
import type { DoneCode, VisitRow } from '#lib/domain/rows.ts';
import { readingToColumns } from '#lib/domain/vital-sign-entry.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import { notePosition, undoOf } from './arrival/note-position.ts';
import type { PlanForm } from './plan-form.svelte.ts';
import type { RecordForm } from './record-form.svelte.ts';
import type { ReadTake, Take, TypedReading } from './vitals-form.ts';

type VisitAct = (ws: Workspace, visit: VisitRow) => Promise<() => Promise<boolean>>;

export const checkIn: VisitAct = async (ws, visit) => {
	const { mid } = await ws.commit(
		'visit.check_in',
		{ id: visit.id, at: ws.now() },
		{ holdMs: undoMs }
	);
	return undoOf(ws, [mid], notePosition(ws, visit, 'check_in'));
};

export const checkOut: VisitAct = async (ws, visit) => {
	const { mid } = await ws.commit(
		'visit.check_out',
		{ id: visit.id, at: ws.now() },
		{ holdMs: undoMs }
	);
	return undoOf(ws, [mid], notePosition(ws, visit, 'check_out'));
};

export const nobodyAnswers: VisitAct = async (ws, visit) => {
	const { mid } = await ws.commit(
		'visit.no_answer',
		{ id: visit.id, at: ws.now() },
		{ holdMs: undoMs }
	);
	return () => ws.retract([mid]);
};

export async function missVisit(ws: Workspace, visitId: string, reason: string): Promise<void> {
	await ws.commit('visit.miss', { id: visitId, at: ws.now(), reason });
}

type NewTake = Pick<Take, 'id' | 'takenAt'>;

function measurementOf(id: string, { reading, assessment }: TypedReading) {
	return { id, ...readingToColumns(reading), severity: assessment.severity };
}

function takeOf({ id, takenAt }: NewTake, read: TypedReading) {
	return { ...measurementOf(id, read), measured_at: takenAt };
}

/** Stores a reading before its record is finished, so that a report can point at it; once, however often it is asked for. */
export async function storeTake(
	ws: Workspace,
	visit: VisitRow,
	take: NewTake,
	read: TypedReading
): Promise<void> {
	if (await ws.db.measurements.get(take.id)) return;
	const row = { ...takeOf(take, read), case_id: visit.case_id, visit_id: visit.id };
	await ws.commit('measurement.add', { row });
}

/** The record, its vital signs and, when asked, the check-out: stored together or not at all. */
export async function saveRecord(
	ws: Workspace,
	{
		visit,
		form,
		doneCodes,
		takes,
		readings,
		correctsId,
		alsoCheckOut
	}: {
		readonly visit: VisitRow;
		readonly form: RecordForm;
		readonly doneCodes: readonly DoneCode[];
		/** Readings that others follow; those that are stored already stay as they are. */
		readonly takes: readonly ReadTake[];
		readonly readings: readonly TypedReading[];
		readonly correctsId: string | null;
		readonly alsoCheckOut: boolean;
	}
): Promise<void> {
	const now = ws.now();
	const known = await ws.db.measurements.bulkGet(takes.map(({ take }) => take.id));
	const unstored = takes.filter((_, index) => known[index] === undefined);
	await ws.commitAll([
		{
			name: 'visit_record.add',
			args: {
				row: {
					id: ws.newId(),
					case_id: visit.case_id,
					visit_id: visit.id,
					done_codes: doneCodes,
					...form.observations,
					fluids_ml: form.fluidsMl.trim() === '' ? null : Number(form.fluidsMl),
					note: form.note.trim() || null,
					...(correctsId ? { corrects_id: correctsId, correction_reason: form.reason.trim() } : {})
				},
				measurements: [
					...unstored.map(({ take, read }) => takeOf(take, read)),
					...readings.map((read) => measurementOf(ws.newId(), read))
				]
			}
		},
		...(alsoCheckOut ? [{ name: 'visit.check_out' as const, args: { id: visit.id, at: now } }] : [])
	]);
	if (alsoCheckOut) notePosition(ws, visit, 'check_out');
	await form.discard();
}

/** Stores one visit, or a repeating visit with its dated ones; answers how many visits that made. */
export async function planVisits(
	ws: Workspace,
	form: PlanForm,
	worker: { readonly id: string; readonly name: string } | null
): Promise<number> {
	const { caseId, codes, note, repeats } = form.fields;
	const assigned = { worker_id: worker?.id ?? null, worker_name: worker?.name ?? null };
	const visits = form.occurrences.map(({ startsAt, endsAt }) => ({
		id: ws.newId(),
		case_id: caseId,
		...assigned,
		starts_at: startsAt,
		ends_at: endsAt,
		planned_codes: [...codes],
		note: note.trim() || null
	}));
	const [first] = visits;
	if (first === undefined) throw new Error('a plan without problems has at least one visit');
	if (repeats === 'once') {
		await ws.commit('visit.plan', { row: first });
	} else {
		const seriesId = ws.newId();
		await ws.commit('visit_series.add', {
			row: {
				id: seriesId,
				case_id: caseId,
				worker_id: assigned.worker_id,
				...form.pattern,
				planned_codes: [...codes],
				note: note.trim() || null
			},
			visits: visits.map((visit) => ({ ...visit, series_id: seriesId }))
		});
	}
	await form.discard();
	return visits.length;
}
