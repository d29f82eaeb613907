/** Hands a file to the worker; where the worker does not start (its code is not on this phone yet), reads it here. */
import type { CalendarFile, CalendarFileProblem } from '#lib/intake/office-calendar.ts';
import type { CasesFile, FileProblem } from './read-cases.ts';
import type { FileToRead, ReadRequest } from './read-worker.ts';

/** The longest list takes a slow phone some seconds; a file that takes longer is not a list of people. */
const LIMIT_MS = 60_000;

const UNREADABLE = { ok: false, code: 'unreadable', line: null } as const;

export async function readInBackground(request: ReadRequest): Promise<CasesFile | FileProblem> {
	return await inBackground<CasesFile | FileProblem>({ kind: 'cases', ...request }, async () => {
		const { readCases } = await import('./read-cases.ts');
		return readCases(request.bytes, request.today);
	});
}

export async function readCalendarInBackground(
	bytes: Uint8Array
): Promise<CalendarFile | CalendarFileProblem> {
	return await inBackground<CalendarFile | CalendarFileProblem>(
		{ kind: 'calendar', bytes },
		async () => {
			const { readOfficeCalendar } = await import('#lib/intake/office-calendar.ts');
			return readOfficeCalendar(bytes);
		}
	);
}

/** @param here reads it in the page */
async function inBackground<Answer>(
	file: FileToRead,
	here: () => Promise<Answer>
): Promise<Answer | typeof UNREADABLE> {
	try {
		return await inWorker<Answer>(file);
	} catch (failure) {
		console.warn('The worker that reads lists did not start', failure);
		return await here();
	}
}

async function inWorker<Answer>(file: FileToRead): Promise<Answer | typeof UNREADABLE> {
	const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' });
	const answer = Promise.withResolvers<Answer | typeof UNREADABLE>();
	// The worker answers of the kind that it was asked.
	worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => answer.resolve(data));
	worker.addEventListener('error', (event) => answer.reject(new Error(event.message)));
	const timer = setTimeout(() => answer.resolve(UNREADABLE), LIMIT_MS);
	try {
		worker.postMessage(file);
		return await answer.promise;
	} finally {
		clearTimeout(timer);
		worker.terminate();
	}
}
