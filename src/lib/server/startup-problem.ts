/** A reason why the server cannot start that its operator can understand and act on. */
export class StartupProblem extends Error {
	override readonly name = 'StartupProblem';

	/** @param message One sentence: what is wrong and how to fix it. */
	constructor(message: string, cause?: unknown) {
		super(message, { cause });
	}
}

export function unwritable(path: string, error: unknown): StartupProblem {
	const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
	return new StartupProblem(
		`The data folder ${path} cannot be written${code}; let this user write there, or set DATA_DIR to another folder.`,
		error
	);
}
