/** Where things are. Plain JavaScript without packages: it runs on Node 20 before anything is installed. */
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const binDir = join(rootDir, 'node_modules', '.bin');

/** The environment for our own tools: the installed binaries, and with them Node 24, come first. */
export function toolEnvironment() {
	return { ...process.env, PATH: [binDir, process.env['PATH'] ?? ''].join(delimiter) };
}

/** The environment as the machine has it, without the folder that an installation replaces. */
export function machineEnvironment() {
	const path = (process.env['PATH'] ?? '')
		.split(delimiter)
		.filter((each) => !each.includes('node_modules'))
		.join(delimiter);
	return { ...process.env, PATH: path };
}
