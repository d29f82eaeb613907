/** What became of an invitation. */
import type { SentInvitation } from './port.ts';

export type InvitationState = 'open' | 'accepted' | 'expired' | 'revoked';

/** @param now ISO instant */
export function invitationState(invitation: SentInvitation, now: string): InvitationState {
	if (invitation.acceptedAt !== null) return 'accepted';
	if (invitation.revokedAt !== null) return 'revoked';
	return Date.parse(invitation.expiresAt) <= Date.parse(now) ? 'expired' : 'open';
}
