/** When a task comes again, while it is typed; on which days it begins and at what time stands in the task's due time. */
import { weekdayOf } from '#lib/domain/taiwan-dates.ts';
import type { SeriesDays, SeriesFrequency, TaskSeriesRow } from '#lib/domain/task-series.ts';

export const SPACINGS: Readonly<Record<SeriesFrequency, readonly number[]>> = {
	weekly: [1, 2, 3, 4],
	monthly: [1, 2, 3, 6, 12]
};

export type Repetition = SeriesDays & Pick<TaskSeriesRow, 'due_time' | 'lead_days'>;
/** `due`: no first day; `until`: it would end before it begins. */
export type RepeatProblem = 'due' | 'until';

export interface RepeatFields {
	/** Empty: it does not. */
	frequency: SeriesFrequency | '';
	spacing: string;
	/** ISO weekdays as text; none: that of the first day. */
	weekdays: string[];
	/** Taipei day; empty: it goes on. */
	until: string;
	leadDays: string;
}

export class RepeatForm {
	fields = $state<RepeatFields>(noRepeat());

	static of(series: TaskSeriesRow): RepeatForm {
		const form = new RepeatForm();
		form.fields = {
			frequency: series.frequency,
			spacing: `${series.spacing}`,
			weekdays: series.weekdays.map(String),
			until: series.until_on ?? '',
			leadDays: `${series.lead_days}`
		};
		return form;
	}

	get repeats(): boolean {
		return this.fields.frequency !== '';
	}

	/** A number of weeks is none of months. */
	choose(frequency: RepeatFields['frequency']): void {
		this.fields.frequency = frequency;
		this.fields.spacing = '1';
	}

	/** @param due Taipei wall clock `YYYY-MM-DDTHH:MM`; empty for none */
	problem(due: string): RepeatProblem | null {
		if (!this.repeats) return null;
		if (due === '') return 'due';
		return this.fields.until !== '' && this.fields.until < due.slice(0, 10) ? 'until' : null;
	}

	/** Null when it does not come again, or something is missing. @param due as above */
	repetition(due: string): Repetition | null {
		const { frequency, spacing, weekdays, until, leadDays } = this.fields;
		if (frequency === '' || this.problem(due) !== null) return null;
		const [starts_on = '', due_time = ''] = due.split('T');
		const chosen = weekdays.map(Number).sort((a, b) => a - b);
		const ownDay = weekdayOf(starts_on);
		return {
			frequency,
			spacing: Number(spacing),
			weekdays: frequency === 'monthly' ? [] : chosen.length > 0 ? chosen : [ownDay],
			month_day: frequency === 'monthly' ? Number(starts_on.slice(8)) : null,
			starts_on,
			until_on: until === '' ? null : until,
			due_time,
			lead_days: Number(leadDays)
		};
	}
}

function noRepeat(): RepeatFields {
	return { frequency: '', spacing: '1', weekdays: [], until: '', leadDays: '0' };
}

/** What a draft holds of it; none where its shape is not known to this release. */
export function readRepeat(value: unknown): RepeatFields {
	const blank = noRepeat();
	if (typeof value !== 'object' || value === null) return blank;
	const part = value as Partial<Record<keyof RepeatFields, unknown>>; // checked field by field below
	const frequency = (['weekly', 'monthly'] as const).find((each) => each === part.frequency);
	if (!frequency) return blank;
	const text = (given: unknown, otherwise: string) =>
		typeof given === 'string' ? given : otherwise;
	const isDay = (day: unknown): day is string => typeof day === 'string' && /^[1-7]$/.test(day);
	const spacing = text(part.spacing, blank.spacing);
	return {
		frequency,
		spacing: SPACINGS[frequency].some((each) => `${each}` === spacing) ? spacing : blank.spacing,
		weekdays: Array.isArray(part.weekdays) ? part.weekdays.filter(isDay) : [],
		until: text(part.until, blank.until),
		leadDays: text(part.leadDays, blank.leadDays)
	};
}
