/** One phone's socket: the topics it has joined, and as whom. */
import type { WebSocket } from 'ws';
import type { Database } from '#lib/server/embedded/database.ts';
import { verifyAccessToken, type AccessClaims } from './access-token.ts';
import { mayListen } from './authorise.ts';
import { BROADCAST_EVENT, decodeFrame, encodeFrame, type Frame, type Vsn } from './frames.ts';
import type { Poke } from './poke-queue.ts';

const TOPIC_PREFIX = 'realtime:';
const MAX_CHANNELS = 200;
const MAX_UNSENT_BYTES = 1024 * 1024;
/** A phone joins all its topics at once; each join is a question to the database. */
const MAX_FRAMES_IN_WINDOW = 2 * MAX_CHANNELS + 100;
const FLOOD_WINDOW_MS = 10_000;

export interface SocketSessionOptions {
	webSocket: WebSocket;
	vsn: Vsn;
	database: Database;
	jwtSecret: string;
}

export interface SocketSession {
	receive(data: Buffer, isBinary: boolean): void;
	deliver(poke: Poke): void;
	/** Drops what is idle or expired, and asks again for what was asked long ago. */
	sweep(idleLimitMs: number, recheckEveryMs: number): void;
}

interface Channel {
	joinRef: string | null;
	token: string;
	claims: AccessClaims;
	checkedAt: number;
}

export function createSocketSession(options: SocketSessionOptions): SocketSession {
	const { webSocket, vsn, database, jwtSecret } = options;
	const channels = new Map<string, Channel>();
	let heardAt = Date.now();
	let turn: Promise<void> = Promise.resolve();
	let windowStart = heardAt;
	let framesInWindow = 0;

	return {
		receive(data, isBinary) {
			heardAt = Date.now();
			if (isFlooding(heardAt)) return webSocket.close(1008, 'Too many messages.');
			const frame = decodeFrame(data, isBinary);
			if (frame === null) return webSocket.close(1003, 'Not a Phoenix frame.');
			// One after another: a leave must not overtake the join that it ends.
			turn = turn
				.then(() => handle(frame))
				.catch(() => {
					// The database is closing or broken. An error reply makes the client try again later.
					reply(frame, 'error', { reason: 'InternalError: try again later' });
				});
		},
		deliver({ topic, event, payload }) {
			const channel = channels.get(TOPIC_PREFIX + topic);
			if (channel === undefined) return;
			if (webSocket.bufferedAmount > MAX_UNSENT_BYTES) return webSocket.terminate();
			const body = { type: BROADCAST_EVENT, event, payload };
			send({
				joinRef: null,
				ref: null,
				topic: TOPIC_PREFIX + topic,
				event: BROADCAST_EVENT,
				payload: body
			});
		},
		sweep(idleLimitMs, recheckEveryMs) {
			const now = Date.now();
			if (now - heardAt > idleLimitMs) return webSocket.terminate();
			for (const [topic, channel] of channels) {
				if (channel.claims.exp * 1000 <= now) drop(topic, channel, 'Token has expired');
				else if (now - channel.checkedAt >= recheckEveryMs) void recheck(topic, channel);
			}
		}
	};

	function isFlooding(now: number): boolean {
		if (now - windowStart > FLOOD_WINDOW_MS) [windowStart, framesInWindow] = [now, 0];
		framesInWindow += 1;
		return framesInWindow > MAX_FRAMES_IN_WINDOW;
	}

	async function handle(frame: Frame): Promise<void> {
		if (frame.topic === 'phoenix' && frame.event === 'heartbeat') return reply(frame, 'ok', {});
		switch (frame.event) {
			case 'phx_join':
				return join(frame);
			case 'phx_leave':
				channels.delete(frame.topic);
				return reply(frame, 'ok', {});
			case 'access_token':
				return refreshToken(frame);
			case BROADCAST_EVENT:
				return reply(frame, 'error', { reason: 'Unauthorized: phones only listen' });
			default:
				return reply(frame, 'error', { reason: `UnhandledEvent: ${frame.event}` });
		}
	}

	async function join(frame: Frame): Promise<void> {
		const topic = frame.topic.startsWith(TOPIC_PREFIX)
			? frame.topic.slice(TOPIC_PREFIX.length)
			: '';
		if (topic === '') return reply(frame, 'error', { reason: 'TopicNameRequired' });
		if (!isPrivate(frame.payload)) {
			return reply(frame, 'error', {
				reason: 'PrivateOnly: this project only allows private channels'
			});
		}
		if (channels.size >= MAX_CHANNELS) {
			return reply(frame, 'error', { reason: 'ChannelRateLimitReached: too many channels' });
		}
		const token = tokenIn(frame.payload);
		const claims = verifyAccessToken(token, jwtSecret, Date.now());
		if (claims === null) return reply(frame, 'error', { reason: 'InvalidJWTToken: sign in first' });
		if (!(await mayListen(database, claims, topic))) {
			return reply(frame, 'error', {
				reason: `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`
			});
		}
		channels.set(frame.topic, { joinRef: frame.joinRef, token, claims, checkedAt: Date.now() });
		reply(frame, 'ok', { postgres_changes: [] });
	}

	/** The client sends its new token for each topic after every refresh; it expects no answer. */
	async function refreshToken(frame: Frame): Promise<void> {
		const channel = channels.get(frame.topic);
		const token = tokenIn(frame.payload);
		if (channel === undefined || channel.token === token) return;
		const claims = verifyAccessToken(token, jwtSecret, Date.now());
		if (claims === null || claims.sub !== channel.claims.sub) {
			return drop(frame.topic, channel, 'Invalid token');
		}
		channel.token = token;
		channel.claims = claims;
		await recheck(frame.topic, channel);
	}

	async function recheck(topic: string, channel: Channel): Promise<void> {
		channel.checkedAt = Date.now();
		const allowed = await mayListen(
			database,
			channel.claims,
			topic.slice(TOPIC_PREFIX.length)
		).catch(
			// Not to know is no reason to drop; the next sweep asks again.
			() => true
		);
		if (!allowed) drop(topic, channel, 'You no longer have permission to read from this topic');
	}

	/** Ends one topic as Supabase does: a `system` message that says why, then `phx_close`. */
	function drop(topic: string, channel: Channel, message: string): void {
		// It may have been left or joined anew while the database was asked.
		if (channels.get(topic) !== channel) return;
		channels.delete(topic);
		const { joinRef } = channel;
		const payload = {
			extension: 'system',
			status: 'error',
			message,
			channel: topic.slice(TOPIC_PREFIX.length)
		};
		send({ joinRef, ref: null, topic, event: 'system', payload });
		send({ joinRef, ref: joinRef, topic, event: 'phx_close', payload: {} });
	}

	function reply(to: Frame, status: 'ok' | 'error', response: object): void {
		send({ ...to, event: 'phx_reply', payload: { status, response } });
	}

	function send(frame: Frame): void {
		if (webSocket.readyState === webSocket.OPEN) webSocket.send(encodeFrame(frame, vsn));
	}
}

function isPrivate(payload: unknown): boolean {
	return (
		typeof payload === 'object' &&
		payload !== null &&
		'config' in payload &&
		typeof payload.config === 'object' &&
		payload.config !== null &&
		'private' in payload.config &&
		payload.config.private === true
	);
}

function tokenIn(payload: unknown): string {
	return typeof payload === 'object' &&
		payload !== null &&
		'access_token' in payload &&
		typeof payload.access_token === 'string'
		? payload.access_token
		: '';
}
