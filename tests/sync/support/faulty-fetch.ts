/** The network between a phone and the server, with faults on demand. Only rpc/sync is touched; the rest passes. */

export type Fault =
	/** The request never reaches the server. */
	| 'drop_request'
	/** The server has done it, and the phone does not hear. */
	| 'drop_answer'
	/** The request reaches the server twice; the phone hears the second answer. */
	| 'duplicate'
	/** As duplicate, both at once. */
	| 'duplicate_at_once'
	/** The phone gives up; the request reaches the server after the phone's next one. */
	| 'reorder'
	/** Half of the body arrives, and the connection ends well. */
	| 'truncate'
	/** A captive portal answers 200 with its sign-in page. */
	| 'portal'
	/** JSON, but somebody else's. */
	| 'foreign_json'
	| 401
	| 403
	| 409
	| 413
	| 429
	| 500
	| 503
	/** The server has done it, and something between answers 500. */
	| 'done_but_500'
	| 'none';

export const FAULTS: readonly Fault[] = [
	'drop_request',
	'drop_answer',
	'duplicate',
	'duplicate_at_once',
	'reorder',
	'truncate',
	'portal',
	'foreign_json',
	401,
	403,
	409,
	413,
	429,
	500,
	503,
	'done_but_500'
];

export class FaultyNetwork {
	/** Fault of each coming request; 'none' when empty. */
	readonly coming: Fault[] = [];
	/** Decides when `coming` is empty. */
	always: () => Fault = () => 'none';
	offline = false;
	/** Requests of rpc/sync that reached the server. */
	reached = 0;
	#late: (() => Promise<unknown>) | null = null;

	readonly fetch: typeof fetch = async (input, init) => {
		if (this.offline) throw new TypeError('fetch failed: no network');
		const url = input instanceof Request ? input.url : input.toString();
		if (!url.includes('/rpc/sync')) return await fetch(input, init);
		const answer = await this.#withFault(
			this.coming.shift() ?? this.always(),
			async () => {
				this.reached++;
				return await fetch(input, init);
			},
			input,
			init
		);
		await this.deliverLate();
		return answer;
	};

	/** A request that was held back reaches the server now. */
	async deliverLate(): Promise<void> {
		const late = this.#late;
		this.#late = null;
		await late?.();
	}

	async #withFault(
		fault: Fault,
		send: () => Promise<Response>,
		input: RequestInfo | URL,
		init?: RequestInit
	): Promise<Response> {
		switch (fault) {
			case 'none':
				return await send();
			case 'drop_request':
				throw new TypeError('fetch failed: dropped');
			case 'drop_answer':
				await (await send()).arrayBuffer();
				throw new TypeError('fetch failed: connection reset');
			case 'duplicate':
				await (await send()).arrayBuffer();
				return await send();
			case 'duplicate_at_once': {
				const [unheard, heard] = await Promise.all([send(), send()]);
				await unheard.arrayBuffer();
				return heard;
			}
			case 'reorder':
				// Without the phone's signal: the network does not know that nobody waits any more.
				this.#late = async () => {
					this.reached++;
					await (await fetch(input, { ...init, signal: null })).arrayBuffer();
				};
				throw new TypeError('fetch failed: timed out');
			case 'truncate': {
				const whole = await send();
				const body = await whole.text();
				return new Response(body.slice(0, body.length / 2), {
					status: whole.status,
					headers: { 'Content-Type': 'application/json' }
				});
			}
			case 'portal':
				return new Response('<!doctype html><title>Free Wi-Fi</title>', {
					status: 200,
					headers: { 'Content-Type': 'text/html' }
				});
			case 'foreign_json':
				return Response.json({ status: 'ok', buckets: {}, rows: {}, removed: [1, 2, 3] });
			case 'done_but_500':
				await (await send()).arrayBuffer();
				return refusal(500);
			default:
				return refusal(fault);
		}
	}
}

/** As PostgREST words its refusals. */
function refusal(status: number): Response {
	const code = status === 500 ? 'XX000' : status === 401 ? 'PGRST301' : '';
	return Response.json(
		{ code, message: `status ${status}`, details: null, hint: null },
		{
			status,
			headers: status === 429 ? { 'Retry-After': '7' } : {}
		}
	);
}
