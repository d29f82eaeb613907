/** Reads a file of cases beside the screen, so that a long list never makes the phone stand still. */
import { readCases } from './read-cases.ts';

export interface ReadRequest {
	readonly bytes: Uint8Array;
	readonly today: string;
}

addEventListener('message', ({ data }: MessageEvent<ReadRequest>) => {
	postMessage(readCases(data.bytes, data.today));
});
