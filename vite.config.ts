import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';
import { chunkGroups } from './scripts/chunk-groups.ts';
import { paraglideOptions } from './scripts/paraglide-options.ts';
import { embeddedBackendPlugin } from './scripts/vite-embedded-backend.ts';

/** Its default is ES5 in CommonJS; this is the same code in the language that Svelte's output needs anyway, 2 kB less. */
const modernDexie = { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' };

/**
 * Pages bring their code by themselves: a list of all files of all pages would travel with the first load, and grow with each page.
 * Styles stay listed, for nothing else brings them. (docs/decisions/007-shared-chunks.md)
 */
const stylesOnly = (_file: string, needed: string[]) =>
	needed.filter((file) => file.endsWith('.css'));

export default defineConfig({
	resolve: { alias: [modernDexie] },
	environments: {
		client: {
			build: {
				modulePreload: { resolveDependencies: stylesOnly },
				rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } }
			}
		}
	},
	plugins: [
		tailwindcss(),
		paraglideVitePlugin(paraglideOptions),
		icons({ compiler: 'svelte' }),
		sveltekit(),
		embeddedBackendPlugin()
	]
});
