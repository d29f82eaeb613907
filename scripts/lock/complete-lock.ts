/**
 * Adds the optional packages of other platforms that npm left out of package-lock.json.
 *
 * npm drops from the lock file an optional package that it could not see when it was written (another
 * platform's binary: npm/cli#4828), and `npm ci` then refuses the lock file as incomplete. Run this
 * after every change of dependencies (`npm run lock`).
 */

export interface LockEntry {
	version?: string;
	optional?: boolean;
	dev?: boolean;
	os?: string[];
	cpu?: string[];
	libc?: string[];
	optionalDependencies?: Record<string, string>;
	[other: string]: unknown;
}

export interface Lock {
	packages: Record<string, LockEntry>;
	[other: string]: unknown;
}

/** What is optional for a locked package, but not locked itself: path in the lock file → entry. */
export function missingOptionalPackages(lock: Lock): Map<string, LockEntry> {
	const missing = new Map<string, LockEntry>();
	for (const [path, entry] of Object.entries(lock.packages)) {
		for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
			if (isLocked(lock, path, name)) continue;
			missing.set(`node_modules/${name}`, {
				version: version.replace(/^v/, ''),
				...platformOf(name),
				...(entry.dev === true && { dev: true }),
				optional: true
			});
		}
	}
	return missing;
}

/** The lock file with every missing optional package, in npm's order. */
export function completeLock(lock: Lock): Lock {
	const added = [...missingOptionalPackages(lock)];
	const entries = [...Object.entries(lock.packages), ...added];
	entries.sort(([a], [b]) => a.localeCompare(b, 'en'));
	return { ...lock, packages: Object.fromEntries(entries) };
}

/** Node looks for a package in every node_modules folder on the way up. */
function isLocked(lock: Lock, path: string, name: string): boolean {
	const steps = path.split('/node_modules/');
	const folders = steps.map((_, index) => steps.slice(0, index + 1).join('/node_modules/'));
	return ['', ...folders].some((folder) => {
		const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
		return candidate in lock.packages;
	});
}

/** Reads the platform from the package's name, as in `@rollup/rollup-linux-arm64-musl`. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
	const words = name.replace('windows', 'win32').split('-');
	const os = words.find((word) =>
		['android', 'darwin', 'freebsd', 'linux', 'openbsd', 'openharmony', 'win32'].includes(word)
	);
	const cpu = words.find((word) =>
		['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'].includes(word)
	);
	const libc = words.find((word) => /^(gnu|musl)/.test(word));
	return {
		...(cpu !== undefined && { cpu: [cpu] }),
		...(os === 'linux' &&
			libc !== undefined && { libc: [libc.startsWith('musl') ? 'musl' : 'glibc'] }),
		...(os !== undefined && { os: [os] })
	};
}
