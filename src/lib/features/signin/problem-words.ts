/** What to tell somebody who could not be let in: what went wrong and how to go on. */
import { m } from '#lib/paraglide/messages.js';
import type { InvitationProblem, SignInProblem } from './port.ts';

/** Problems that belong to what was typed stand beside that field; the others stand above the form. */
export function fieldOfProblem(problem: SignInProblem): 'password' | 'email' | null {
	if (problem.kind === 'wrong_password' || problem.kind === 'weak_password') return 'password';
	return problem.kind === 'email_taken' ? 'email' : null;
}

/** @param unlocking the phone knows who it is, so only the password can be wrong */
export function signInProblemText(problem: SignInProblem, unlocking: boolean): string {
	switch (problem.kind) {
		case 'wrong_password':
			return unlocking ? m.signin_error_wrong_unlock() : m.signin_error_wrong();
		case 'throttled':
			return m.signin_error_throttled({ seconds: problem.retryAfterS });
		case 'offline':
			return m.signin_error_offline();
		case 'unreachable':
			return m.signin_error_unreachable();
		case 'email_taken':
			return m.signin_error_email_taken();
		case 'weak_password':
			return m.signin_error_weak_password();
		case 'storage':
			return m.signin_error_storage();
		case 'unexpected':
			return m.signin_error_unexpected();
	}
}

export interface InvitationProblemWords {
	readonly title: string;
	readonly hint: string;
	/** Trying the same link again may help. */
	readonly canRetry: boolean;
}

export function invitationProblemWords(problem: InvitationProblem): InvitationProblemWords {
	switch (problem.kind) {
		case 'expired':
			return final(m.signin_join_expired_title(), m.signin_join_expired());
		case 'used':
			return final(m.signin_join_used_title(), m.signin_join_used());
		case 'revoked':
			return final(m.signin_join_revoked_title(), m.signin_join_revoked());
		case 'unknown':
			return final(m.signin_join_unknown_title(), m.signin_join_unknown());
		case 'not_in_role':
			return final(m.signin_join_not_in_role_title(), m.signin_join_not_in_role());
		case 'offline':
			return again(m.signin_join_offline_title(), m.signin_join_offline());
		case 'unreachable':
			return again(m.signin_join_unreachable_title(), m.signin_error_unreachable());
		case 'signed_out':
		case 'unexpected':
			return again(m.signin_join_unexpected_title(), m.signin_join_unexpected());
	}
}

function final(title: string, hint: string): InvitationProblemWords {
	return { title, hint, canRetry: false };
}

function again(title: string, hint: string): InvitationProblemWords {
	return { title, hint, canRetry: true };
}
