/** How the scripts end when something is wrong: one clear sentence, no stack trace. */

/** An expected failure, whose message tells the reader what to do. */
export class Stop extends Error {}

/**
 * Runs a script and turns an expected failure into a message and exit code 1.
 *
 * @param {() => Promise<void>} main
 */
export async function runOrStop(main) {
	try {
		await main();
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		console.error(`\n✖ ${error.message}`);
		process.exitCode = 1;
	}
}
