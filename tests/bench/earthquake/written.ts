/** The tables of docs/escalation.md that an earthquake writes: the middle of the runs, and from the least to the most of them. */
import { table } from '../../../scripts/reliability/section.ts';
import { median } from '../figures.ts';

export type Severity = 'red' | 'orange' | 'yellow';

export interface Shaken {
	readonly reports: number;
	readonly messages: number;
	/** Seconds from sending the report to the first attempt; in order. */
	readonly first: readonly { readonly severity: Severity; readonly s: number }[];
	/** Seconds until nothing was due any more. */
	readonly allSaid: number;
	readonly silent: number;
	readonly endless: number;
}

interface Found {
	readonly backend: string;
	readonly mix: string;
	readonly runs: readonly Shaken[];
}

/** Seconds. @param sorted by time */
export function part(sorted: Shaken['first'], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.s ?? Number.NaN;
}

export function written(found: readonly Found[]): string {
	const firsts = found.flatMap(({ backend, mix, runs }) =>
		(['red', 'orange', 'yellow'] as const).flatMap((severity) => {
			const times = runs.map(({ first }) => first.filter((one) => one.severity === severity));
			const [one] = times;
			if (!one || one.length === 0) return [];
			const of = (share: number) => spread(times.map((sorted) => part(sorted, share)));
			return [[backend, mix, severity, one.length, of(0.5), of(0.95), of(1)]];
		})
	);
	const whole = found.map(({ backend, mix, runs }) => [
		backend,
		mix,
		Math.round(median(runs.map(({ messages }) => messages))),
		spread(runs.map(({ allSaid }) => allSaid)),
		Math.max(...runs.map(({ silent }) => silent)),
		Math.max(...runs.map(({ endless }) => endless))
	]);
	return [
		table(
			['backend', 'reports', 'of them', 'how many', 'first attempt, median', 'p95', 'last'],
			firsts
		),
		table(['backend', 'reports', 'requests', 'all said', 'silent', 'without end'], whole)
	].join('\n\n');
}

/** Seconds: the middle one, and the least and most. */
function spread(values: readonly number[]): string {
	const [least, most] = [Math.min(...values), Math.max(...values)];
	return `${median(values).toFixed(1)} s (${least.toFixed(1)}–${most.toFixed(1)})`;
}
