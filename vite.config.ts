import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';
import { paraglideOptions } from './scripts/paraglide-options.ts';
import { embeddedBackendPlugin } from './scripts/vite-embedded-backend.ts';

export default defineConfig({
	plugins: [
		tailwindcss(),
		paraglideVitePlugin(paraglideOptions),
		icons({ compiler: 'svelte' }),
		sveltekit(),
		embeddedBackendPlugin()
	]
});
