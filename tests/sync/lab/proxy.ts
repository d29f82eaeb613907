/** A line between one phone and the server that breaks as it is told: an HTTP proxy of its own, so that the phone's real client meets real sockets. */
import { once } from 'node:events';
import {
	createServer,
	request as httpRequest,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type Server,
	type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LineFault } from './line-faults.ts';

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

type Forward = () => Promise<Answer>;

const PORTAL = '<!doctype html><title>Free Wi-Fi</title><form>Please accept our terms</form>';
const FOREIGN = JSON.stringify({ status: 'ok', buckets: {}, rows: {}, removed: [1, 2, 3] });

export class FaultProxy {
	/** What happens to the coming requests, one each; nothing to those after. */
	readonly coming: LineFault[] = [];
	/** Requests that arrived here. */
	requests = 0;
	/** How often each fault has struck. */
	readonly struck = new Map<string, number>();
	readonly #upstream: URL;
	readonly #server: Server;
	readonly #onChange: () => void;
	readonly #held = new Set<() => void>();
	/** How often the line was healed: whoever was on the way then is not held afterwards. */
	#healings = 0;
	#late: Forward | null = null;

	private constructor(upstream: string, onChange: () => void) {
		this.#upstream = new URL(upstream);
		this.#onChange = onChange;
		this.#server = createServer((incoming, outgoing) => {
			void this.#serve(incoming, outgoing).catch(() => outgoing.destroy());
		});
	}

	/** @param onChange called when a request is held or let go */
	static async start(upstream: string, onChange: () => void): Promise<FaultProxy> {
		const proxy = new FaultProxy(upstream, onChange);
		proxy.#server.listen(0, '127.0.0.1');
		await once(proxy.#server, 'listening');
		return proxy;
	}

	get url(): string {
		// A TCP server's address is an AddressInfo; only a pipe's is a string.
		const { port } = this.#server.address() as AddressInfo;
		return `http://127.0.0.1:${port}`;
	}

	/** A request waits in the line, and will until release(). */
	get holding(): boolean {
		return this.#held.size > 0;
	}

	release(): void {
		for (const letGo of this.#held) letGo();
	}

	/** No more faults: what is held goes on, and what was late arrives. */
	async heal(): Promise<void> {
		this.#healings++;
		this.coming.length = 0;
		this.release();
		await this.#deliverLate();
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		this.#server.close();
		await once(this.#server, 'close');
	}

	async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		const body = await bodyOf(incoming);
		this.requests++;
		const fault = this.coming.shift();
		if (fault) this.struck.set(fault.kind, (this.struck.get(fault.kind) ?? 0) + 1);
		await this.#withFault(fault, () => this.#forward(incoming, body), incoming, outgoing);
	}

	async #withFault(
		fault: LineFault | undefined,
		forward: Forward,
		incoming: IncomingMessage,
		outgoing: ServerResponse
	): Promise<void> {
		const answer = async () => {
			const got = await forward();
			await this.#deliverLate();
			return got;
		};
		switch (fault?.kind) {
			case undefined:
				return give(outgoing, await answer());
			case 'lose_request':
				return void outgoing.destroy();
			case 'lose_answer':
				await answer();
				return void outgoing.destroy();
			case 'duplicate':
				if (fault.together) return give(outgoing, (await Promise.all([answer(), answer()]))[1]);
				await answer();
				return give(outgoing, await answer());
			case 'late':
				this.#late = forward;
				return void outgoing.destroy();
			case 'cut':
				return cut(outgoing, await answer(), fault.share, fault.endsWell);
			case 'drip':
				return await drip(outgoing, await answer());
			case 'portal':
				return give(outgoing, madeUp(200, PORTAL, 'text/html'));
			case 'foreign_json':
				return give(outgoing, madeUp(200, FOREIGN, 'application/json'));
			case 'status':
				if (fault.done) await answer();
				return give(outgoing, refusal(fault, incoming.url ?? ''));
			case 'hold':
				return await this.#answerHeld(answer, outgoing, fault.before);
		}
	}

	async #answerHeld(answer: Forward, outgoing: ServerResponse, before: boolean): Promise<void> {
		const healings = this.#healings;
		if (before) await this.#hold();
		const got = await answer();
		// The line may have been healed while the answer was on its way: then nobody would let it go.
		if (!before && healings === this.#healings) await this.#hold();
		give(outgoing, got);
	}

	async #hold(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#held.add(resolve);
			this.#onChange();
		}).then(() => this.#held.clear());
		this.#onChange();
	}

	/** A request that the phone has long given up reaches the server now. */
	async #deliverLate(): Promise<void> {
		const late = this.#late;
		this.#late = null;
		await late?.().catch(() => undefined);
	}

	async #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
		const { host: _host, connection: _connection, ...rest } = headers;
		const { hostname, port } = this.#upstream;
		const request = httpRequest({ hostname, port, path: url, method, headers: rest, agent: false });
		request.end(body);
		// The generic of once() is any: the event carries the response.
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		const answer = await bodyOf(response);
		return { status: response.statusCode ?? 502, headers: response.headers, body: answer };
	}
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of message) parts.push(Buffer.from(part));
	return Buffer.concat(parts);
}

function give(outgoing: ServerResponse, { status, headers, body }: Answer): void {
	outgoing.writeHead(status, plainHeaders(headers, body.length)).end(body);
}

/** The connection breaks after a share of the body; or ends well there, as some proxies let it. */
function cut(outgoing: ServerResponse, answer: Answer, share: number, endsWell: boolean): void {
	const part = answer.body.subarray(0, Math.floor(answer.body.length * share));
	if (endsWell) return give(outgoing, { ...answer, body: part });
	outgoing.writeHead(answer.status, plainHeaders(answer.headers, answer.body.length));
	outgoing.write(part, () => outgoing.destroy());
}

/** In many small pieces, each after the one before has left. */
async function drip(outgoing: ServerResponse, { status, headers, body }: Answer): Promise<void> {
	outgoing.writeHead(status, plainHeaders(headers, body.length));
	const size = Math.max(1, Math.ceil(body.length / 64));
	for (let at = 0; at < body.length; at += size)
		await new Promise<void>((sent) => {
			outgoing.write(body.subarray(at, at + size), () => setImmediate(sent));
		});
	outgoing.end();
}

function plainHeaders(headers: IncomingHttpHeaders, length: number): IncomingHttpHeaders {
	const { 'transfer-encoding': _chunked, connection: _connection, ...rest } = headers;
	return { ...rest, 'content-length': String(length) };
}

/** PostgREST words its refusals; what stands before it, and before Auth, answers with a page. */
function refusal(
	{ status, page, retryAfterS }: Extract<LineFault, { kind: 'status' }>,
	url: string
): Answer {
	const code = status === 500 ? 'XX000' : status === 401 ? 'PGRST301' : '';
	const made =
		page || !url.startsWith('/rest/')
			? madeUp(status, `<h1>${status}</h1>`, 'text/html')
			: madeUp(status, JSON.stringify({ code, message: `status ${status}` }), 'application/json');
	return retryAfterS === null
		? made
		: { ...made, headers: { ...made.headers, 'retry-after': String(retryAfterS) } };
}

function madeUp(status: number, text: string, type: string): Answer {
	return { status, headers: { 'content-type': type }, body: Buffer.from(text) };
}
