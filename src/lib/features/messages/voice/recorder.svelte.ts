/** Records a voice note with the browser's MediaRecorder. The microphone is asked for by `start`, which a tap calls, and given back at once. */
import { nextVoice, type VoiceEvent, type VoiceState } from '#lib/domain/voice-notes.ts';
import type { AttachmentRow } from '#lib/domain/rows.ts';

export interface Recording {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly mime: Extract<AttachmentRow['mime'], `audio/${string}`>;
	readonly durationMs: number;
}

/** AAC first: every phone plays it, also older iPhones, which do not play WebM. */
const MIMES = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/mp4', 'audio/webm'];
/** Speech: two minutes are about 480 kB. */
const BITS_PER_SECOND = 32_000;
const TICK_MS = 200;

export class VoiceRecorder {
	state = $state.raw<VoiceState>({ kind: 'asking' });
	#recorder: MediaRecorder | null = null;
	#stream: MediaStream | null = null;
	#timer: ReturnType<typeof setInterval> | undefined;
	#isDiscarded = false;
	readonly #done: (recording: Recording) => void;

	/** @param done called once, with what was recorded */
	constructor(done: (recording: Recording) => void) {
		this.#done = done;
	}

	async start(): Promise<void> {
		const mimeType =
			'MediaRecorder' in globalThis && 'mediaDevices' in navigator
				? MIMES.find((each) => MediaRecorder.isTypeSupported(each))
				: undefined;
		if (mimeType === undefined) {
			this.#move({ kind: 'failed', why: 'unsupported' });
			return;
		}
		try {
			this.#stream = await navigator.mediaDevices.getUserMedia({ audio: true });
			if (this.#isDiscarded) this.#release();
			else this.#record(this.#stream, mimeType);
		} catch (failure) {
			this.#release();
			this.#move({ kind: 'failed', why: whyNot(failure) });
		}
	}

	stop(): void {
		this.#move({ kind: 'stop', atMs: performance.now() });
	}

	/** Nothing is kept. */
	discard(): void {
		this.#isDiscarded = true;
		if (this.#recorder?.state === 'recording') this.#recorder.stop();
		this.#release();
	}

	#record(stream: MediaStream, mimeType: string): void {
		const recorder = new MediaRecorder(stream, {
			mimeType,
			audioBitsPerSecond: BITS_PER_SECOND
		});
		const pieces: Blob[] = [];
		recorder.ondataavailable = ({ data }) => pieces.push(data);
		recorder.onerror = () => this.#move({ kind: 'failed', why: 'busy' });
		recorder.onstop = () => void this.#finish(new Blob(pieces), mimeType);
		this.#recorder = recorder;
		recorder.start();
		this.#move({ kind: 'begun', atMs: performance.now() });
		this.#timer = setInterval(() => this.#move({ kind: 'time', atMs: performance.now() }), TICK_MS);
	}

	async #finish(blob: Blob, mimeType: string): Promise<void> {
		const atMs = performance.now();
		this.#release();
		if (this.#isDiscarded) return;
		const bytes = new Uint8Array(await blob.arrayBuffer());
		this.#move({ kind: 'bytes', byteSize: bytes.length, atMs });
		if (this.state.kind !== 'recorded') return;
		const mime = mimeType.startsWith('audio/mp4') ? 'audio/mp4' : 'audio/webm';
		this.#done({ bytes, mime, durationMs: Math.round(this.state.durationMs) });
	}

	#move(event: VoiceEvent): void {
		this.state = nextVoice(this.state, event);
		if (this.state.kind === 'stopping' && this.#recorder?.state === 'recording')
			this.#recorder.stop();
		if (this.state.kind === 'failed') this.#release();
	}

	/** The phone shows no microphone in use any more. */
	#release(): void {
		clearInterval(this.#timer);
		for (const track of this.#stream?.getTracks() ?? []) track.stop();
		this.#stream = null;
	}
}

function whyNot(failure: unknown): 'denied' | 'no_microphone' | 'busy' {
	const name = failure instanceof DOMException ? failure.name : '';
	if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
	return name === 'NotFoundError' ? 'no_microphone' : 'busy';
}
