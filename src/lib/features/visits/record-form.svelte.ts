/** The state of a visit record while it is written; each change is kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { Wait } from '#lib/domain/measure-again.ts';
import type { VisitRecordRow } from '#lib/domain/rows.ts';
import { VISIT_FIELDS, type VisitField } from '#lib/domain/visit-options.ts';
import type { VitalKind } from '#lib/domain/vital-sign-types.ts';
import { draftKey, readDraft, type Observations, type RecordDraft } from './record-draft.ts';
import {
	NO_VITALS,
	typedOf,
	withTyped,
	type Take,
	type TypedVitals,
	type VitalField
} from './vitals-form.ts';

const NOTHING_SEEN = Object.fromEntries(VISIT_FIELDS.map((field) => [field, null])) as Observations; // every field of the list is set by the line above

export class RecordForm {
	/** Service code → how many. */
	quantities = $state<Record<string, number>>({});
	observations = $state<Observations>({ ...NOTHING_SEEN });
	/** Observations that stand as they were at the last visit, because one tap took them over. */
	sameAsLast = $state<readonly VisitField[]>([]);
	fluidsMl = $state('');
	note = $state('');
	vitals = $state<TypedVitals>({ ...NO_VITALS });
	/** Fields whose unlikely value the person has confirmed, with that value. */
	confirmed = $state<Partial<Record<string, string>>>({});
	/** Readings that stand already, in their order; the fields hold the next one. */
	takes = $state<readonly Take[]>([]);
	/** Whether the person looks or feels unwell; asked when a value is red. */
	unwell = $state(false);
	/** Why an earlier record is corrected. */
	reason = $state('');
	kept = $state<'nothing' | 'saving' | 'saved' | 'failed'>('nothing');
	restored = $state(false);

	readonly #db: LocalDb;
	readonly #key: string;

	/** @param visitId a correction keeps a draft of its own */
	constructor(db: LocalDb, visitId: string, correctsId: string | null) {
		this.#db = db;
		this.#key = draftKey(visitId, correctsId);
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

	/** A second tap on what is chosen clears it. */
	observe(field: VisitField, code: string | null): void {
		this.observations[field] = code;
		this.sameAsLast = this.sameAsLast.filter((same) => same !== field);
		void this.keep();
	}

	/** Takes over what was seen at the last visit wherever nothing was chosen today. */
	observeSameAsLast(last: VisitRecordRow): void {
		const fields = VISIT_FIELDS.filter(
			(field) => this.observations[field] === null && last[field] !== null
		);
		for (const field of fields) this.observations[field] = last[field];
		this.sameAsLast = [...this.sameAsLast, ...fields];
		void this.keep();
	}

	/** Clears what was taken over, and nothing that was chosen today. */
	undoSameAsLast(): void {
		for (const field of this.sameAsLast) this.observations[field] = null;
		this.sameAsLast = [];
		void this.keep();
	}

	/**
	 * What stands in the fields of this kind becomes a reading of its own, and the fields are empty for the next one.
	 * Resolves when the draft is on this phone.
	 */
	async setAside(kind: VitalKind, take: Pick<Take, 'id' | 'takenAt' | 'wait'>): Promise<void> {
		const typed = typedOf(this.vitals, kind);
		this.takes = [...this.takes, { ...take, kind, typed }];
		this.vitals = withTyped(this.vitals, kind, '');
		this.#forget(kind);
		await this.keep();
	}

	/** Begins the wait after a reading that was set aside before. */
	beginWait(id: string, wait: Wait): void {
		this.takes = this.takes.map((take) => (take.id === id ? { ...take, wait } : take));
		void this.keep();
	}

	/** Puts a reading back into its fields, which must be empty: it was no first one. */
	takeBack(id: string): void {
		const take = this.takes.find((one) => one.id === id);
		if (!take) return;
		this.takes = this.takes.filter((one) => one !== take);
		this.vitals = withTyped(this.vitals, take.kind, take.typed);
		this.confirmed = { ...this.confirmed, [take.kind]: take.typed };
		void this.keep();
	}

	/** A stored reading's wait is over without a second one. */
	endWait(id: string): void {
		this.takes = this.takes.map((take) => (take.id === id ? { ...take, wait: null } : take));
		void this.keep();
	}

	#forget(kind: VitalKind): void {
		this.confirmed = Object.fromEntries(
			Object.entries(this.confirmed).filter(([confirmed]) => confirmed !== kind)
		);
	}

	async keep(): Promise<void> {
		this.kept = 'saving';
		try {
			await saveDraft(this.#db, this.#key, {
				quantities: $state.snapshot(this.quantities),
				observations: $state.snapshot(this.observations),
				sameAsLast: $state.snapshot(this.sameAsLast),
				fluidsMl: this.fluidsMl,
				note: this.note,
				vitals: $state.snapshot(this.vitals),
				confirmed: $state.snapshot(this.confirmed),
				takes: $state.snapshot(this.takes),
				unwell: this.unwell,
				reason: this.reason
			} satisfies RecordDraft);
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
