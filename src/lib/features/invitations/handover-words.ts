/** Why a hand-over did not work, and how to go on. */
import { m } from '#lib/paraglide/messages.js';
import type { HandoverProblem } from './port.ts';

const WORDS: Readonly<Record<HandoverProblem, () => string>> = {
	offline: m.cases_handover_offline,
	unreachable: m.errors_unreachable,
	signed_out: m.errors_signed_out,
	not_allowed: m.cases_receive_not_supervisor,
	unexpected: m.errors_unexpected,
	unknown: m.cases_receive_unknown,
	used: m.cases_receive_used,
	revoked: m.cases_receive_revoked,
	expired: m.cases_receive_expired,
	same_organization: m.cases_receive_same
};

export function handoverProblemText(problem: HandoverProblem): string {
	return WORDS[problem]();
}

/** Whether trying again later may help, with the same link. */
export function mayTryAgain(problem: HandoverProblem): boolean {
	return problem === 'offline' || problem === 'unreachable' || problem === 'unexpected';
}
