/** The checks of `npm test`, in the order in which they run. To add one, add it here. */

export interface Stage {
	name: string;
	/** Also run by `npm run check`. */
	isStatic?: boolean;
	/** Needs build/ to be up to date. */
	needsBuild?: boolean;
	/** Needs a Chromium. */
	needsBrowser?: boolean;
	/** Commands that run one after another; arguments as the shell would split them. */
	commands: string[][];
	/** Which report counts the tests; a stage without one counts as a single test. */
	report?: 'vitest' | 'playwright';
	/** After this time the stage hangs: it is ended and has failed. Some three times what it takes on two cores with nothing beside it. */
	limitMinutes: number;
}

const vitest = (project: string, limitMinutes: number): Stage => ({
	name: project,
	commands: [['vitest', 'run', '--project', project]],
	report: 'vitest',
	limitMinutes
});

const stages: Stage[] = [
	{
		name: 'prepare',
		isStatic: true,
		commands: [
			['svelte-kit', 'sync'],
			['node', 'scripts/compile-messages.ts']
		],
		limitMinutes: 2
	},
	{
		name: 'format',
		isStatic: true,
		commands: [['prettier', '--check', '--log-level', 'warn', '.']],
		limitMinutes: 3
	},
	{
		name: 'lint',
		isStatic: true,
		commands: [['eslint', '--max-warnings', '0', '.']],
		limitMinutes: 10
	},
	{
		name: 'imports',
		isStatic: true,
		commands: [
			['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'src']
		],
		limitMinutes: 2
	},
	{
		name: 'svelte-check',
		isStatic: true,
		commands: [
			['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']
		],
		limitMinutes: 5
	},
	{
		name: 'worker-types',
		isStatic: true,
		commands: [['tsc', '--project', 'src/service-worker']],
		limitMinutes: 3
	},
	{ name: 'unused', isStatic: true, commands: [['knip']], limitMinutes: 3 },
	{
		name: 'database-types',
		isStatic: true,
		commands: [['node', 'scripts/check-types.mjs']],
		limitMinutes: 3
	},
	vitest('unit', 8),
	vitest('db', 12),
	vitest('api', 15),
	vitest('sync', 15),
	{ name: 'build', needsBuild: true, commands: [], limitMinutes: 5 },
	{
		name: 'size',
		needsBuild: true,
		commands: [['node', 'scripts/check-size.ts']],
		limitMinutes: 1
	},
	{
		name: 'e2e',
		needsBuild: true,
		needsBrowser: true,
		commands: [['playwright', 'test']],
		report: 'playwright',
		limitMinutes: 25
	}
];

/**
 * The stages that the arguments of `npm test` name: `static` for all static ones, none for all.
 *
 * @throws RangeError naming the possible words
 */
export function selectStages(names: string[]): Stage[] {
	const known = new Set(['static', ...stages.map((stage) => stage.name)]);
	const unknown = names.filter((name) => !known.has(name));
	if (unknown.length > 0) {
		throw new RangeError(
			`No stage is called ${unknown.join(', ')}. There are: ${[...known].join(', ')}.`
		);
	}
	if (names.length === 0) return stages;
	// Everything after it reads what `prepare` generates.
	return stages.filter(
		(stage) =>
			stage.name === 'prepare' ||
			names.includes(stage.name) ||
			(names.includes('static') && stage.isStatic === true)
	);
}
