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

export default defineConfig({
	resolve: { alias: [modernDexie] },
	environments: {
		client: {
			build: { rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } } }
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
