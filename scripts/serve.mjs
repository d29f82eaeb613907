/** Serves the build on `http://localhost:${PORT:-3000}`: the app, the embedded Supabase, Realtime. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { foreignOrigin, publicOrigin, readConfig } from '#lib/server/config.ts';
import { cacheControlFor, securityHeaders } from '#lib/server/http-headers.ts';
import { welcome } from '#lib/server/welcome.ts';

/** @typedef {import('node:http').RequestListener} RequestListener */
/** @typedef {import('#lib/server/process-backend.ts').UpgradeHandler} UpgradeHandler */
/** @typedef {import('#lib/server/embedded/start-product.ts').StartInfo} StartInfo */

if (existsSync('.env')) process.loadEnvFile('.env');
// SvelteKit's adapter takes https for granted, and its own limit is to leave ours (2 MB) to answer.
process.env['PROTOCOL_HEADER'] ??= 'x-forwarded-proto';
process.env['BODY_SIZE_LIMIT'] ??= '8M';
// A line of `.env` without a value says nothing; the adapter would take it for an address.
if (process.env['ORIGIN']?.trim() === '') delete process.env['ORIGIN'];

const port = process.env['PORT'] || '3000';
// Only this machine, unless told otherwise: the demo's password is published.
const host = process.env['HOST'] || '127.0.0.1';
const address = `http://localhost:${port}`;
const SHUTDOWN_LIMIT_MS = 10_000;

/** What `src/lib/server/process-backend.ts` leaves in this process. @param {string} name */
const left = (name) => Reflect.get(globalThis, Symbol.for(`connect10.${name}`));

/** @type {RequestListener} */
let answer = (_request, response) => {
	response.writeHead(503, {
		'retry-after': '2',
		// A browser that came too early looks again by itself.
		refresh: '2',
		'content-type': 'text/plain; charset=utf-8'
	});
	response.end('Connect 10 is starting. 系統啟動中，請稍候。\n');
};

const headers = Object.entries(securityHeaders(foreignOrigin(configOrStop())));
let running = 0;
let shuttingDown = false;

const server = createServer(
	{ headersTimeout: 15_000, requestTimeout: 60_000 },
	(request, response) => {
		request.headers['x-forwarded-proto'] ??= 'http';
		for (const [name, value] of headers) response.setHeader(name, value);
		const cacheControl = cacheControlFor(request.url ?? '/');
		if (cacheControl !== null) response.setHeader('cache-control', cacheControl);
		if (shuttingDown) response.setHeader('connection', 'close');
		running += 1;
		response.once('close', () => (running -= 1));
		answer(request, response);
	}
);
server.on('upgrade', (request, socket, head) => {
	/** @type {UpgradeHandler | undefined} */
	const upgrade = left('upgrade');
	if (upgrade) upgrade(request, socket, head);
	else socket.destroy();
});

// The port is taken first: a busy one is found out before a minute is spent on demo data.
await new Promise((resolve) => {
	server.once('error', (error) => stopWith(explainListen(error)));
	if (!/^\d+$/.test(port) || Number(port) > 65535) {
		stopWith(
			`PORT is not a port number (${port}); leave it out for 3000, or set it to 1024–65535.`
		);
	}
	server.listen({ port, host }, () => resolve(undefined));
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
	process.on(signal, () => void shutDown());
}

try {
	({ handler: answer } = await import(new URL('../build/handler.js', import.meta.url).href));
} catch (error) {
	stopWith(explainStart(error));
}
console.log(welcome(address, /** @type {StartInfo | undefined} */ (left('start-info'))));

/** Finishes what is running, closes the database, gives the data folder back. */
async function shutDown() {
	// Ctrl-C reaches this process twice: from the terminal, and passed on by `npm start`.
	if (shuttingDown) return;
	shuttingDown = true;
	const limit = setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS);
	limit.unref();
	server.close();
	server.closeIdleConnections();
	while (running > 0) await delay(20);
	await left('shutdown')?.();
	process.exit(0);
}

function configOrStop() {
	try {
		publicOrigin(process.env);
		return readConfig(process.env);
	} catch (error) {
		stopWith(explainStart(error));
	}
}

/** @param {string} message @returns {never} */
function stopWith(message) {
	console.error(message);
	process.exit(1);
}

/** @param {NodeJS.ErrnoException} error */
function explainListen(error) {
	if (error.code === 'EADDRINUSE') {
		return `Port ${port} is in use; stop the program that uses it, or choose another port: PORT=${Number(port) + 1} npm start`;
	}
	if (error.code === 'EACCES') {
		return `Port ${port} may not be opened by this user; choose one above 1023: PORT=3000 npm start`;
	}
	return `Cannot listen on ${host}:${port} (${error.message}); set HOST and PORT to an address of this machine.`;
}

/** @param {unknown} error */
function explainStart(error) {
	if (!(error instanceof Error)) return String(error);
	// A StartupProblem says all that there is to say; anything else is a fault of ours.
	return error.name === 'StartupProblem' ? error.message : (error.stack ?? error.message);
}
