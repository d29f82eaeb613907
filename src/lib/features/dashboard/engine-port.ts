/** What the organisation's board asks of the app: whether notices go out. */
import { createContext } from 'svelte';

/** As the server says, all instants by its own clock. */
export interface EngineHealth {
	/** When it last looked what is due; null = never. */
	readonly tickedAt: string | null;
	readonly askedAt: string;
	/** When the first step is due of all that ring; null = nothing rings. */
	readonly oldestDueAt: string | null;
	/** Messages on their way. */
	readonly waiting: number;
	readonly failedToday: number;
	/** People of the organisation with a phone that can be told. */
	readonly subscriptions: number;
}

export interface EngineWatch {
	/** Null when the server was not reached. Never throws. */
	look(): Promise<EngineHealth | null>;
}

export const [getEngineWatch, setEngineWatch] = createContext<EngineWatch>();
