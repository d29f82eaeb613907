/**
 * The broadcast part of Supabase Realtime: phones listen to private topics, the database speaks.
 *
 * It talks to the stock realtime-js client. Presence, Postgres changes, public topics and
 * broadcasts from phones are not offered.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Database } from '#lib/server/embedded/database.ts';
import type { InstanceKeys } from '#lib/server/embedded/keys.ts';
import { createPokeQueue, type Poke } from './poke-queue.ts';
import { createSocketSession, type SocketSession } from './socket-session.ts';

const REALTIME_PATH = '/realtime/v1/websocket';
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_SOCKETS = 2000;
/** The client's heartbeat is 25 s; twice missed means that the phone is gone. */
const IDLE_LIMIT_MS = 60_000;

export interface RealtimeOptions {
	database: Database;
	keys: InstanceKeys;
	/** How often each joined topic is asked for again; a revoked member leaves at the latest then. */
	recheckEveryMs?: number;
	/** How often expiry, idleness and due rechecks are looked for. */
	sweepEveryMs?: number;
}

export interface RealtimeServer {
	/** Takes over an upgrade request to `REALTIME_PATH`; answers 404 or 401 to any other. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Closes every socket with "service restart", so that phones come back by themselves. */
	close(): Promise<void>;
}

export async function openRealtime(options: RealtimeOptions): Promise<RealtimeServer> {
	const { database, keys, recheckEveryMs = 3 * 60_000, sweepEveryMs = 10_000 } = options;
	const sessions = new Set<SocketSession>();
	const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
	const pokes = createPokeQueue((poke) => {
		for (const session of sessions) session.deliver(poke);
	});
	await database.listen('realtime_broadcast', (payload) => pokes.add(parsePoke(payload)));

	const sweep = setInterval(() => {
		for (const session of sessions) session.sweep(IDLE_LIMIT_MS, recheckEveryMs);
	}, sweepEveryMs);
	sweep.unref();

	return {
		handleUpgrade(request, socket, head) {
			const url = new URL(request.url ?? '/', 'http://host');
			if (url.pathname !== REALTIME_PATH) return refuse(socket, '404 Not Found');
			if (!isKnownKey(url.searchParams.get('apikey'), keys))
				return refuse(socket, '401 Unauthorized');
			if (sessions.size >= MAX_SOCKETS) return refuse(socket, '503 Service Unavailable');
			const vsn = url.searchParams.get('vsn') === '2.0.0' ? '2.0.0' : '1.0.0';
			sockets.handleUpgrade(request, socket, head, (webSocket) => {
				attach(
					createSocketSession({ webSocket, vsn, database, jwtSecret: keys.jwtSecret }),
					webSocket
				);
			});
		},
		async close() {
			clearInterval(sweep);
			pokes.stop();
			for (const client of sockets.clients) client.close(1012, 'The server restarts.');
			// Those that do not answer the close in time are cut.
			const cut = setTimeout(() => sockets.clients.forEach((client) => client.terminate()), 1000);
			await new Promise<void>((resolve) => {
				if (sockets.clients.size === 0) return resolve();
				for (const client of sockets.clients) {
					client.once('close', () => sockets.clients.size === 0 && resolve());
				}
			});
			clearTimeout(cut);
		}
	};

	function attach(session: SocketSession, webSocket: WebSocket): void {
		sessions.add(session);
		webSocket.on('message', (data: Buffer, isBinary) => session.receive(data, isBinary));
		webSocket.on('error', () => webSocket.terminate());
		webSocket.on('close', () => sessions.delete(session));
	}
}

function isKnownKey(key: string | null, keys: InstanceKeys): boolean {
	return key === keys.publishableKey || key === keys.secretKey;
}

function refuse(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function parsePoke(payload: string): Poke {
	// Written by realtime.send of the prelude, and by nothing else.
	return JSON.parse(payload) as Poke;
}
