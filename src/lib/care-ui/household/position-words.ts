/** Distances and failed questions for a position, in words. */
import { m } from '#lib/paraglide/messages.js';
import type { PositionProblem } from './position.ts';

/** @param metres whole */
export function metresWords(metres: number): string {
	return metres < 1000
		? m.arrival_metres({ count: metres })
		: m.arrival_kilometres({ count: Math.round(metres / 100) / 10 });
}

/** Why there is none, and how that changes. */
export const POSITION_PROBLEMS = {
	denied: m.arrival_position_denied,
	unavailable: m.arrival_position_unavailable,
	timeout: m.arrival_position_timeout
} satisfies Record<PositionProblem, () => string>;
