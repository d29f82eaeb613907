/** Gives way to the first screen. */
import { isAwaitingReads } from '#lib/db/watch.ts';
import { nextIdle } from '#lib/ui/next-idle.ts';

const AT_LATEST_MS = 5_000;

/** Resolves when what is on the screen has been read and the browser has nothing better to do; after five seconds anyway. */
export async function whenIdle(): Promise<void> {
	const latestMs = performance.now() + AT_LATEST_MS;
	do await nextIdle(latestMs - performance.now());
	while (isAwaitingReads() && performance.now() < latestMs);
}
