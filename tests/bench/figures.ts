/** How a benchmark says what it measured: one JSON line a figure. */

export interface Figure {
	readonly bench: string;
	readonly figure: string;
	readonly value: number;
	readonly unit: 'ms' | 's' | 'taps' | 'bytes' | 'requests' | 'rows' | 'edits' | 'pages';
	/** What the ratio is held against. */
	readonly peer?: string;
	/** value ÷ value of the peer */
	readonly ratio?: number;
}

export type Report = (figure: Figure) => void;

export function print(figure: Figure): void {
	console.log(JSON.stringify({ ...figure, value: rounded(figure.value), ...ratioOf(figure) }));
}

function ratioOf({ ratio }: Figure): { ratio?: number } {
	return ratio === undefined ? {} : { ratio: rounded(ratio) };
}

function rounded(value: number): number {
	return Math.round(value * 100) / 100;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Milliseconds of each run; one run before the first is not counted, so that compiling is not measured. */
export async function timesOf(runs: number, work: () => Promise<unknown>): Promise<number[]> {
	await work();
	const times: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		const startMs = performance.now();
		await work();
		times.push(performance.now() - startMs);
	}
	return times;
}
