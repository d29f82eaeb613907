/** The form of a hand-over note: what is typed in its four parts, what it is filled with, and what a draft of it keeps. */
import type { NewRow } from '#lib/domain/mutations/catalogue.ts';
import { HANDOVER_PARTS, type HandoverPart } from '#lib/domain/handover-facts.ts';
import type { HandoverNoteRow } from '#lib/domain/rows.ts';
import { cleanText } from '#lib/domain/text.ts';
import { mergeDraft } from './merge-draft.ts';

export type HandoverTexts = Readonly<Record<HandoverPart, string>>;

/** One line that the form offers, in words. */
export interface OfferedLine {
	readonly part: HandoverPart;
	readonly line: string;
}

export interface HandoverDraft {
	readonly texts: HandoverTexts;
	/** ISO instant from which the note tells. */
	readonly from: string;
	/** Id of the note before it, '' when there was none: what came since is told against that one, also when another has come meanwhile. */
	readonly sinceId: string;
}

export const NO_TEXTS: HandoverTexts = {
	situation: '',
	background: '',
	assessment: '',
	recommendation: ''
};

export function filledTexts(lines: readonly OfferedLine[]): HandoverTexts {
	return lines.reduce((texts, offered) => withLine(texts, offered), NO_TEXTS);
}

/** With the line at the end of its part. */
export function withLine(texts: HandoverTexts, { part, line }: OfferedLine): HandoverTexts {
	const before = texts[part].trimEnd();
	return { ...texts, [part]: before === '' ? line : `${before}\n${line}` };
}

export function hasLine(texts: HandoverTexts, { part, line }: OfferedLine): boolean {
	return texts[part].includes(line);
}

export function textsOf(note: HandoverTexts): HandoverTexts {
	const { situation, background, assessment, recommendation } = note;
	return { situation, background, assessment, recommendation };
}

/** Goes on with a draft; null when there is none that this release can read. */
export function resumeDraft(kept: unknown): HandoverDraft | null {
	const draft = mergeDraft<HandoverDraft>({ texts: NO_TEXTS, from: '', sinceId: '' }, kept);
	if (Number.isNaN(Date.parse(draft.from))) return null;
	return { ...draft, texts: mergeDraft(NO_TEXTS, draft.texts) };
}

/** The note's parts as they are stored; null when they say nothing. */
export function storedTexts(
	texts: HandoverTexts
): Pick<NewRow<HandoverNoteRow>, HandoverPart> | null {
	const cleaned = Object.fromEntries(
		HANDOVER_PARTS.map((part) => [part, cleanText(texts[part])])
	) as Record<HandoverPart, string>; // one text for each of the parts
	return HANDOVER_PARTS.some((part) => cleaned[part] !== '') ? cleaned : null;
}
