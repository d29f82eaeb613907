/** What people do with emergencies, each one intent. */
import { referredMeasurement } from '#lib/db/queries/emergencies.ts';
import { incidentType } from '#lib/domain/code-tables.ts';
import type { EmergencySeverity } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { listWords } from '#lib/care-ui/join-words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ReportForm } from './report-form.svelte.ts';
import { signName } from './sign-names.ts';

/** Stores the report on this phone and sends it as soon as there is signal; answers the emergency's id. */
export async function reportEmergency(ws: Workspace, form: ReportForm): Promise<string> {
	const { caseId, type } = form;
	if (caseId === null || type === null) throw new Error('a report names a person and an event');
	const id = ws.newId();
	const measured = await referredMeasurement(ws.db, form.measurementId);
	await ws.commit('emergency.report', {
		row: {
			id,
			case_id: caseId,
			incident_type: type,
			severity: form.severity,
			// A value is reported as of when it was measured.
			occurred_at: measured?.measured_at ?? ws.now(),
			description: describe(form.description, form.signs.map(signName)) || null,
			audience: incidentType(type)?.audience ?? 'circle',
			measurement_id: form.measurementId
		}
	});
	await form.discard();
	return id;
}

/** What was seen, in the reporter's words and language: `撞到頭、站不起來。在浴室門口滑倒`. */
export function describe(text: string, signWords: readonly string[]): string {
	const free = text.trim();
	if (signWords.length === 0) return free;
	const seen = m.emergencies_signs_seen({ signs: listWords(signWords) });
	return free === '' ? seen : `${seen}${free}`;
}

type Step = 'acknowledge' | 'act' | 'note' | 'close' | 'reopen';

/** One step in the life of an emergency; `text` is the note, or the outcome when it is closed. */
export async function takeStep(
	ws: Workspace,
	emergencyId: string,
	step: Step,
	text: string
): Promise<void> {
	const base = { id: emergencyId, action_id: ws.newId() };
	const note = text.trim();
	if (step === 'close') await ws.commit('emergency.close', { ...base, outcome: note });
	else if (step === 'note') await ws.commit('emergency.note', { ...base, note });
	else await ws.commit(`emergency.${step}`, { ...base, ...(note ? { note } : {}) });
}

export async function raiseSeverity(
	ws: Workspace,
	emergencyId: string,
	severity: EmergencySeverity
): Promise<void> {
	await ws.commit('emergency.raise', { id: emergencyId, action_id: ws.newId(), severity });
}
