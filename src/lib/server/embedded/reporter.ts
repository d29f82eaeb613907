/** Tells the console how a start is going: one line that moves on a terminal, few lines elsewhere. */
import type { WriteStream } from 'node:tty';

export interface Reporter {
	note(text: string): void;
	/** @param fraction From 0 to 1. */
	step(phase: string, fraction: number, label: string): void;
}

const LINE_STEP_PERCENT = 20;

export function createReporter(out: WriteStream): Reporter {
	let phase = '';
	let shownPercent = 0;

	return {
		note(text) {
			out.write(`${text}\n`);
		},
		step(nextPhase, fraction, label) {
			const percent = Math.floor(fraction * 100);
			if (nextPhase !== phase) [phase, shownPercent] = [nextPhase, -LINE_STEP_PERCENT];
			if (out.isTTY) {
				out.write(`\r\u001b[2K${phase} ${percent} %  ${label}`);
				if (percent === 100) out.write('\n');
			} else if (percent === 100 || percent >= shownPercent + LINE_STEP_PERCENT) {
				out.write(`${phase} ${percent} %  ${label}\n`);
				shownPercent = percent;
			}
		}
	};
}
