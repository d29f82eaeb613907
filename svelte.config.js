import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import packageJson from './package.json' with { type: 'json' };

/**
 * Digits of the build's instant: every build is another version, or phones would keep parts of the old one. Kept in the
 * environment because this file is read more than once a build, and client and server must name the same version.
 */
const builtAt = (process.env.CONNECT10_BUILT_AT ??= new Date().toISOString().replace(/\D/g, ''));

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	compilerOptions: {
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: adapter({ out: 'build' }),
		version: { name: `${packageJson.version}+${builtAt}` },
		// Registered by workbox-window, which shows the update prompt.
		serviceWorker: {
			register: false,
			// Only the browser's offer to install shows these pictures: no phone keeps them.
			files: (path) => !path.startsWith('screens/')
		},
		// The cached shell `/` must also work for `/cases/1`, so its links are absolute.
		paths: { relative: false },
		// connect-src is added per request in hooks.server.ts: it depends on which Supabase is used.
		csp: {
			mode: 'hash',
			directives: {
				'script-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		}
	}
};

export default config;
