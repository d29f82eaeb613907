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

/** At most `maxCount` of the instants, spread as evenly as they allow, first and last among them. */
export function pickTicks(instants: readonly number[], maxCount: number): number[] {
	const sorted = [...new Set(instants)].sort((a, b) => a - b);
	const first = sorted[0];
	const last = sorted[sorted.length - 1];
	if (first === undefined || last === undefined || maxCount <= 0) return [];
	if (first === last || maxCount === 1) return [last];
	const stepMs = (last - first) / (maxCount - 1);
	const ticks = [first];
	for (let step = 1; step < maxCount - 1; step += 1) {
		const wanted = first + step * stepMs;
		const nearest = sorted.reduce((best, instant) =>
			Math.abs(instant - wanted) < Math.abs(best - wanted) ? instant : best
		);
		const previous = ticks[ticks.length - 1] ?? first;
		// Closer than this, their texts would touch.
		const isClear = nearest - previous >= stepMs * 0.8 && last - nearest >= stepMs * 0.8;
		if (isClear) ticks.push(nearest);
	}
	return [...ticks, last];
}

/** How a text of this width hangs on its tick, so that it stays within `0` and `toPx`. */
export function tickAnchor(xPx: number, widthPx: number, toPx: number): 'start' | 'middle' | 'end' {
	if (xPx + widthPx / 2 > toPx) return 'end';
	return xPx - widthPx / 2 < 0 ? 'start' : 'middle';
}

/** About how wide a text is, in pixels: Han and full-width characters count one em, others 0.6. */
export function textWidth(text: string, fontPx: number): number {
	let ems = 0;
	for (const character of text) ems += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.6;
	return ems * fontPx;
}
