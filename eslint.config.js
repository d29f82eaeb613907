import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import { houseRules } from './scripts/lint/house-rules.js';
import svelteConfig from './svelte.config.js';

const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({
	name,
	message:
		'Only src/lib/remote speaks to the network. A screen reads and writes the local store; sync carries it.'
}));

const restrictedImports = {
	patterns: [
		{
			group: ['$lib', '$lib/*'],
			message: "Write '#lib/room/file.ts': Node, tests and Vite all resolve it."
		},
		{ group: ['svelte/store', '$app/stores'], message: 'State lives in runes and live queries.' }
	]
};

const explicitExtension = {
	selector:
		':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression) > Literal.source[value=/^(\\.|#lib).*\\/[^.$\\/]+$/]',
	message: "Name the file with its extension ('./rows.ts'): Node runs these files as they are."
};
const defaultExport = {
	selector: 'ExportDefaultDeclaration',
	message: 'Use a named export, so that a name means the same thing everywhere.'
};
const focusedOrSkipped = {
	selector:
		'MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name=/^(only|skip|skipIf|runIf|todo|fixme)$/]',
	message: 'Every test runs every time: repair it or delete it.'
};
const clockOrChance = [
	{
		selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
		message: 'The domain has no clock: take the instant as an argument.'
	},
	{
		selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
		message: 'The domain has no clock: take the instant as an argument.'
	},
	{
		selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
		message: 'The domain has no randomness: take the id or number as an argument.'
	},
	{ selector: 'AwaitExpression', message: 'The domain never waits: rules are plain functions.' },
	{
		selector: ':function[async=true]',
		message: 'The domain never waits: rules are plain functions.'
	}
];
const wordInMarkup = [
	{
		selector: 'SvelteText[value=/[A-Za-z]{2,}|\\p{Script=Han}/u]',
		message: 'Words come from messages/<locale>/<feature>.json (in ui/: from props).'
	},
	{
		selector: 'SvelteAttribute > SvelteLiteral[value=/\\p{Script=Han}/u]',
		message: 'Words come from messages/<locale>/<feature>.json (in ui/: from props).'
	},
	{
		selector: 'Literal[value=/\\p{Script=Han}/u]',
		message: 'Words come from messages/<locale>/<feature>.json (in ui/: from props).'
	}
];

export default defineConfig(
	// Generated from the migrations (npm run types).
	{ ignores: ['src/lib/protocol/database.types.ts'] },
	globalIgnores([
		'build/',
		'.svelte-kit/',
		'src/lib/paraglide/',
		'test-results/',
		'playwright-report/',
		// Built on packages that only `npm run bench peers` installs.
		'tests/bench/peers/foreign/'
	]),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	tseslint.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		plugins: { house: houseRules },
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			// The product is served at the root: links are plain paths, also those that come by push.
			'svelte/no-navigation-without-resolve': 'off',
			// It asks the type of everything that is read; there are no stores here (no-restricted-imports).
			'svelte/require-store-reactive-access': 'off',
			eqeqeq: ['error', 'always'],
			'max-lines': ['error', { max: 400 }],
			'no-console': ['error', { allow: ['warn', 'error'] }],
			'no-empty': 'error',
			'prefer-const': 'error',
			'no-restricted-imports': ['error', restrictedImports],
			'no-restricted-syntax': ['error', explicitExtension],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports' }
			],
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
			],
			// An interface may ask for a promise where one implementation has nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } }
	},
	{
		// In modules it takes every local Map and Date of an exported class for shared state.
		files: ['**/*.svelte.ts'],
		rules: { 'svelte/prefer-svelte-reactivity': 'off' }
	},
	{
		files: ['src/**/*.svelte'],
		rules: {
			'no-restricted-syntax': ['error', explicitExtension, ...wordInMarkup],
			// The parser cannot infer a snippet's parameters and takes them for `any`; svelte-check can.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			// It does not see the warnings that svelte-check sees, and calls their excuses needless.
			'svelte/no-unused-svelte-ignore': 'off',
			// `let` is how $props() and $bindable() are written.
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { destructuring: 'all' }]
		}
	},
	{
		files: ['src/**'],
		ignores: [
			'src/lib/remote/**',
			'src/lib/server/**',
			'src/service-worker/**',
			'src/**/*.server.ts',
			'src/routes/**/+server.ts'
		],
		rules: { 'no-restricted-globals': ['error', ...networkGlobals] }
	},
	{
		files: ['src/lib/**/*.ts'],
		ignores: ['src/lib/domain/**'],
		rules: { 'no-restricted-syntax': ['error', explicitExtension, defaultExport] }
	},
	{
		files: ['src/lib/domain/**'],
		rules: { 'no-restricted-syntax': ['error', explicitExtension, defaultExport, ...clockOrChance] }
	},
	{
		files: ['src/**'],
		rules: { 'house/named-rooms': 'error' }
	},
	{
		files: ['src/**'],
		ignores: ['src/lib/db/**', 'src/lib/protocol/**'],
		rules: { 'house/justified-assertion': 'error' }
	},
	{
		files: ['src/lib/server/**', 'src/**/*.server.ts', 'scripts/**', 'tests/bench/**'],
		rules: { 'no-console': 'off' }
	},
	{
		files: ['tests/**'],
		rules: {
			'no-restricted-syntax': ['error', explicitExtension, focusedOrSkipped],
			'@typescript-eslint/no-non-null-assertion': 'off',
			// Answers of the API are read as they came, to see what was really sent.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{ files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] }
);
