/** The state of entering or changing a shift; kept as a draft on this phone. */
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { clockTime } from '#lib/domain/duty.ts';
import type { DutyShiftRow } from '#lib/domain/duty-rows.ts';
import { isDay } from '#lib/domain/taiwan-dates.ts';
import type { ShiftValues } from './duty-actions.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export type ShiftProblem = 'who' | 'days' | 'from' | 'until' | 'starts' | 'ends';

interface ShiftFields {
	who: string;
	/** '1' = Monday. */
	weekdays: string[];
	onHolidays: boolean;
	starts: string;
	ends: string;
	from: string;
	until: string;
	note: string;
}

type Hours = Pick<ShiftFields, 'weekdays' | 'onHolidays' | 'starts' | 'ends'>;

const WORKING_WEEK = ['1', '2', '3', '4', '5'];

/** What most rosters are made of. */
export const PRESETS: Readonly<Record<'day' | 'night' | 'weekend' | 'holiday', Hours>> = {
	day: { weekdays: WORKING_WEEK, onHolidays: false, starts: '08:00', ends: '18:00' },
	night: { weekdays: WORKING_WEEK, onHolidays: true, starts: '18:00', ends: '08:00' },
	weekend: { weekdays: ['6', '7'], onHolidays: false, starts: '08:00', ends: '08:00' },
	holiday: { weekdays: [], onHolidays: true, starts: '08:00', ends: '18:00' }
};

export class ShiftForm {
	fields = $state<ShiftFields>({
		who: '',
		...PRESETS.night,
		from: '',
		until: '',
		note: ''
	});
	readonly keeper: DraftKeeper;

	readonly problems: readonly ShiftProblem[] = $derived.by(() => {
		const { who, weekdays, onHolidays, starts, ends, from, until } = this.fields;
		const found: ShiftProblem[] = [];
		if (who === '') found.push('who');
		if (weekdays.length === 0 && !onHolidays) found.push('days');
		if (!TIME.test(starts)) found.push('starts');
		if (!TIME.test(ends)) found.push('ends');
		if (!isDay(from)) found.push('from');
		if (until !== '' && (!isDay(until) || until < from)) found.push('until');
		return found;
	});

	constructor(db: LocalDb, today: string, shift: DutyShiftRow | null) {
		this.keeper = new DraftKeeper(db, shift ? `duty-shift:${shift.id}` : 'duty-shift');
		this.fields.from = today;
		if (shift)
			this.fields = {
				who: shift.user_id,
				weekdays: shift.weekdays.map(String),
				onHolidays: shift.on_holidays,
				starts: clockTime(shift.starts_at_time),
				ends: clockTime(shift.ends_at_time),
				from: shift.valid_from,
				until: shift.valid_until ?? '',
				note: shift.note ?? ''
			};
	}

	async restore(): Promise<void> {
		const draft = await this.keeper.load();
		if (typeof draft !== 'object' || draft === null) return;
		const before = $state.snapshot(this.fields);
		const known = Object.entries(draft).filter(
			([key, value]) =>
				Object.hasOwn(before, key) &&
				typeof value === typeof before[key as keyof ShiftFields] && // one of them, as just asked
				Array.isArray(value) === (key === 'weekdays')
		);
		this.fields = { ...before, ...Object.fromEntries(known) };
	}

	use(hours: Hours): void {
		this.fields = { ...this.fields, ...hours, weekdays: [...hours.weekdays] };
		this.keep();
	}

	keep(): void {
		this.keeper.keep($state.snapshot(this.fields));
	}

	get values(): ShiftValues {
		const { weekdays, onHolidays, starts, ends, from, until, note } = this.fields;
		return {
			weekdays: weekdays.map(Number).sort((a, b) => a - b),
			on_holidays: onHolidays,
			starts_at_time: starts,
			ends_at_time: ends,
			valid_from: from,
			valid_until: until === '' ? null : until,
			note: note.trim() || null
		};
	}
}
