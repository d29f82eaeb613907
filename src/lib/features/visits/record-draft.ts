/** A visit record that is being written, as it is kept on this phone between two taps. Pure. */
import type { Wait } from '#lib/domain/measure-again.ts';
import type { VitalKind } from '#lib/domain/vital-sign-types.ts';
import { VITAL_KINDS } from '#lib/domain/vital-signs.ts';
import { VISIT_FIELDS, type VisitField } from '#lib/domain/visit-options.ts';
import { NO_VITALS, typedOf, type Take, type TypedVitals } from './vitals-form.ts';

export type Observations = Record<VisitField, string | null>;

export interface RecordDraft {
	/** Service code → how many. */
	readonly quantities: Record<string, number>;
	readonly observations: Observations;
	/** Observations that were taken over from the last visit in one tap. */
	readonly sameAsLast: readonly VisitField[];
	readonly fluidsMl: string;
	readonly note: string;
	readonly vitals: TypedVitals;
	/** Fields whose unlikely value the person has confirmed, with that value. */
	readonly confirmed: Partial<Record<string, string>>;
	/** In the order in which they were measured. */
	readonly takes: readonly Take[];
	/** Whether the person looks or feels unwell. */
	readonly unwell: boolean;
	/** Why an earlier record is corrected. */
	readonly reason: string;
}

export const DRAFT_PREFIX = 'visit-record:';

/** A correction keeps a draft of its own. */
export function draftKey(visitId: string, correctsId: string | null): string {
	return `${DRAFT_PREFIX}${visitId}${correctsId === null ? '' : `:${correctsId}`}`;
}

/** The visit that a key is of. */
export function visitOfDraft(key: string): string {
	return key.slice(DRAFT_PREFIX.length).split(':')[0] ?? '';
}

/** Null for no draft; parts that this release does not know are left out. */
export function readDraft(value: unknown): RecordDraft | null {
	if (!isRecord(value)) return null;
	const observations = isRecord(value.observations) ? value.observations : {};
	const vitals = isRecord(value.vitals) ? value.vitals : {};
	return {
		quantities: onlyOf(value.quantities, (part): part is number => typeof part === 'number'),
		observations: Object.fromEntries(
			VISIT_FIELDS.map((field) => [field, text(observations[field]) || null])
		) as Observations, // every field of the list is set by the line above
		sameAsLast: VISIT_FIELDS.filter((field) => list(value.sameAsLast).includes(field)),
		fluidsMl: text(value.fluidsMl),
		note: text(value.note),
		vitals: Object.fromEntries(
			Object.keys(NO_VITALS).map((field) => [field, text(vitals[field])])
		) as unknown as TypedVitals, // every field is set by the line above
		confirmed: onlyOf(value.confirmed, (part): part is string => typeof part === 'string'),
		takes: list(value.takes).flatMap((take) => readTake(take) ?? []),
		unwell: value.unwell === true,
		reason: text(value.reason)
	};
}

/** The wait for a next reading. */
export interface OpenWait {
	/** Of the reading before it. */
	readonly takeId: string;
	readonly kind: VitalKind;
	readonly wait: Wait;
}

/** What this draft waits for: of each kind the last reading, while no other has been typed. */
export function openWaits(draft: Pick<RecordDraft, 'takes' | 'vitals'>): OpenWait[] {
	return VITAL_KINDS.flatMap((kind) => {
		const last = draft.takes.findLast((take) => take.kind === kind);
		if (!last?.wait || typedOf(draft.vitals, kind) !== '') return [];
		return [{ takeId: last.id, kind, wait: last.wait }];
	});
}

function readTake(value: unknown): Take | null {
	if (!isRecord(value)) return null;
	const kind = VITAL_KINDS.find((known) => known === value.kind);
	const { id, typed, takenAt } = value;
	if (kind === undefined || typeof id !== 'string' || typeof typed !== 'string') return null;
	if (!isInstant(takenAt)) return null;
	return { id, kind, typed, takenAt, wait: readWait(value.wait) };
}

function readWait(value: unknown): Wait | null {
	if (!isRecord(value)) return null;
	const { since, minutes } = value;
	return isInstant(since) && typeof minutes === 'number' ? { since, minutes } : null;
}

function isInstant(value: unknown): value is string {
	return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function onlyOf<Part>(value: unknown, fits: (part: unknown) => part is Part): Record<string, Part> {
	if (!isRecord(value)) return {};
	return Object.fromEntries(
		Object.entries(value).filter((entry): entry is [string, Part] => fits(entry[1]))
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
