/** Why something that needs the server did not work, and how to go on. */
import { m } from '#lib/paraglide/messages.js';
import type { OnlineProblem } from './port.ts';

const WORDS: Readonly<Record<OnlineProblem, () => string>> = {
	offline: m.errors_offline,
	unreachable: m.errors_unreachable,
	signed_out: m.errors_signed_out,
	not_allowed: m.errors_not_allowed,
	unexpected: m.errors_unexpected
};

export function onlineProblemText(problem: OnlineProblem): string {
	return WORDS[problem]();
}
