/** The arithmetic of the charts: domains, tick choice and text widths. No DOM. */

export interface Limit {
	/** `null`: open to below. */
	readonly from: number | null;
	/** `null`: open to above. */
	readonly to: number | null;
}

/** Lowest and highest value to show: all values and every finite limit, with some air. */
export function valueDomain(values: readonly number[], limits: readonly Limit[]): [number, number] {
	const edges = limits.flatMap((limit) => [limit.from, limit.to]).filter((edge) => edge !== null);
	const all = [...values, ...edges];
	if (all.length === 0) return [0, 1];
	const low = Math.min(...all);
	const high = Math.max(...all);
	const air = high === low ? Math.max(1, Math.abs(high) * 0.1) : (high - low) * 0.1;
	return [low - air, high + air];
}

/** First and last instant; one single instant gets a day (in ms) on each side. */
export function timeDomain(instants: readonly number[]): [number, number] {
	if (instants.length === 0) return [0, 1];
	const first = Math.min(...instants);
	const last = Math.max(...instants);
	const dayMs = 86_400_000;
	return first === last ? [first - dayMs, last + dayMs] : [first, last];
}

/** At most `maxCount` of the instants, spread over the whole span, first and last among them. */
export function pickTicks(instants: readonly number[], maxCount: number): number[] {
	const sorted = [...new Set(instants)].sort((a, b) => a - b);
	const first = sorted[0];
	const last = sorted[sorted.length - 1];
	if (first === undefined || last === undefined || maxCount <= 0) return [];
	if (sorted.length <= 1 || maxCount === 1) return [last];
	const stepMs = (last - first) / (maxCount - 1);
	const ticks = [first];
	for (const instant of sorted) {
		const previous = ticks[ticks.length - 1] ?? first;
		const isFarEnough = instant - previous >= stepMs * 0.999;
		if (isFarEnough && (instant === last || last - instant >= stepMs * 0.999)) ticks.push(instant);
	}
	if (ticks[ticks.length - 1] !== last) ticks.push(last);
	return ticks;
}

/** About how wide a text is, in pixels: Han and full-width characters count one em, others 0.6. */
export function textWidth(text: string, fontPx: number): number {
	let ems = 0;
	for (const character of text) ems += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.6;
	return ems * fontPx;
}
