/** Reads a request body whole, within a size and a time, before the database session is taken. */
import { problem } from './responses.ts';

const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** What is too large is still read up to here, unkept: cut off earlier, a client sees no answer. */
const MAX_READ_BYTES = 4 * MAX_BODY_BYTES;
const BODY_TIMEOUT_MS = 30_000;

/** The body, or the answer that refuses it: 413 when it is too large, 408 when it is too slow. */
export async function readBody(
	request: Request
): Promise<{ body: Uint8Array<ArrayBuffer> } | { refused: Response }> {
	const announced = Number(request.headers.get('content-length') ?? 0);
	if (announced > MAX_READ_BYTES) return { refused: tooLarge() };
	if (request.body === null) return { body: new Uint8Array() };

	const reader = request.body.getReader();
	const late = AbortSignal.timeout(BODY_TIMEOUT_MS);
	const stop = () => void reader.cancel().catch(() => {});
	late.addEventListener('abort', stop);
	try {
		const chunks: Uint8Array[] = [];
		let size = 0;
		for (;;) {
			const { done, value } = await reader.read();
			if (late.aborted) return { refused: tooSlow() };
			if (done) break;
			size += value.byteLength;
			if (size > MAX_READ_BYTES) {
				stop();
				break;
			}
			if (size <= MAX_BODY_BYTES) chunks.push(value);
		}
		if (size > MAX_BODY_BYTES) return { refused: tooLarge() };
		return { body: new Uint8Array(Buffer.concat(chunks)) };
	} finally {
		late.removeEventListener('abort', stop);
	}
}

function tooLarge(): Response {
	return problem(413, 'payload_too_large', `A request may have at most ${MAX_BODY_BYTES} bytes.`);
}

function tooSlow(): Response {
	return problem(408, 'request_timeout', 'The request took too long to arrive.');
}
