/** Whether notices go out, from what the server says of its engine. */
import { isEngineLate } from '#lib/domain/engine-watch.ts';
import type { EngineHealth } from './engine-port.ts';

/** never: it has not run on this server · still: it stands still, or does not do what is due. */
export type EngineState = 'ok' | 'still' | 'never';

export function engineState({
	tickedAt,
	askedAt,
	oldestDueAt
}: Pick<EngineHealth, 'tickedAt' | 'askedAt' | 'oldestDueAt'>): EngineState {
	if (tickedAt === null) return 'never';
	const isLate = (instant: string | null) => instant !== null && isEngineLate(instant, askedAt);
	return isLate(tickedAt) || isLate(oldestDueAt) ? 'still' : 'ok';
}
