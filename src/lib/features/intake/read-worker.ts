/** Reads a file beside the screen, so that a long one never makes the phone stand still. */
import { readOfficeCalendar } from '#lib/intake/office-calendar.ts';
import { readCases } from './read-cases.ts';

export interface ReadRequest {
	readonly bytes: Uint8Array;
	readonly today: string;
}

/** `cases` wants the day against which dates are judged. */
export type FileToRead =
	| ({ readonly kind: 'cases' } & ReadRequest)
	| { readonly kind: 'calendar'; readonly bytes: Uint8Array };

addEventListener('message', ({ data }: MessageEvent<FileToRead>) => {
	postMessage(
		data.kind === 'cases' ? readCases(data.bytes, data.today) : readOfficeCalendar(data.bytes)
	);
});
