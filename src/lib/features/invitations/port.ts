/** What inviting people, and handing cases over, needs of the server; online only, because a link must be valid when it is given away. */
import { createContext } from 'svelte';
import type { CircleRole, StaffRole } from '#lib/domain/rows.ts';

export interface NewInvitation {
	readonly orgId: string;
	/** Set for the circle of one care recipient, null for staff of the organisation. */
	readonly caseId: string | null;
	readonly role: StaffRole | CircleRole;
	readonly displayName: string;
	readonly relation: string | null;
}

/** The token is known only now: the server keeps a hash of it. */
export interface FreshInvitation {
	readonly id: string;
	readonly token: string;
	readonly expiresAt: string;
}

export interface SentInvitation {
	readonly id: string;
	readonly displayName: string;
	readonly role: string;
	readonly caseId: string | null;
	readonly relation: string | null;
	readonly createdAt: string;
	readonly expiresAt: string;
	readonly acceptedAt: string | null;
	readonly revokedAt: string | null;
}

export type InviteProblem = 'offline' | 'unreachable' | 'signed_out' | 'not_allowed' | 'unexpected';
export type InviteAnswer<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly problem: InviteProblem };

/** A hand-over that nobody has accepted yet. */
export interface OpenHandover {
	readonly id: string;
	readonly authorName: string | null;
	readonly expiresAt: string;
}

/** What a hand-over offers to who opens its link. */
export interface HandoverOffer {
	readonly caseName: string;
	readonly fromOrgId: string;
	readonly fromOrgName: string;
	readonly authorName: string | null;
}

export type HandoverProblem =
	InviteProblem | 'unknown' | 'used' | 'revoked' | 'expired' | 'same_organization';
export type HandoverAnswer<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly problem: HandoverProblem };

export interface InvitationsPort {
	/** Reactive. */
	readonly online: boolean;
	/** Where the app is reached, without a slash at the end. */
	readonly origin: string;
	create(invitation: NewInvitation): Promise<InviteAnswer<FreshInvitation>>;
	list(orgId: string): Promise<InviteAnswer<readonly SentInvitation[]>>;
	revoke(id: string): Promise<InviteAnswer<null>>;
	offerCase(caseId: string): Promise<InviteAnswer<FreshInvitation>>;
	openHandovers(caseId: string): Promise<InviteAnswer<readonly OpenHandover[]>>;
	withdrawHandover(id: string): Promise<InviteAnswer<null>>;
	previewHandover(token: string): Promise<HandoverAnswer<HandoverOffer>>;
	/** Answers with the id of the case, which then arrives by sync. */
	acceptHandover(token: string, orgId: string): Promise<HandoverAnswer<string>>;
}

export const [getInvitationsPort, setInvitationsPort] = createContext<InvitationsPort>();
