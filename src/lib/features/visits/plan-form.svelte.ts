/** The state of planning a visit or a repeating visit; kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { occurrencesBetween, seriesRecurrence, type Occurrence } from '#lib/domain/recurrence.ts';
import { addDays, instantAt, isDay, weekdayOf } from '#lib/domain/taiwan-dates.ts';

const DRAFT_KEY = 'plan-visit';
/** What is typed into a cell of the board leaves a longer plan, put aside half-way, alone. */
const CELL_DRAFT_KEY = 'plan-visit-cell';

/** How far ahead a repeating visit becomes dated visits at once. */
const EXPANDED_DAYS = 56;

/** The codes that a home visit is planned with; the others are added when the record is written. */
export const HOME_CODES = /^(BA|AA0[3-9]|GA09|CD02)/;

export type PlanProblem = 'case' | 'day' | 'time' | 'minutes' | 'weekdays' | 'until';

interface PlanFields {
	caseId: string;
	workerId: string;
	startsOn: string;
	startTime: string;
	minutes: string;
	codes: string[];
	repeats: 'once' | 'weekly';
	weekdays: string[];
	intervalWeeks: string;
	untilOn: string;
	note: string;
}

/** As a cell of the board says it. */
export interface PlanPlace {
	/** Empty: nobody. */
	readonly workerId: string;
	/** HH:MM. */
	readonly startTime: string;
}

export class PlanForm {
	fields = $state<PlanFields>({
		caseId: '',
		workerId: '',
		startsOn: '',
		startTime: '09:00',
		minutes: '60',
		codes: ['BA02', 'BA03'],
		repeats: 'once',
		weekdays: [],
		intervalWeeks: '1',
		untilOn: '',
		note: ''
	});
	restored = $state(false);

	readonly problems: readonly PlanProblem[] = $derived.by(() => {
		const { caseId, startsOn, startTime, minutes, repeats, weekdays, untilOn } = this.fields;
		return [
			...(caseId === '' ? (['case'] as const) : []),
			...(isDay(startsOn) ? [] : (['day'] as const)),
			...(isTime(startTime) ? [] : (['time'] as const)),
			...(isMinutes(minutes) ? [] : (['minutes'] as const)),
			...(repeats === 'weekly' && weekdays.length === 0 ? (['weekdays'] as const) : []),
			...(repeats === 'weekly' && untilOn !== '' && untilOn < startsOn ? (['until'] as const) : [])
		];
	});

	/** The dated visits that this plan makes; empty while something is missing. */
	readonly occurrences: readonly Occurrence[] = $derived.by(() => {
		if (this.problems.length > 0) return [];
		const { startsOn, startTime, minutes, repeats } = this.fields;
		if (repeats === 'weekly') {
			return occurrencesBetween(
				seriesRecurrence(this.pattern),
				startsOn,
				addDays(startsOn, EXPANDED_DAYS)
			);
		}
		const startsAt = instantAt(startsOn, startTime);
		const endsAt = new Date(Date.parse(startsAt) + Number(minutes) * 60_000).toISOString();
		return [{ day: startsOn, startsAt, endsAt }];
	});

	readonly #db: LocalDb;
	readonly #place: PlanPlace | null;
	readonly #draftKey: string;

	/**
	 * @param today Taipei day
	 * @param day Taipei day at which the screen before stood; tomorrow where that is not later, unless a place says which cell is meant
	 * @param place who goes and when, where the screen before says so; then a draft of another place stays away
	 */
	constructor(
		db: LocalDb,
		today: string,
		caseId: string | null,
		day: string | null = null,
		place: PlanPlace | null = null
	) {
		this.#db = db;
		this.#place = place;
		this.#draftKey = place ? CELL_DRAFT_KEY : DRAFT_KEY;
		const isMeant = day !== null && isDay(day) && (place !== null || day > today);
		this.fields.startsOn = isMeant ? day : addDays(today, 1);
		this.fields.weekdays = [String(weekdayOf(this.fields.startsOn))];
		if (caseId) this.fields.caseId = caseId;
		if (place) Object.assign(this.fields, place);
	}

	/** The columns of a series. */
	get pattern() {
		const { weekdays, intervalWeeks, startsOn, untilOn, startTime, minutes } = this.fields;
		return {
			weekdays: weekdays.map(Number).sort((a, b) => a - b),
			interval_weeks: Number(intervalWeeks),
			starts_on: startsOn,
			until_on: untilOn === '' ? null : untilOn,
			start_time: startTime,
			duration_minutes: Number(minutes),
			except_on: []
		};
	}

	async restore(): Promise<void> {
		const draft = await loadDraft(this.#db, this.#draftKey);
		if (typeof draft !== 'object' || draft === null) return;
		const before = $state.snapshot(this.fields);
		const known = Object.entries(draft).filter(([key, value]) => sameKind(before, key, value));
		if (known.length === 0 || (before.caseId !== '' && !draftIsOf(draft, before.caseId))) return;
		if (this.#place && !isPlacedSo(draft, before)) return;
		this.fields = { ...before, ...Object.fromEntries(known) };
		this.restored = true;
	}

	async keep(): Promise<void> {
		await saveDraft(this.#db, this.#draftKey, $state.snapshot(this.fields));
	}

	async discard(): Promise<void> {
		await dropDraft(this.#db, this.#draftKey);
	}
}

/** HH:MM of a day. */
export function isTime(text: string): boolean {
	return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** A length that a visit can have. */
export function isMinutes(text: string): boolean {
	return /^\d+$/.test(text) && Number(text) >= 5 && Number(text) <= 720;
}

function sameKind(fields: PlanFields, key: string, value: unknown): boolean {
	if (!Object.hasOwn(fields, key)) return false;
	const now: unknown = fields[key as keyof PlanFields]; // hasOwn has just said that it is a key
	return Array.isArray(now) ? Array.isArray(value) : typeof now === typeof value;
}

/** Of the same worker on the same day. */
function isPlacedSo(draft: object, { workerId, startsOn }: PlanFields): boolean {
	const { workerId: whose, startsOn: when } = draft as Partial<PlanFields>; // only compared
	return whose === workerId && when === startsOn;
}

function draftIsOf(draft: object, caseId: string): boolean {
	return 'caseId' in draft && draft.caseId === caseId;
}
