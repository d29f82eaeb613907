/** Why inviting did not work, and how to go on. */
import { m } from '#lib/paraglide/messages.js';
import type { InviteProblem } from './port.ts';

const WORDS: Readonly<Record<InviteProblem, () => string>> = {
	offline: m.settings_invite_offline,
	unreachable: m.errors_unreachable,
	signed_out: m.errors_signed_out,
	not_allowed: m.errors_not_allowed,
	unexpected: m.errors_unexpected
};

export function inviteProblemText(problem: InviteProblem): string {
	return WORDS[problem]();
}
