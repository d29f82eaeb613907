/** The state of a visit record while it is written; each change is kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { VisitRecordRow } from '#lib/domain/rows.ts';
import { VISIT_FIELDS, type VisitField } from '#lib/domain/visit-options.ts';
import { NO_VITALS, type TypedVitals, type VitalField } from './vitals-form.ts';

export type Observations = Record<VisitField, string | null>;

const NOTHING_SEEN = Object.fromEntries(VISIT_FIELDS.map((field) => [field, null])) as Observations; // every field of the list is set by the line above

export class RecordForm {
	/** Service code → how many. */
	quantities = $state<Record<string, number>>({});
	observations = $state<Observations>({ ...NOTHING_SEEN });
	fluidsMl = $state('');
	note = $state('');
	vitals = $state<TypedVitals>({ ...NO_VITALS });
	/** Fields whose unlikely value the person has confirmed, with that value. */
	confirmed = $state<Partial<Record<string, string>>>({});
	/** Why an earlier record is corrected. */
	reason = $state('');
	kept = $state<'nothing' | 'saving' | 'saved' | 'failed'>('nothing');
	restored = $state(false);

	readonly #db: LocalDb;
	readonly #key: string;

	/** @param visitId a correction keeps a draft of its own */
	constructor(db: LocalDb, visitId: string, correctsId: string | null) {
		this.#db = db;
		this.#key = correctsId ? `visit-record:${visitId}:${correctsId}` : `visit-record:${visitId}`;
	}

	/** What was typed before a reload or a crash, else the plan's codes, or the record that is corrected. */
	async begin(plannedCodes: readonly string[], corrects: VisitRecordRow | null): Promise<void> {
		const draft = readDraft(await loadDraft(this.#db, this.#key));
		if (draft !== null) {
			Object.assign(this, draft);
			this.restored = true;
			this.kept = 'saved';
			return;
		}
		if (corrects === null) {
			this.quantities = Object.fromEntries(plannedCodes.map((code) => [code, 1]));
			return;
		}
		this.quantities = Object.fromEntries(
			corrects.done_codes.map(({ code, quantity }) => [code, quantity])
		);
		for (const field of VISIT_FIELDS) this.observations[field] = corrects[field];
		this.fluidsMl = corrects.fluids_ml === null ? '' : String(corrects.fluids_ml);
		this.note = corrects.note ?? '';
	}

	setVital(field: VitalField, text: string): void {
		this.vitals = { ...this.vitals, [field]: text };
		void this.keep();
	}

	async keep(): Promise<void> {
		this.kept = 'saving';
		try {
			await saveDraft(this.#db, this.#key, {
				quantities: $state.snapshot(this.quantities),
				observations: $state.snapshot(this.observations),
				fluidsMl: this.fluidsMl,
				note: this.note,
				vitals: $state.snapshot(this.vitals),
				confirmed: $state.snapshot(this.confirmed),
				reason: this.reason
			} satisfies Draft);
			this.kept = 'saved';
		} catch {
			// Said beside the save button; what was typed stays in the fields.
			this.kept = 'failed';
		}
	}

	async discard(): Promise<void> {
		await dropDraft(this.#db, this.#key);
	}
}

interface Draft {
	readonly quantities: Record<string, number>;
	readonly observations: Observations;
	readonly fluidsMl: string;
	readonly note: string;
	readonly vitals: TypedVitals;
	readonly confirmed: Partial<Record<string, string>>;
	readonly reason: string;
}

/** Null for no draft; parts that this release does not know are left out. */
function readDraft(value: unknown): Draft | null {
	if (!isRecord(value)) return null;
	const text = (part: unknown) => (typeof part === 'string' ? part : '');
	const observations = isRecord(value.observations) ? value.observations : {};
	const vitals = isRecord(value.vitals) ? value.vitals : {};
	return {
		quantities: onlyOf(value.quantities, (part): part is number => typeof part === 'number'),
		observations: Object.fromEntries(
			VISIT_FIELDS.map((field) => [field, text(observations[field]) || null])
		) as Observations, // every field of the list is set by the line above
		fluidsMl: text(value.fluidsMl),
		note: text(value.note),
		vitals: Object.fromEntries(
			Object.keys(NO_VITALS).map((field) => [field, text(vitals[field])])
		) as unknown as TypedVitals, // every field is set by the line above
		confirmed: onlyOf(value.confirmed, (part): part is string => typeof part === 'string'),
		reason: text(value.reason)
	};
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
