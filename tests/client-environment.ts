/**
 * Node without a DOM, but with modules compiled for the browser, so that `$state` and `$effect` run.
 * IndexedDB comes from `fake-indexeddb/auto` in the tests that store.
 */
import type { Environment } from 'vitest/runtime';

const clientEnvironment: Environment = {
	name: 'client-without-dom',
	viteEnvironment: 'client',
	setup: () => ({ teardown: () => undefined })
};

export default clientEnvironment;
