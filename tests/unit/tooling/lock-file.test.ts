import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeLock, missingOptionalPackages } from '../../../scripts/lock/complete-lock.ts';
import type { Lock } from '../../../scripts/lock/complete-lock.ts';

const readRoot = (name: string): string =>
	readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const lock = JSON.parse(readRoot('package-lock.json')) as Lock;

test('the lock file holds the packages of every platform (else: npm run lock)', () => {
	expect([...missingOptionalPackages(lock).keys()]).toEqual([]);
});

test('the lock file names no registry', () => {
	expect(Object.values(lock.packages).filter((entry) => 'resolved' in entry)).toEqual([]);
});

test('every dependency is pinned to the version that is locked', () => {
	const { dependencies, devDependencies } = JSON.parse(readRoot('package.json')) as Record<
		'dependencies' | 'devDependencies',
		Record<string, string>
	>;
	const wanted = Object.fromEntries(
		Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => [
			name,
			// A second version of a package stands under a name of its own: "npm:package@version".
			version.replace(/^npm:.+@/, '')
		])
	);
	const locked = Object.fromEntries(
		Object.keys(wanted).map((name) => [name, lock.packages[`node_modules/${name}`]?.version])
	);
	expect(locked).toEqual(wanted);
});

test('a platform package that npm left out is added with its platform', () => {
	const incomplete: Lock = {
		packages: {
			'node_modules/rollup': {
				version: '4.0.0',
				dev: true,
				optionalDependencies: {
					'@rollup/rollup-linux-arm64-musl': '4.0.0',
					'@rollup/rollup-win32-x64-gnu': 'v4.0.0',
					'@rollup/rollup-here': '4.0.0'
				}
			},
			'node_modules/rollup/node_modules/@rollup/rollup-here': { version: '4.0.0' }
		}
	};
	const added = { version: '4.0.0', dev: true, optional: true };
	expect(completeLock(incomplete).packages).toEqual({
		...incomplete.packages,
		'node_modules/@rollup/rollup-linux-arm64-musl': {
			...added,
			...{ cpu: ['arm64'], libc: ['musl'], os: ['linux'] }
		},
		'node_modules/@rollup/rollup-win32-x64-gnu': { ...added, cpu: ['x64'], os: ['win32'] }
	});
});
