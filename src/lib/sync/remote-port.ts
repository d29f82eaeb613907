/** How sync reaches the network; remote/ implements it, app/ joins them, tests give their own. */
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type {
	HistoryRequest,
	HistoryResponse,
	SyncRequest,
	SyncResponse
} from '#lib/protocol/sync.ts';

export interface RemotePort {
	sync(request: SyncRequest, signal: AbortSignal): Promise<RemoteAnswer<SyncResponse>>;
	history(request: HistoryRequest, signal: AbortSignal): Promise<RemoteAnswer<HistoryResponse>>;
	/** After 'unauthenticated': a new access token. 'ended' when the person must sign in again. */
	renewSession(): Promise<'renewed' | 'ended' | 'unreachable'>;
	/** Tells the server that this phone's copy is gone. */
	confirmWipe(clientId: string): Promise<void>;
	readonly pokes: PokeSource;
}

/** Hints that something moved. Nothing depends on them but speed. */
export interface PokeSource {
	/** Listens to exactly these topics from now on. */
	follow(topics: readonly string[]): void;
	onPoke(listener: () => void): () => void;
	/** Whether hints are arriving, so that polling may be slow. */
	live(): boolean;
	stop(): void;
}
