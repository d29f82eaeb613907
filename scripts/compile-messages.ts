/** Compiles messages/<locale>/<feature>.json into typed functions in src/lib/paraglide. */
import { compile } from '@inlang/paraglide-js';
import { paraglideOptions } from './paraglide-options.ts';

// Not cleaning keeps the folder readable for a dev server that runs meanwhile.
await compile({ ...paraglideOptions, cleanOutdir: false });
