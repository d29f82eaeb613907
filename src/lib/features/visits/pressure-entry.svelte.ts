/** The readings of one morning or evening while they are entered; kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { HOME_SERIES, SLOT_CONTEXT, type Slot } from '#lib/domain/home-pressure.ts';
import type { MeasurementRow } from '#lib/domain/rows.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';
import { readingToColumns } from '#lib/domain/vital-sign-entry.ts';
import type { PersonLimits } from '#lib/domain/vital-sign-types.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import { NO_VITALS, readVitals, type TypedReading } from './vitals-form.ts';

export interface SlotToFill {
	readonly caseId: string;
	/** Taipei day. */
	readonly day: string;
	readonly slot: Slot;
	/** Readings that are still to be measured: 1 or 2. */
	readonly missing: number;
}

export type EntryObstacle = 'time' | 'future' | 'empty' | 'incomplete' | 'impossible' | 'unlikely';

interface Pair {
	readonly sys: string;
	readonly dia: string;
}

const NOTHING: Pair = { sys: '', dia: '' };

export class PressureEntry {
	/** `HH:MM` in Taipei, of the first reading. */
	time = $state('');
	pairs = $state<readonly Pair[]>([]);
	/** Unlikely pairs that the person has confirmed, as `sys/dia`. */
	confirmed = $state<readonly string[]>([]);
	kept = $state<'nothing' | 'saved' | 'failed'>('nothing');

	readonly #db: LocalDb;
	readonly #key: string;
	readonly #slot: SlotToFill;

	constructor(db: LocalDb, slot: SlotToFill) {
		this.#db = db;
		this.#slot = slot;
		this.#key = `home-pressure:${slot.caseId}:${slot.day}-${slot.slot}`;
		this.pairs = Array.from({ length: slot.missing }, () => NOTHING);
	}

	async restore(): Promise<void> {
		const draft = readDraft(await loadDraft(this.#db, this.#key));
		if (draft === null) return;
		this.time = draft.time;
		this.pairs = this.pairs.map((pair, index) => draft.pairs[index] ?? pair);
		this.confirmed = draft.confirmed;
		this.kept = 'saved';
	}

	set(index: number, field: keyof Pair, text: string): void {
		this.pairs = this.pairs.map((pair, at) => (at === index ? { ...pair, [field]: text } : pair));
		void this.keep();
	}

	confirm(index: number): void {
		this.confirmed = [...this.confirmed, pairText(this.pairs[index] ?? NOTHING)];
		void this.keep();
	}

	/** One entry a pair; null while a number is missing. */
	read(context: {
		readonly limits: PersonLimits;
		/** Blood pressures before. */
		readonly earlier: readonly MeasurementRow[];
	}): (TypedReading | null)[] {
		return this.pairs.map((pair, index) => {
			const typed = { ...NO_VITALS, ...pair };
			const takenAt = this.takenAt(index) ?? instantAt(this.#slot.day, '12:00');
			return readVitals(typed, { ...context, takenAt, takes: [] }).readings[0] ?? null;
		});
	}

	isConfirmed(index: number): boolean {
		return this.confirmed.includes(pairText(this.pairs[index] ?? NOTHING));
	}

	/** The second reading is a minute after the first, as the series asks for it. */
	takenAt(index: number): string | null {
		if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(this.time)) return null;
		const firstMs = Date.parse(instantAt(this.#slot.day, this.time));
		return new Date(firstMs + index * HOME_SERIES.minutesApart * 60_000).toISOString();
	}

	/** What must be mended first; null when it can be saved. */
	obstacle(read: readonly (TypedReading | null)[], now: string): EntryObstacle | null {
		const firstAt = this.takenAt(0);
		if (firstAt === null) return 'time';
		// A minute of grace: the second reading may be typed while its minute is running.
		const lastMs = Date.parse(firstAt) + (read.length - 1) * HOME_SERIES.minutesApart * 60_000;
		if (lastMs > Date.parse(now) + 60_000) return 'future';
		if (this.pairs.some(({ sys, dia }) => (sys.trim() === '') !== (dia.trim() === ''))) {
			return 'incomplete';
		}
		if (read.every((reading) => reading === null)) return 'empty';
		if (read.some((reading) => reading?.check.verdict === 'reject')) return 'impossible';
		const asks = read.some(
			(reading, index) => reading?.check.verdict === 'unlikely' && !this.isConfirmed(index)
		);
		return asks ? 'unlikely' : null;
	}

	/** Stores the readings, for ten seconds on this phone only; answers their mids. */
	async save(ws: Workspace, read: readonly (TypedReading | null)[]): Promise<readonly string[]> {
		const { mids } = await ws.commitAll(
			read.flatMap((reading, index) => {
				const takenAt = this.takenAt(index);
				if (reading === null || takenAt === null) return [];
				const row = {
					id: ws.newId(),
					case_id: this.#slot.caseId,
					visit_id: null,
					...readingToColumns(reading.reading),
					context: SLOT_CONTEXT[this.#slot.slot],
					severity: reading.assessment.severity,
					measured_at: takenAt
				};
				return [{ name: 'measurement.add' as const, args: { row } }];
			}),
			{ holdMs: undoMs }
		);
		await dropDraft(this.#db, this.#key);
		return mids;
	}

	async keep(): Promise<void> {
		try {
			await saveDraft(this.#db, this.#key, {
				time: this.time,
				pairs: $state.snapshot(this.pairs),
				confirmed: $state.snapshot(this.confirmed)
			});
			this.kept = 'saved';
		} catch {
			// Said beside the button; what was typed stays in the fields.
			this.kept = 'failed';
		}
	}
}

function pairText({ sys, dia }: Pair): string {
	return `${sys.trim()}/${dia.trim()}`;
}

interface Draft {
	readonly time: string;
	readonly pairs: readonly Pair[];
	readonly confirmed: readonly string[];
}

/** Null for no draft, or one whose shape this release does not know. */
function readDraft(value: unknown): Draft | null {
	if (typeof value !== 'object' || value === null) return null;
	const { time, pairs, confirmed } = value as Partial<Record<keyof Draft, unknown>>; // checked field by field below
	if (typeof time !== 'string' || !Array.isArray(pairs) || !Array.isArray(confirmed)) return null;
	return {
		time,
		pairs: pairs.map((pair: unknown) => readPair(pair)),
		confirmed: confirmed.filter((text) => typeof text === 'string')
	};
}

function readPair(value: unknown): Pair {
	if (typeof value !== 'object' || value === null) return NOTHING;
	const { sys, dia } = value as Partial<Record<keyof Pair, unknown>>; // checked field by field below
	return { sys: typeof sys === 'string' ? sys : '', dia: typeof dia === 'string' ? dia : '' };
}
