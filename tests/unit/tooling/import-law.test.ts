/** The import law must reject a planted violation of each of its rules, also in .svelte files, and allow what the design allows. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

/** Every file of the planted tree, with what it imports. Targets exist so that they resolve. */
const plantedFiles: Record<string, string[]> = {
	'src/lib/domain/visit.ts': [],
	'src/lib/protocol/request.ts': ['#lib/domain/visit.ts', 'valibot'],
	'src/lib/db/visits.ts': ['#lib/domain/visit.ts', 'dexie'],
	'src/lib/sync/engine.ts': ['#lib/protocol/request.ts', '#lib/db/visits.ts'],
	'src/lib/sync/status.svelte.ts': ['#lib/db/visits.ts'],
	'src/lib/sync/workspace.ts': ['#lib/db/visits.ts'],
	'src/lib/care-ui/VisitRow.svelte': ['#lib/ui/Button.svelte', '#lib/sync/status.svelte.ts'],
	'src/lib/remote/client.ts': ['#lib/protocol/request.ts', '@supabase/supabase-js'],
	'src/lib/intake/csv.ts': ['#lib/domain/visit.ts'],
	'src/lib/ui/Button.svelte': ['svelte'],
	'src/lib/paraglide/messages.js': [],
	'src/lib/features/visits/actions.ts': [
		'#lib/domain/visit.ts',
		'#lib/sync/workspace.ts',
		'./draft.ts'
	],
	'src/lib/features/visits/draft.ts': [],
	'src/lib/features/visits/VisitCard.svelte': [
		'#lib/ui/Button.svelte',
		'#lib/care-ui/VisitRow.svelte',
		'#lib/sync/status.svelte.ts',
		'#lib/paraglide/messages.js'
	],
	'src/lib/features/tasks/Board.svelte': [],
	'src/lib/app/session.ts': ['#lib/remote/client.ts', '#lib/sync/engine.ts'],
	'src/lib/server/notifier.ts': [
		'#lib/domain/visit.ts',
		'#lib/intake/csv.ts',
		'web-push',
		'node:fs'
	],
	'src/routes/visits/+page.svelte': [
		'#lib/features/visits/VisitCard.svelte',
		'#lib/app/session.ts'
	],
	'src/routes/health/+server.ts': ['#lib/server/notifier.ts'],
	'src/hooks.server.ts': ['#lib/server/notifier.ts'],
	'src/service-worker/index.ts': [
		'#lib/db/visits.ts',
		'#lib/protocol/request.ts',
		'workbox-precaching'
	],
	'tests/fixtures/builders.ts': [],

	'src/lib/domain/bad-db.ts': ['#lib/db/visits.ts'],
	'src/lib/domain/bad-package.ts': ['valibot'],
	'src/lib/domain/bad-type.ts': ['type #lib/db/visits.ts'],
	'src/lib/protocol/bad.ts': ['#lib/db/visits.ts'],
	'src/lib/db/bad.ts': ['#lib/sync/engine.ts'],
	'src/lib/sync/bad.ts': ['#lib/remote/client.ts'],
	'src/lib/remote/bad.ts': ['#lib/db/visits.ts'],
	'src/lib/intake/bad.ts': ['#lib/db/visits.ts'],
	'src/lib/features/visits/Bad.svelte': ['#lib/features/tasks/Board.svelte'],
	'src/lib/features/visits/BadRemote.svelte': ['#lib/remote/client.ts'],
	'src/lib/features/visits/bad-engine.ts': ['#lib/sync/engine.ts'],
	'src/lib/care-ui/Bad.svelte': ['#lib/features/tasks/Board.svelte'],
	'src/lib/features/visits/bad-dexie.ts': ['dexie'],
	'src/lib/features/visits/bad-supabase.ts': ['@supabase/supabase-js'],
	'src/lib/features/visits/bad-node.ts': ['node:fs'],
	'src/lib/features/visits/bad-dev.ts': ['fake-indexeddb'],
	'src/lib/features/visits/bad-test.ts': ['../../../../tests/fixtures/builders.ts'],
	'src/lib/features/visits/bad-name.ts': ['#lib/domain/nothing-here.ts'],
	'src/lib/features/visits/cycle-a.ts': ['./cycle-b.ts'],
	'src/lib/features/visits/cycle-b.ts': ['./cycle-a.ts'],
	'src/lib/ui/Bad.svelte': ['#lib/domain/visit.ts'],
	'src/lib/ui/BadMessages.svelte': ['#lib/paraglide/messages.js'],
	'src/lib/app/bad.ts': ['#lib/server/notifier.ts'],
	'src/lib/app/bad-route.ts': ['../../routes/visits/+page.svelte'],
	'src/lib/app/bad-pglite.ts': ['@electric-sql/pglite'],
	'src/lib/features/visits/bad-workbox.ts': ['workbox-window'],
	'src/lib/server/bad.ts': ['#lib/remote/client.ts'],
	'src/routes/visits/Bad.svelte': ['#lib/db/visits.ts'],
	'src/routes/visits/bad-server.ts': ['#lib/server/notifier.ts'],
	'src/service-worker/bad.ts': ['#lib/features/visits/actions.ts'],
	'src/lib/helpers/bad.ts': [],
	'src/lib/app/bad-room.ts': ['#lib/helpers/bad.ts']
};

