/** What the charts take; instants are epoch milliseconds. */
import type { Severity, Tone } from './tone.ts';

export interface ChartPoint {
	readonly at: number;
	readonly value: number;
	/** Drawn as the severity's own shape; none and undefined as a plain dot. */
	readonly severity?: Severity;
}

export interface ChartSeries {
	readonly id: string;
	readonly label: string;
	readonly points: readonly ChartPoint[];
}

/** A range of values with a meaning, e.g. this person's usual range. */
export interface ChartBand {
	readonly from: number | null;
	readonly to: number | null;
	readonly tone: Tone;
	readonly label: string;
}

export interface ChartEvent {
	readonly at: number;
	readonly label: string;
	readonly severity?: Severity;
}
