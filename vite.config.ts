import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';
import { paraglideOptions } from './scripts/paraglide-options.ts';
import { embeddedBackendPlugin } from './scripts/vite-embedded-backend.ts';

/**
 * Parts that many screens share travel in one file: a hundred small ones compress badly, and each costs a request on a slow line. What few
 * screens use stays with them.
 */
const sharedParts = {
	name: 'shared',
	test: /src\/lib\/(ui|care-ui|domain|db|paraglide)\//,
	minShareCount: 10
};

export default defineConfig({
	environments: {
		client: {
			build: { rolldownOptions: { output: { codeSplitting: { groups: [sharedParts] } } } }
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