/** The rule that must name each planted file. */
const expectedRules: Record<string, string> = {
	'src/lib/domain/bad-db.ts': 'room-domain',
	'src/lib/domain/bad-package.ts': 'room-domain-no-packages',
	'src/lib/domain/bad-type.ts': 'room-domain',
	'src/lib/protocol/bad.ts': 'room-protocol',
	'src/lib/db/bad.ts': 'room-db',
	'src/lib/sync/bad.ts': 'room-sync',
	'src/lib/remote/bad.ts': 'room-remote',
	'src/lib/intake/bad.ts': 'room-intake',
	'src/lib/features/visits/Bad.svelte': 'features-apart',
	'src/lib/features/visits/BadRemote.svelte': 'room-features',
	'src/lib/features/visits/bad-engine.ts': 'screens-sync-front-door',
	'src/lib/care-ui/Bad.svelte': 'room-care-ui',
	'src/lib/features/visits/bad-dexie.ts': 'dexie-only-in-db',
	'src/lib/features/visits/bad-supabase.ts': 'supabase-only-in-remote',
	'src/lib/features/visits/bad-node.ts': 'node-modules-only-in-server',
	'src/lib/features/visits/bad-dev.ts': 'no-dev-packages-at-run-time',
	'src/lib/features/visits/bad-test.ts': 'no-tests-or-scripts-in-src',
	'src/lib/features/visits/bad-name.ts': 'resolvable',
	'src/lib/features/visits/cycle-a.ts': 'no-cycles',
	'src/lib/ui/Bad.svelte': 'room-ui',
	'src/lib/ui/BadMessages.svelte': 'room-ui',
	'src/lib/app/bad.ts': 'room-app',
	'src/lib/app/bad-route.ts': 'nobody-imports-routes',
	'src/lib/app/bad-pglite.ts': 'node-packages-only-in-server',
	'src/lib/features/visits/bad-workbox.ts': 'workbox-at-the-edges',
	'src/lib/server/bad.ts': 'room-server',
	'src/routes/visits/Bad.svelte': 'room-routes',
	'src/routes/visits/bad-server.ts': 'server-stays-on-the-server',
	'src/service-worker/bad.ts': 'room-service-worker',
	'src/lib/app/bad-room.ts': 'known-rooms'
};

interface CruiseReport {
	summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

let plantedTree = '';
let violations: CruiseReport['summary']['violations'] = [];

function sourceOf(path: string, imports: string[]): string {
	const lines = imports.map((each, index) =>
		each.startsWith('type ')
			? `import type { T${index} } from '${each.slice(5)}';\nexport type U${index} = T${index};`
			: `import * as i${index} from '${each}';\nconsole.log(i${index});`
	);
	const script = [
		...lines,
		path.endsWith('.svelte') ? '' : 'export const marker: number = 1;'
	].join('\n');
	return path.endsWith('.svelte')
		? `<script lang="ts">\n${script}\nconst n: number = 1;\n</script>\n<p>{n}</p>`
		: script;
}

beforeAll(() => {
	plantedTree = mkdtempSync(join(tmpdir(), 'import-law-'));
	symlinkSync(join(root, 'node_modules'), join(plantedTree, 'node_modules'));
	symlinkSync(join(root, 'package.json'), join(plantedTree, 'package.json'));
	for (const [path, imports] of Object.entries(plantedFiles)) {
		mkdirSync(dirname(join(plantedTree, path)), { recursive: true });
		writeFileSync(join(plantedTree, path), sourceOf(path, imports));
	}
	// Exits non-zero when it finds violations, which is what is wanted here.
	const { stdout } = spawnSync(
		join(root, 'node_modules/.bin/depcruise'),
		['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'],
		{ cwd: plantedTree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }
	);
	// What dependency-cruiser documents as its JSON result; the tests below fail if it is not.
	violations = (JSON.parse(stdout) as CruiseReport).summary.violations;
}, 60_000);

afterAll(() => rmSync(plantedTree, { recursive: true, force: true }));

describe('a planted violation is caught', () => {
	test.each(Object.entries(expectedRules))('%s by %s', (file, rule) => {
		const rulesBroken = violations
			.filter((each) => each.from === file)
			.map((each) => each.rule.name);
		expect(rulesBroken).toContain(rule);
	});
});

test('what the design allows passes', () => {
	const innocent = violations.filter((each) => !(each.from in expectedRules));
	expect(innocent).toEqual([]);
});

test('every rule of the law has a planted violation', async () => {
	const law: unknown = await import(join(root, '.dependency-cruiser.cjs'));
	const ruleNames = [...JSON.stringify(law).matchAll(/"name":"([^"]+)"/g)].map((match) => match[1]);
	expect(new Set(ruleNames).difference(new Set(Object.values(expectedRules)))).toEqual(new Set());
});
