/** Whether notices go out, from what the server says of its engine. */
import type { EngineHealth } from './engine-port.ts';

/** Milliseconds; it looks every five seconds, and a minute without is an engine that stands still (docs/escalation.md). */
const STILL_MS = 60_000;

/** never: it has not run on this server · still: it stands still, or does not do what is due. */
export type EngineState = 'ok' | 'still' | 'never';

export function engineState({
	tickedAt,
	askedAt,
	oldestDueAt
}: Pick<EngineHealth, 'tickedAt' | 'askedAt' | 'oldestDueAt'>): EngineState {
	if (tickedAt === null) return 'never';
	const isLate = (instant: string | null) =>
		instant !== null && Date.parse(askedAt) - Date.parse(instant) > STILL_MS;
	return isLate(tickedAt) || isLate(oldestDueAt) ? 'still' : 'ok';
}
