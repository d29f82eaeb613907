/** The server of a file of tests, and an agency on it. */
import { afterAll } from 'vitest';
import type { Backend } from './backend.ts';
import { aWorld, installTestHelpers, type World } from './world.ts';

/** Call once, at the top of the file: `await servedWorld(EmbeddedBackend.start())`. */
export async function servedWorld<Server extends Backend>(
	starting: Promise<Server>
): Promise<{ backend: Server; world: World }> {
	const backend = await starting;
	afterAll(() => backend.stop());
	await installTestHelpers(backend);
	return { backend, world: await aWorld(backend) };
}
