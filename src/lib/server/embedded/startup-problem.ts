/** A reason why the server cannot start that its operator can understand and act on. */
export class StartupProblem extends Error {
	override readonly name = 'StartupProblem';

	/** @param message One sentence: what is wrong and how to fix it. */
	constructor(message: string, cause?: unknown) {
		super(message, { cause });
	}
}
