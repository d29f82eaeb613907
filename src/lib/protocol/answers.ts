/** What a call to the server can come to: an answer, or a failure told apart by what helps. */

/**
 * offline: no connection · garbled: an answer that is not our server's, or not whole (captive portal, cut body) ·
 * timeout, too_large: less at a time may help · rate_limited, unavailable: later · unauthenticated: a fresh token ·
 * forbidden: refused as a whole · upgrade_required: this release is too old · server: it failed on what was sent.
 * In each case nothing is known of what the server did.
 */
export type FailureKind =
	| 'offline'
	| 'garbled'
	| 'timeout'
	| 'too_large'
	| 'rate_limited'
	| 'unavailable'
	| 'unauthenticated'
	| 'forbidden'
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
	/** The server's code word, if it gave one: 'not_allowed', 'invitation_expired' … */
	readonly code: string | null;
}

export interface RemoteSuccess<Value> extends Traffic {
	readonly ok: true;
	readonly value: Value;
}

export type RemoteAnswer<Value> = RemoteSuccess<Value> | RemoteFailure;
