/** What people do with emergencies, each one intent. */
import { referredMeasurement } from '#lib/db/queries/emergencies.ts';
import { incidentType } from '#lib/domain/code-tables.ts';
import type { MutationArgs } from '#lib/domain/mutations/catalogue.ts';
import type { EmergencySeverity } from '#lib/domain/rows.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import type { AnnouncedFile, PhotoPlace } from '#lib/care-ui/photos/take-photo.ts';
import type { ShrunkPicture } from '#lib/ui/shrink-picture.ts';
import { listWords } from '#lib/care-ui/join-words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ReportForm } from './report-form.svelte.ts';
import { signName } from './sign-names.ts';

export interface Reported {
	readonly id: string;
	/** False when this phone had no room for the photos: the report went without them. */
	readonly hasPhotos: boolean;
}

/**
 * Stores the report on this phone, with its photos, and sends it as soon as there is signal. Photos never hold a report up.
 * @throws {StorageError}
 */
export async function reportEmergency(
	ws: Workspace,
	form: ReportForm,
	pictures: readonly ShrunkPicture[]
): Promise<Reported> {
	const { caseId, type } = form;
	if (caseId === null || type === null) throw new Error('a report names a person and an event');
	const id = ws.newId();
	const measured = await referredMeasurement(ws.db, form.measurementId);
	const audience = incidentType(type)?.audience ?? 'circle';
	const report: MutationArgs['emergency.report'] = {
		row: {
			id,
			case_id: caseId,
			incident_type: type,
			severity: form.severity,
			// A value is reported as of when it was measured.
			occurred_at: measured?.measured_at ?? ws.now(),
			description: describe(form.description, form.signs.map(signName)) || null,
			audience,
			measurement_id: form.measurementId
		}
	};
	const hasPhotos =
		pictures.length > 0 &&
		(await reportWithPhotos(ws, report, pictures, { caseId, emergency: { id, audience } }));
	if (!hasPhotos) await ws.commit('emergency.report', report);
	await form.discard();
	return { id, hasPhotos };
}

/** All of it in one transaction, the report first; false when the photos could not be stored, and then nothing was. */
async function reportWithPhotos(
	ws: Workspace,
	report: MutationArgs['emergency.report'],
	pictures: readonly ShrunkPicture[],
	place: PhotoPlace
): Promise<boolean> {
	const asPhoto = {
		kind: 'photo',
		bodySite: null,
		wound: null,
		caption: '',
		audience: 'circle'
	} as const;
	try {
		const { announcePhoto } = await import('#lib/care-ui/photos/take-photo.ts');
		const announced: AnnouncedFile[] = [];
		for (const picture of pictures)
			announced.push(await announcePhoto(ws, place, picture, asPhoto));
		await ws.commitAll(
			[
				{ name: 'emergency.report', args: report },
				...announced.map(({ args }) => ({ name: 'attachment.add', args }) as const)
			],
			{ files: announced.map(({ file }) => file) }
		);
		return true;
	} catch (failure) {
		// Whatever is the matter with the photos, the report must go: if it is the store, that says so at the next try.
		console.warn('A report goes without its photos', failure);
		return false;
	}
}

/** What was seen, in the reporter's words and language: `撞到頭、站不起來。在浴室門口滑倒`. */
export function describe(text: string, signWords: readonly string[]): string {
	const free = text.trim();
	if (signWords.length === 0) return free;
	const seen = m.emergencies_signs_seen({ signs: listWords(signWords) });
	return free === '' ? seen : `${seen}${free}`;
}

type Step = 'acknowledge' | 'act' | 'note' | 'notify' | 'close' | 'reopen';

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
	else if (step === 'note' || step === 'notify')
		await ws.commit(`emergency.${step}`, { ...base, note });
	else await ws.commit(`emergency.${step}`, { ...base, ...(note ? { note } : {}) });
}

export async function raiseSeverity(
	ws: Workspace,
	emergencyId: string,
	severity: EmergencySeverity
): Promise<void> {
	await ws.commit('emergency.raise', { id: emergencyId, action_id: ws.newId(), severity });
}
