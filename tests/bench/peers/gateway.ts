/**
 * What stands before the servers, the same for every client: HTTP/2 over TLS and gzip, as Supabase's own gateway gives them; and here
 * also the page itself, a delay a request, and a count of what goes over the line.
 */
import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import {
	createSecureServer,
	type Http2SecureServer,
	type Http2ServerRequest,
	type Http2ServerResponse
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { selfSigned } from './self-signed.ts';

export interface Traffic {
	readonly requests: number;
	/** Of bodies, compressed as sent. */
	readonly bodyUp: number;
	readonly bodyDown: number;
	/** Of everything that went through the sockets: TLS, headers, bodies. */
	readonly wireUp: number;
	readonly wireDown: number;
}

export interface Upstreams {
	/** Base addresses: PostgREST (or a proxy before it), and the CouchDB-like server. */
	readonly rest: string;
	readonly couch: string;
}

const gzipped = promisify(gzip);
const GZIP_FROM_BYTES = 1024;
const PAGE = '<!doctype html><meta charset="utf-8"><title>-</title>';

export class Gateway {
	/** Added to each request. */
	delayMs = 0;
	readonly #server: Http2SecureServer;
	readonly #upstreams: Upstreams;
	readonly #code: string;
	readonly #sockets: Socket[] = [];
	#requests = 0;
	#bodyUp = 0;
	#bodyDown = 0;

	private constructor(upstreams: Upstreams, code: string) {
		this.#upstreams = upstreams;
		this.#code = code;
		this.#server = createSecureServer(selfSigned(), (incoming, outgoing) => {
			// A line that breaks behind the gateway breaks before it.
			void this.#serve(incoming, outgoing).catch(() => outgoing.stream.close(2));
		});
		this.#server.on('connection', (socket: Socket) => {
			socket.setNoDelay(true);
			this.#sockets.push(socket);
		});
	}

	/** @param code of the page's client */
	static async start(upstreams: Upstreams, code: string): Promise<Gateway> {
		const gateway = new Gateway(upstreams, code);
		gateway.#server.listen(0, '127.0.0.1');
		await once(gateway.#server, 'listening');
		return gateway;
	}

	get url(): string {
		// A TCP server's address is an AddressInfo; only a pipe's is a string.
		return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	/** So far. */
	get traffic(): Traffic {
		return {
			requests: this.#requests,
			bodyUp: this.#bodyUp,
			bodyDown: this.#bodyDown,
			wireUp: this.#sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
			wireDown: this.#sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0)
		};
	}

	async stop(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		this.#server.close();
		await once(this.#server, 'close');
	}

	async #serve(incoming: Http2ServerRequest, outgoing: Http2ServerResponse): Promise<void> {
		const body = await bodyOf(incoming);
		if (!/^\/(rest|couch)\//.test(incoming.url)) return this.#servePage(incoming.url, outgoing);
		this.#requests += 1;
		this.#bodyUp += body.length;
		if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
		const answer = await this.#forward(incoming, body);
		const { headers, sent } = await compressed(incoming, answer.headers, await bodyOf(answer));
		this.#bodyDown += sent.length;
		outgoing.writeHead(answer.statusCode ?? 502, headers);
		outgoing.end(sent);
	}

	#servePage(path: string, outgoing: Http2ServerResponse): void {
		const isCode = path === '/client.js';
		const type = isCode ? 'text/javascript' : 'text/html; charset=utf-8';
		outgoing.writeHead(200, { 'content-type': type }).end(isCode ? this.#code : PAGE);
	}

	async #forward(incoming: Http2ServerRequest, body: Buffer): Promise<IncomingMessage> {
		const { rest, couch } = this.#upstreams;
		const upstream = new URL(incoming.url.startsWith('/rest/') ? rest : couch);
		const headers = Object.fromEntries(
			Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':'))
		);
		const request = httpRequest({
			hostname: upstream.hostname,
			port: upstream.port,
			path: incoming.url,
			method: incoming.method,
			headers: { ...headers, 'content-length': String(body.length) }
		});
		request.end(body);
		// The generic of once() is any: the event carries the response.
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		return response;
	}
}

async function compressed(
	incoming: Http2ServerRequest,
	headers: IncomingHttpHeaders,
	body: Buffer
): Promise<{ headers: IncomingHttpHeaders; sent: Buffer }> {
	const {
		'transfer-encoding': _chunked,
		connection: _connection,
		'keep-alive': _keep,
		'content-length': _length,
		...rest
	} = headers;
	const takes = String(incoming.headers['accept-encoding'] ?? '').includes('gzip');
	const worth = takes && !rest['content-encoding'] && body.length >= GZIP_FROM_BYTES;
	if (!worth) return { headers: { ...rest, 'content-length': String(body.length) }, sent: body };
	const sent = await gzipped(body);
	return {
		headers: { ...rest, 'content-encoding': 'gzip', 'content-length': String(sent.length) },
		sent
	};
}

async function bodyOf(message: Http2ServerRequest | IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of message) parts.push(Buffer.from(part));
	return Buffer.concat(parts);
}
