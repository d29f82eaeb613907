/** An intent of a kind that the last release did not know, as a phone would make it. */
import type { Intent } from '#lib/sync/commit.ts';

export interface NewKind {
	readonly mid: string;
	/** Device instant, ISO. */
	readonly at: string;
	/** The words in braces are put right by who plays it. */
	readonly intent: Intent;
}
