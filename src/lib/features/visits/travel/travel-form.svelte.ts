/** The state of entering or correcting a journey; kept as a draft on this phone. */
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { isDay } from '#lib/domain/taiwan-dates.ts';
import type { TravelMeans } from '#lib/domain/travel-rows.ts';
import type { TravelValues } from './travel-actions.ts';

export const MEANS: readonly TravelMeans[] = ['scooter', 'car', 'walk', 'bus', 'other'];
const MOST_MINUTES = 600;
const MOST_KM = 500;

export type TravelProblem = 'day' | 'means' | 'minutes' | 'km' | 'note';

interface TravelFields {
	day: string;
	means: TravelMeans | null;
	minutes: string;
	km: string;
	note: string;
}

export interface TravelStart {
	/** Of the draft. */
	readonly key: string;
	/** Taipei days between which it may lie, both included. */
	readonly earliest: string;
	readonly latest: string;
	/** A correction says why. */
	readonly isCorrection: boolean;
	readonly fields: TravelFields;
}

export class TravelForm {
	fields = $state<TravelFields>({ day: '', means: null, minutes: '', km: '', note: '' });
	readonly keeper: DraftKeeper;
	readonly #start: TravelStart;

	readonly problems: readonly TravelProblem[] = $derived.by(() => {
		const { day, means, minutes, km, note } = this.fields;
		const { earliest, latest, isCorrection } = this.#start;
		const found: TravelProblem[] = [];
		if (!isDay(day) || day < earliest || day > latest) found.push('day');
		if (means === null) found.push('means');
		if (!/^\d{1,3}$/.test(minutes.trim()) || !isBetween(minutes, 1, MOST_MINUTES))
			found.push('minutes');
		if (km.trim() !== '' && (!/^\d{1,3}(\.\d)?$/.test(km.trim()) || !isBetween(km, 0, MOST_KM)))
			found.push('km');
		if (isCorrection && note.trim() === '') found.push('note');
		return found;
	});

	constructor(db: LocalDb, start: TravelStart) {
		this.#start = start;
		this.keeper = new DraftKeeper(db, start.key);
		this.fields = { ...start.fields };
	}

	async restore(): Promise<void> {
		const draft = await this.keeper.load();
		if (typeof draft !== 'object' || draft === null) return;
		const before = $state.snapshot(this.fields);
		const known = Object.entries(draft).filter(
			([key, value]) =>
				Object.hasOwn(before, key) &&
				(key === 'means' ? MEANS.some((means) => means === value) : typeof value === 'string')
		);
		this.fields = { ...before, ...Object.fromEntries(known) };
	}

	keep(): void {
		this.keeper.keep($state.snapshot(this.fields));
	}

	/** Null while something is missing. */
	get values(): TravelValues | null {
		const { day, means, minutes, km, note } = this.fields;
		if (this.problems.length > 0 || means === null) return null;
		return {
			travelled_on: day,
			means,
			minutes: Number(minutes),
			km: km.trim() === '' ? null : Number(km),
			note: note.trim() || null
		};
	}
}

function isBetween(text: string, least: number, most: number): boolean {
	const value = Number(text);
	return value >= least && value <= most;
}
