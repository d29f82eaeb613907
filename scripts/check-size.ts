/**
 * Fails when the JavaScript that a phone must load before it can use the Today screen is over budget:
 * all that the start, the app, the layouts, the error page and the page of `/` and the engine import statically, each file gzipped.
 * tests/e2e/first-load.spec.ts measures the same in a browser.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';

/** 130 kB gzip (issue 2: "How it is judged"). */
const budgetBytes = 130_000;

const outputDir = join(import.meta.dirname, '..', '.svelte-kit', 'output');
const generated = '.svelte-kit/generated/client-optimized';

const viteManifest = v.record(
	v.string(),
	v.object({
		file: v.string(),
		name: v.optional(v.string()),
		imports: v.optional(v.array(v.string()), [])
	})
);
const nodeNumbers = v.array(v.optional(v.number()));
const kitManifest = v.object({
	_: v.object({
		routes: v.array(
			v.object({
				pattern: v.instance(RegExp),
				page: v.nullable(v.object({ layouts: nodeNumbers, errors: nodeNumbers, leaf: v.number() }))
			})
		)
	})
});

const modules = v.parse(
	viteManifest,
	JSON.parse(readFileSync(join(outputDir, 'client', '.vite', 'manifest.json'), 'utf8'))
);
const entries = Object.keys(modules).filter((key) => key.endsWith('/runtime/client/entry.js'));
// Imported dynamically, because the sign-in screen does without; Today does not.
const engine = Object.keys(modules).filter((key) => modules[key]?.name === 'engine');
if (engine.length !== 1) throw new Error('The build has no engine: see scripts/chunk-groups.ts');
const nodes = (await nodesOfToday()).map((node) => `${generated}/nodes/${node}.js`);
const files = filesReachableFrom([...entries, ...engine, `${generated}/app.js`, ...nodes]);

const sizes = [...files]
	.map((file) => ({ file, bytes: gzipSync(readFileSync(join(outputDir, 'client', file))).length }))
	.sort((a, b) => b.bytes - a.bytes);
const totalBytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { file, bytes } of sizes.slice(0, 8)) {
	console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
}
console.log(
	`${(totalBytes / 1000).toFixed(1).padStart(7)} kB  gzip in ${sizes.length} files before / can be used; budget ${budgetBytes / 1000} kB`
);
if (totalBytes > budgetBytes) {
	console.error('Load what / does not need at once behind a dynamic import().');
	process.exitCode = 1;
}

/** The numbers of the layouts, error pages and page that SvelteKit loads for `/`. */
async function nodesOfToday(): Promise<number[]> {
	const built: unknown = await import(
		pathToFileURL(join(outputDir, 'server', 'manifest-full.js')).href
	);
	const { manifest } = v.parse(v.object({ manifest: kitManifest }), built);
	const today = manifest._.routes.find(({ pattern, page }) => page !== null && pattern.test('/'));
	if (!today?.page) throw new Error('The build has no page at /');
	const { layouts, errors, leaf } = today.page;
	return [...layouts, ...errors, leaf].filter((node) => node !== undefined);
}

function filesReachableFrom(keys: string[]): Set<string> {
	const files = new Set<string>();
	const pending = [...keys];
	for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
		const module = modules[key];
		if (module === undefined) throw new Error(`The build has no module ${key}`);
		if (files.has(module.file)) continue;
		files.add(module.file);
		pending.push(...module.imports);
	}
	return files;
}
