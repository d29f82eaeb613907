import { describe, expect, test } from 'vitest';
import {
	LARGEST_VOICE_BYTES,
	LONGEST_VOICE_MS,
	nextVoice,
	voiceTime,
	type VoiceEvent,
	type VoiceState
} from '#lib/domain/voice-notes.ts';

function after(...events: VoiceEvent[]): VoiceState {
	return events.reduce(nextVoice, { kind: 'asking' } satisfies VoiceState as VoiceState);
}
const begun: VoiceEvent = { kind: 'begun', atMs: 1_000 };
const time = (atMs: number): VoiceEvent => ({ kind: 'time', atMs });
const stop = (atMs: number): VoiceEvent => ({ kind: 'stop', atMs });
const bytes = (byteSize: number, atMs = 9_000): VoiceEvent => ({ kind: 'bytes', byteSize, atMs });

describe('a voice note', () => {
	test('is asked for, recorded, stopped and there', () => {
		expect(after(begun)).toEqual({ kind: 'recording', sinceMs: 1_000, durationMs: 0 });
		expect(after(begun, time(3_500))).toMatchObject({ kind: 'recording', durationMs: 2_500 });
		expect(after(begun, stop(5_000))).toEqual({ kind: 'stopping', durationMs: 4_000 });
		expect(after(begun, stop(5_000), bytes(900))).toEqual({ kind: 'recorded', durationMs: 4_000 });
	});

	test('ends by itself after two minutes, and never says that it is longer', () => {
		expect(after(begun, time(1_000 + LONGEST_VOICE_MS))).toEqual({
			kind: 'stopping',
			durationMs: LONGEST_VOICE_MS
		});
		expect(after(begun, stop(1_000 + LONGEST_VOICE_MS * 3))).toMatchObject({
			durationMs: LONGEST_VOICE_MS
		});
	});

	test('that the phone ends, as for a call, keeps what was said until then', () => {
		expect(after(begun, time(2_000), bytes(900, 4_000))).toEqual({
			kind: 'recorded',
			durationMs: 3_000
		});
	});

	test('of nothing, or of more than can be sent, is a failure with its reason', () => {
		expect(after(begun, stop(5_000), bytes(0))).toEqual({ kind: 'failed', why: 'empty' });
		expect(after(begun, stop(1_000), bytes(900))).toEqual({ kind: 'failed', why: 'empty' });
		expect(after(begun, stop(5_000), bytes(LARGEST_VOICE_BYTES + 1))).toEqual({
			kind: 'failed',
			why: 'too_large'
		});
		expect(after({ kind: 'failed', why: 'denied' })).toEqual({ kind: 'failed', why: 'denied' });
	});

	test('that is there or has failed stays so, whatever the browser says after it', () => {
		const there = after(begun, stop(5_000), bytes(900));
		const failed = after({ kind: 'failed', why: 'busy' });
		const broken: VoiceEvent = { kind: 'failed', why: 'denied' };
		for (const late of [begun, time(8_000), stop(8_000), bytes(0), broken]) {
			expect(nextVoice(there, late)).toBe(there);
			expect(nextVoice(failed, late)).toBe(failed);
		}
		expect(after(time(8_000), stop(9_000), bytes(3)), 'before it began').toEqual({
			kind: 'asking'
		});
	});
});

test.each([
	[0, '0:00'],
	[400, '0:01'],
	[59_999, '0:59'],
	[65_000, '1:05'],
	[120_000, '2:00']
])('%i ms is said as %s', (ms, words) => {
	expect(voiceTime(ms)).toBe(words);
});
