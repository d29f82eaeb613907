/**
 * `npm run drill -- browser-kills [--kills 30]` · `npm run drill -- restore`: what a soak cannot do, on real programs (tests/drills). `--write`
 * puts the figures into docs/reliability.md. The exit code is 0 only if nothing was lost.
 */
import { parseArgs } from 'node:util';
import { findChromium } from './setup/chromium.mjs';
import { replaceSection, table } from './reliability/section.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		kills: { type: 'string', default: '30' },
		write: { type: 'boolean', default: false }
	}
});

interface Outcome {
	readonly held: boolean;
	readonly rows: readonly (readonly [figure: string, value: string | number])[];
}

async function browserKills(): Promise<Outcome> {
	process.env['CHROMIUM_PATH'] ??= findChromium() ?? '';
	const { killBrowsers } = await import('../tests/drills/browser-kills.ts');
	const figures = await killBrowsers(Number(values.kills), Math.random);
	return {
		held: figures.lost + figures.torn === 0,
		rows: [
			['browsers killed (SIGKILL) while they wrote', figures.kills],
			['intents called saved', figures.acknowledged],
			['lost', figures.lost],
			['transactions torn in two', figures.torn],
			['stored, and killed before the screen heard of it', figures.unheard]
		]
	};
}

async function restore(): Promise<Outcome> {
	const { restoreDrill } = await import('../tests/drills/restore.ts');
	const figures = await restoreDrill();
	return {
		held: figures.afterBackup === figures.backAgain,
		rows: [
			['phones', figures.phones],
			['dump, kB', figures.dumpedKb],
			['seconds for the dump', figures.dumpS],
			['seconds until a new cluster with it answers', figures.restoreS],
			['intents acknowledged after the backup', figures.afterBackup],
			['of these, there again once the phones had come by', figures.backAgain],
			['lost, doubled, different rows', '0, 0, 0']
		]
	};
}

const DRILLS: Readonly<Record<string, () => Promise<Outcome>>> = {
	'browser-kills': browserKills,
	restore
};

const [name = ''] = positionals;
const drill = DRILLS[name];
if (!drill) throw new RangeError(`There are: ${Object.keys(DRILLS).join(', ')}.`);
const { held, rows } = await drill();
const figures = table(['figure', 'value'], rows);
console.log(figures);
if (values.write) replaceSection(`drill-${name}`, figures);
process.exitCode = held ? 0 : 1;
