/** Compiler options for messages, shared by Vite and by the command line so that both write the same files. */
import type { CompilerOptions } from '@inlang/paraglide-js';

export const paraglideOptions = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	// The choice lives on this phone, so that it can be read offline before anything else is known.
	strategy: ['localStorage', 'baseLocale'],
	// One structure for dev and build: switching it would rewrite the folder under a running dev server.
	outputStructure: 'message-modules',
	isServer: "typeof window === 'undefined'",
	emitReadme: false
} satisfies CompilerOptions;
