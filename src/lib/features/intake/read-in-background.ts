/** Hands a file to the worker; where the worker does not start (its code is not on this phone yet), reads it here. */
import type { CasesFile, FileProblem } from './read-cases.ts';
import type { ReadRequest } from './read-worker.ts';

/** The longest list takes a slow phone some seconds; a file that takes longer is not a list of people. */
const LIMIT_MS = 60_000;

export async function readInBackground(request: ReadRequest): Promise<CasesFile | FileProblem> {
	try {
		return await readInWorker(request);
	} catch (failure) {
		console.warn('The worker that reads lists did not start', failure);
		const { readCases } = await import('./read-cases.ts');
		return readCases(request.bytes, request.today);
	}
}

async function readInWorker(request: ReadRequest): Promise<CasesFile | FileProblem> {
	const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' });
	const answer = Promise.withResolvers<CasesFile | FileProblem>();
	worker.addEventListener('message', ({ data }: MessageEvent<CasesFile | FileProblem>) =>
		answer.resolve(data)
	);
	worker.addEventListener('error', (event) => answer.reject(new Error(event.message)));
	const timer = setTimeout(
		() => answer.resolve({ ok: false, code: 'unreadable', line: null }),
		LIMIT_MS
	);
	try {
		worker.postMessage(request);
		return await answer.promise;
	} finally {
		clearTimeout(timer);
		worker.terminate();
	}
}
