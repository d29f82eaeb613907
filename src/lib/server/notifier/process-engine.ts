/** The one engine of this process; found again after a hot reload, as the embedded backend is. */
import type { EmbeddedConfig, Environment, RemoteConfig } from '#lib/server/config.ts';
import { beforeShutdown, embeddedBackend } from '#lib/server/process-backend.ts';
import type { Engine } from './engine.ts';
import { enginePort, type EnginePort } from './engine-port.ts';
import type { WordsOf } from './push-payload.ts';
import { readTickSecret } from './tick-door.ts';

interface ProcessState {
	[ENGINE]?: Promise<Engine | null>;
}

const ENGINE = Symbol.for('connect10.engine');

// The symbol is this file's own, so nothing else gives it another type.
const state = globalThis as ProcessState;

/**
 * Starts ticking, unless somebody else keeps its time (ENGINE_TIMER=off, tick-door.ts). With a Supabase of one's own it needs the secret key: null without, and then no notice leaves this server.
 *
 * @throws {StartupProblem} a setting that is none
 */
export async function processEngine(
	config: EmbeddedConfig | RemoteConfig,
	env: Environment,
	wordsOf: WordsOf
): Promise<Engine | null> {
	state[ENGINE] ??= open(config, env, wordsOf);
	return await state[ENGINE];
}

async function open(
	config: EmbeddedConfig | RemoteConfig,
	env: Environment,
	wordsOf: WordsOf
): Promise<Engine | null> {
	const port = config.kind === 'embedded' ? await embeddedPort(config) : remotePort(config, env);
	if (port === null) return null;
	const { createEngine, readEngineSettings } = await import('./start-engine.ts');
	const engine = createEngine(port, readEngineSettings(env), wordsOf, (problem) =>
		console.error(`Notices: ${problem}`)
	);
	beforeShutdown(() => engine.stop());
	// Said at the start, not at the first request.
	readTickSecret(env);
	if (env['ENGINE_TIMER'] !== 'off') engine.run();
	return engine;
}

async function embeddedPort(config: EmbeddedConfig): Promise<EnginePort> {
	const backend = await embeddedBackend(config);
	return enginePort('http://embedded', backend.keys.secretKey, (input, init) =>
		backend.handle(new Request(input, init), 'engine')
	);
}

function remotePort({ supabaseUrl }: RemoteConfig, env: Environment): EnginePort | null {
	const secretKey = env['SUPABASE_SECRET_KEY'];
	return secretKey ? enginePort(supabaseUrl, secretKey, fetch) : null;
}
