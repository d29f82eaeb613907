/** A voice note from the tap that begins it to the bytes that can be sent: what may follow what. */

/** Milliseconds: longer is not listened to, and would wait too long for a thin line. */
export const LONGEST_VOICE_MS = 120_000;
/** Bytes, as the database allows (attachments_byte_size_check). */
export const LARGEST_VOICE_BYTES = 1_000_000;

/**
 * unsupported: this browser cannot record · denied: the microphone was not allowed · no_microphone: there is none · busy: another app has it, or
 * it was taken away · empty: nothing was recorded · too_large: more than can be sent
 */
export type VoiceProblem =
	'unsupported' | 'denied' | 'no_microphone' | 'busy' | 'empty' | 'too_large';

/** Durations and instants in milliseconds; instants of one clock that only goes forward. */
export type VoiceState =
	| { readonly kind: 'asking' }
	| { readonly kind: 'recording'; readonly sinceMs: number; readonly durationMs: number }
	| { readonly kind: 'stopping'; readonly durationMs: number }
	| { readonly kind: 'recorded'; readonly durationMs: number }
	| { readonly kind: 'failed'; readonly why: VoiceProblem };

export type VoiceEvent =
	| { readonly kind: 'begun'; readonly atMs: number }
	| { readonly kind: 'time'; readonly atMs: number }
	| { readonly kind: 'stop'; readonly atMs: number }
	| { readonly kind: 'bytes'; readonly byteSize: number; readonly atMs: number }
	| { readonly kind: 'failed'; readonly why: VoiceProblem };

/** What does not fit where it stands changes nothing: the browser's events come when they like. */
export function nextVoice(state: VoiceState, event: VoiceEvent): VoiceState {
	if (state.kind === 'recorded' || state.kind === 'failed') return state;
	switch (event.kind) {
		case 'failed':
			return { kind: 'failed', why: event.why };
		case 'begun':
			return state.kind === 'asking'
				? { kind: 'recording', sinceMs: event.atMs, durationMs: 0 }
				: state;
		case 'time':
			return state.kind === 'recording' ? heard(state.sinceMs, event.atMs, 'recording') : state;
		case 'stop':
			return state.kind === 'recording' ? heard(state.sinceMs, event.atMs, 'stopping') : state;
		case 'bytes':
			return ended(state, event);
	}
}

function heard(sinceMs: number, atMs: number, then: 'recording' | 'stopping'): VoiceState {
	const durationMs = Math.min(Math.max(0, atMs - sinceMs), LONGEST_VOICE_MS);
	return then === 'stopping' || durationMs === LONGEST_VOICE_MS
		? { kind: 'stopping', durationMs }
		: { kind: 'recording', sinceMs, durationMs };
}

/** A recorder also ends by itself, as when a call comes in: what was said until then is kept. */
function ended(
	state: VoiceState,
	{ byteSize, atMs }: { readonly byteSize: number; readonly atMs: number }
): VoiceState {
	const last = state.kind === 'recording' ? heard(state.sinceMs, atMs, 'stopping') : state;
	if (last.kind !== 'stopping') return state;
	if (byteSize === 0 || last.durationMs === 0) return { kind: 'failed', why: 'empty' };
	if (byteSize > LARGEST_VOICE_BYTES) return { kind: 'failed', why: 'too_large' };
	return { kind: 'recorded', durationMs: last.durationMs };
}

/** `1:05`; what has begun counts as a second, so that nothing is 0:00 long. */
export function voiceTime(durationMs: number): string {
	const seconds = durationMs === 0 ? 0 : Math.max(1, Math.floor(durationMs / 1000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
