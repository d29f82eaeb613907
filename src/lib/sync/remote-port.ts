/** How sync reaches the network; remote/ implements it, tests give their own. */
import type {
	HistoryRequest,
	HistoryResponse,
	SyncRequest,
	SyncResponse
} from '#lib/protocol/sync.ts';

/**
 * offline: no connection, or an answer that did not come from our server whole (captive portal, cut body: 'garbled') ·
 * timeout, too_large: send less at a time · server: it failed; others speak for themselves. In each case nothing is known of what
 * the server did.
 */
export type FailureKind =
	| 'offline'
	| 'garbled'
	| 'timeout'
	| 'too_large'
	| 'rate_limited'
	| 'unauthenticated'
	| 'forbidden'
	| 'busy'
	| 'upgrade_required'
	| 'server';

export interface Traffic {
	readonly bytesSent: number;
	readonly bytesReceived: number;
}

export interface RemoteFailure extends Traffic {
	readonly ok: false;
	readonly kind: FailureKind;
	/** From Retry-After, milliseconds. */
	readonly retryAfterMs: number | null;
}

export interface RemoteSuccess<Value> extends Traffic {
	readonly ok: true;
	readonly value: Value;
}

export type RemoteAnswer<Value> = RemoteSuccess<Value> | RemoteFailure;

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
