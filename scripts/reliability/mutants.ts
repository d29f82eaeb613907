/** The guards of the sync engine, each with a change that takes it away, and the test that must notice. */
import { PHONE_MUTANTS } from './phone-mutants.ts';
import { SERVER_MUTANTS } from './server-mutants.ts';

export interface Mutant {
	readonly guard: string;
	readonly file: string;
	/** Stands in the file exactly once. */
	readonly find: string;
	readonly replace: string;
	readonly project: 'unit' | 'db' | 'sync';
	readonly test: string;
	/** Part of the test's name. */
	readonly named: string;
}

export const MUTANTS: readonly Mutant[] = [...SERVER_MUTANTS, ...PHONE_MUTANTS];
