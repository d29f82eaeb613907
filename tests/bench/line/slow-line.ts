/** A phone's bad line as a TCP proxy: so many bits a second for all connections together, so long a way, and segments that are lost on it. */
import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface LineQuality {
	/** Each way. */
	readonly bitsPerSecond: number;
	/** There and back, milliseconds. */
	readonly roundTripMs: number;
	/** Share of the segments that have to be sent again, 0..1. */
	readonly loss: number;
}

const SEGMENT_BYTES = 1460;
/** What a sender may have under way before it has heard anything (RFC 6928). */
const FIRST_WINDOW_SEGMENTS = 10;
/** Least time after which a sender gives a segment up for lost, as Linux has it. */
const LEAST_TIMEOUT_MS = 200;

/** One way of the line; all connections share its room. */
class Way {
	/** Until then it is taken, milliseconds. */
	#busyUntil = 0;

	/** Until the last bit of this segment is on its way. */
	take(bytes: number, { bitsPerSecond }: LineQuality): number {
		const now = performance.now();
		this.#busyUntil = Math.max(now, this.#busyUntil) + (bytes * 8000) / bitsPerSecond;
		return this.#busyUntil - now;
	}
}

/**
 * What TCP makes of the line in one direction of one connection: segments arrive in their order, a lost one holds up those behind it
 * until it has been sent again, and the sender begins with ten and may have one more under way for each that has been acknowledged.
 */
class Direction {
	readonly #waiting: Buffer[] = [];
	readonly #arriving: Buffer[] = [];
	#windowBytes = FIRST_WINDOW_SEGMENTS * SEGMENT_BYTES;
	#underWay = 0;
	#lastArrivesAt = 0;

	readonly #way: Way;
	readonly #line: SlowLine;
	readonly #to: Socket;

	constructor(way: Way, line: SlowLine, to: Socket) {
		this.#way = way;
		this.#line = line;
		this.#to = to;
	}

	send(data: Buffer): void {
		for (let at = 0; at < data.length; at += SEGMENT_BYTES)
			this.#waiting.push(data.subarray(at, at + SEGMENT_BYTES));
		this.#pump();
	}

	/** Passes the end on behind everything that is under way. */
	end(): void {
		const waitMs = Math.max(0, this.#lastArrivesAt - performance.now());
		setTimeout(() => this.#to.end(), this.#waiting.length > 0 ? waitMs + 1000 : waitMs);
	}

	#pump(): void {
		while (this.#waiting.length > 0 && this.#underWay < this.#windowBytes) {
			const segment = this.#waiting.shift()!;
			this.#underWay += segment.length;
			const { quality } = this.#line;
			const half = quality.roundTripMs / 2;
			let tookMs = this.#way.take(segment.length, quality) + half;
			while (this.#line.loses()) {
				tookMs += Math.max(LEAST_TIMEOUT_MS, quality.roundTripMs);
				this.#windowBytes = Math.max(2 * SEGMENT_BYTES, this.#windowBytes / 2);
			}
			this.#lastArrivesAt = Math.max(this.#lastArrivesAt, performance.now() + tookMs);
			const arrivesInMs = Math.max(0, this.#lastArrivesAt - performance.now());
			this.#arriving.push(segment);
			setTimeout(() => this.#arrive(), arrivesInMs);
			setTimeout(() => this.#heard(segment.length), arrivesInMs + half);
		}
	}

	/** Timers of nearly the same moment may change places, segments may not. */
	#arrive(): void {
		const segment = this.#arriving.shift();
		if (segment && this.#to.writable) this.#to.write(segment);
	}

	#heard(bytes: number): void {
		this.#underWay -= bytes;
		this.#windowBytes += bytes;
		this.#pump();
	}
}

const PERFECT: LineQuality = { bitsPerSecond: 1e9, roundTripMs: 0, loss: 0 };

export class SlowLine {
	readonly #server: Server;
	readonly #up = new Way();
	readonly #down = new Way();
	readonly #random: () => number;
	quality: LineQuality = PERFECT;

	/** @param random 0..1; tells which segments are lost */
	constructor(targetPort: number, random: () => number) {
		this.#random = random;
		this.#server = createServer((phone) => {
			// Nothing can be sent before the two have shaken hands.
			setTimeout(() => this.#join(phone, targetPort), this.quality.roundTripMs);
			phone.on('error', () => phone.destroy());
			phone.pause();
		});
	}

	loses(): boolean {
		return this.#random() < this.quality.loss;
	}

	async listen(): Promise<number> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return (this.#server.address() as AddressInfo).port;
	}

	close(): void {
		this.#server.close();
	}

	#join(phone: Socket, targetPort: number): void {
		const server = connect(targetPort, '127.0.0.1');
		const up = new Direction(this.#up, this, server);
		const down = new Direction(this.#down, this, phone);
		phone.on('data', (data: Buffer) => up.send(data));
		phone.on('end', () => up.end());
		server.on('data', (data: Buffer) => down.send(data));
		server.on('end', () => down.end());
		server.on('error', () => phone.destroy());
		phone.on('close', () => server.destroy());
		phone.resume();
	}
}
