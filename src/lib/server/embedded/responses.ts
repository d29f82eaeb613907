/** Small answers in the shapes that supabase-js understands, and gzip for those that are large. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const GZIP_FROM_BYTES = 1024;

export function problem(
	status: number,
	code: string,
	message: string,
	headers: Record<string, string> = {}
): Response {
	// `msg` and `error_code` are what auth-js reads, `code` and `message` what postgrest-js reads.
	return Response.json(
		{ code, error_code: code, message, msg: message },
		{ status, headers: { 'cache-control': 'no-store', ...headers } }
	);
}

/** Compresses a JSON answer of at least 1 KiB if the client takes gzip. The rest passes through. */
export async function compressed(request: Request, response: Response): Promise<Response> {
	const accepts = request.headers.get('accept-encoding') ?? '';
	const type = response.headers.get('content-type') ?? '';
	if (!/\bgzip\b/.test(accepts) || !type.includes('json') || response.body === null)
		return response;
	if (response.headers.has('content-encoding')) return response;
	const body = Buffer.from(await response.arrayBuffer());
	const headers = new Headers(response.headers);
	headers.append('vary', 'accept-encoding');
	if (body.byteLength < GZIP_FROM_BYTES) {
		return new Response(body, { status: response.status, headers });
	}
	const smaller = await gzipAsync(body);
	headers.set('content-encoding', 'gzip');
	headers.set('content-length', String(smaller.byteLength));
	return new Response(smaller, { status: response.status, headers });
}
