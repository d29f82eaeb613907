/** Hand-over notes, and what this phone knows for the next one. */
import { LONGEST_NOTE_MS, type HandoverKnown } from '#lib/domain/handover-facts.ts';
import type { HandoverNoteRow, TaskStatus } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { caseForEdit } from './cases.ts';
import { isKept, LIVE_TASK } from './kept.ts';

export interface HandoverNote {
	readonly note: HandoverNoteRow;
	/** A later note corrects it. */
	readonly isReplaced: boolean;
}

/** All notes of one case, newest first, those that were corrected among them: nothing that was handed over goes away. */
export async function handoverNotes(db: LocalDb, caseId: string): Promise<HandoverNote[]> {
	const notes = (await notesOf(db, caseId).reverse().toArray()).filter(isKept);
	const corrected = new Set(notes.map(({ corrects_id }) => corrects_id));
	return notes.map((note) => ({ note, isReplaced: corrected.has(note.id) }));
}

/** How far back readings and records are read: what came late to a note, and what a newest value is compared with. */
const LOOK_BACK_MS = 2 * LONGEST_NOTE_MS;

/** What a note could tell at `now`; null when this phone does not have the person. */
export async function handoverKnown(
	db: LocalDb,
	caseId: string,
	{
		now,
		from,
		sinceId
	}: {
		/** ISO instant. */
		readonly now: string;
		/** ISO instant; where the note begins. */
		readonly from: string;
		/** Id of the note before; null when there is none. */
		readonly sinceId: string | null;
	}
): Promise<HandoverKnown | null> {
	const since = new Date(Date.parse(now) - LOOK_BACK_MS).toISOString();
	const [found, last, emergencies, measurements, records, visits, tasks] = await Promise.all([
		caseForEdit(db, caseId),
		sinceId === null ? undefined : db.handover_notes.get(sinceId),
		db.emergencies
			.where('[case_id+occurred_at]')
			.between([caseId, ''], [caseId, '\uffff'])
			.toArray(),
		db.measurements
			.where('[case_id+measured_at]')
			.between([caseId, since], [caseId, '\uffff'])
			.toArray(),
		db.visit_records
			.where('[case_id+recorded_at]')
			.between([caseId, since], [caseId, '\uffff'])
			.toArray(),
		db.visits.where('[case_id+starts_at]').between([caseId, since], [caseId, '\uffff']).toArray(),
		Promise.all(LIVE_TASK.map((status) => tasksIn(db, caseId, status)))
	]);
	if (!found) return null;
	return {
		now,
		from,
		last: last ?? null,
		...found,
		emergencies,
		measurements,
		records,
		visits,
		tasks: tasks.flat()
	};
}

function notesOf(db: LocalDb, caseId: string) {
	return db.handover_notes.where('[case_id+recorded_at]').between([caseId, ''], [caseId, '\uffff']);
}

function tasksIn(db: LocalDb, caseId: string, status: TaskStatus) {
	return db.tasks.where('[case_id+status]').equals([caseId, status]).toArray();
}
