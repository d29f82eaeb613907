/** What the form of a hand-over note starts from: the draft that was begun, the note to correct, or what this phone knows. */
import { handoverKnown, handoverNotes } from '#lib/db/queries/handover.ts';
import { caseForEdit, membersOf } from '#lib/db/queries/cases.ts';
import { coversFrom, handoverFacts } from '#lib/domain/handover-facts.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import type { CaseRole, CaseRow, HandoverNoteRow } from '#lib/domain/rows.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';
import { filledTexts, resumeDraft, textsOf, type HandoverDraft } from './handover-form.ts';
import { factWords } from './handover-words.ts';

export interface HandoverStart {
	readonly person: CaseRow;
	readonly keeper: DraftKeeper;
	readonly draft: HandoverDraft;
	/** Null for a new note. */
	readonly corrects: HandoverNoteRow | null;
}

/** Null when this person may not, or when the person or the note is not on this phone. */
export async function startHandover(
	ws: Pick<Workspace, 'db' | 'me'>,
	{
		caseId,
		correctsId,
		now
	}: { readonly caseId: string; readonly correctsId: string | null; readonly now: string }
): Promise<HandoverStart | null> {
	const [found, members, notes] = await Promise.all([
		caseForEdit(ws.db, caseId),
		membersOf(ws.db, caseId),
		handoverNotes(ws.db, caseId)
	]);
	const role = found && caseRole(ws.me, found.person.org_id, members);
	if (!found || !mayDo(role, 'handover_note.add')) return null;
	const keeper = new DraftKeeper(ws.db, `handover:${caseId}${correctsId ? `:${correctsId}` : ''}`);
	const kept = resumeDraft(await keeper.load());
	if (correctsId) {
		const corrects = notes.find(({ note }) => note.id === correctsId)?.note;
		if (!corrects || !mayCorrect(corrects, role, ws.me.userId)) return null;
		const asItStands = { texts: textsOf(corrects), from: corrects.covers_from, sinceId: '' };
		return { person: found.person, keeper, draft: kept ?? asItStands, corrects };
	}
	const draft = kept ?? (await filled(ws, caseId, now, notes[0]?.note ?? null));
	return { person: found.person, keeper, draft, corrects: null };
}

/** Somebody's words are theirs to correct, and of those who answer for the case; the server holds the same. */
export function mayCorrect(
	note: Pick<HandoverNoteRow, 'created_by'>,
	role: CaseRole | null,
	userId: string
): boolean {
	return note.created_by === userId || role === 'care_manager' || role === 'supervisor';
}

async function filled(
	ws: Pick<Workspace, 'db' | 'me'>,
	caseId: string,
	now: string,
	last: HandoverNoteRow | null
): Promise<HandoverDraft> {
	const from = coversFrom(last, now);
	const known = await handoverKnown(ws.db, caseId, { now, from, sinceId: last?.id ?? null });
	const facts = known ? handoverFacts(known) : [];
	const today = taipeiDay(now);
	const texts = filledTexts(
		facts.map((fact) => ({ part: fact.part, line: factWords(fact, today) }))
	);
	return { texts, from, sinceId: last?.id ?? '' };
}
