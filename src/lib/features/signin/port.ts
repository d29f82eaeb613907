/** What signing in needs of the app around it: the people of this phone, the lock, and the accounts of the server. */
import { createContext } from 'svelte';

/** Somebody who has signed in on this phone before, and can open it without the network. */
export interface KnownPerson {
	readonly userId: string;
	readonly displayName: string;
	readonly email: string;
}

export interface DemoAccount {
	readonly email: string;
	readonly role: 'supervisor' | 'care_manager' | 'nurse' | 'worker' | 'therapist' | 'family';
	/** From the other organisation of the demo. */
	readonly elsewhere: boolean;
}

/** What happened before somebody came to this door. */
export interface DoorNotice {
	readonly kind: 'info' | 'warning';
	readonly title?: string;
	readonly paragraphs: readonly string[];
}

/** Why somebody could not be let in. */
export type SignInProblem =
	| { readonly kind: 'wrong_password' }
	| { readonly kind: 'throttled'; readonly retryAfterS: number }
	/** This phone has no network. */
	| { readonly kind: 'offline' }
	/** There is a network, but no answer, or one that is not the server's. */
	| { readonly kind: 'unreachable' }
	| { readonly kind: 'email_taken' }
	/** The server finds the new password too weak. */
	| { readonly kind: 'weak_password' }
	/** This phone cannot store anything. */
	| { readonly kind: 'storage' }
	| { readonly kind: 'unexpected' };

export type Outcome<Problem> =
	{ readonly ok: true } | { readonly ok: false; readonly problem: Problem };

export interface NewAccount {
	readonly displayName: string;
	readonly email: string;
	readonly password: string;
}

/** What an invitation offers, before it is accepted. */
export interface InvitationOffer {
	readonly orgName: string;
	readonly inviterName: string | null;
	readonly role: string;
	readonly displayName: string;
	readonly relation: string | null;
	/** Only for those invited to one care recipient's circle. */
	readonly caseName: string | null;
}

export type InvitationProblem =
	| { readonly kind: 'expired' }
	| { readonly kind: 'used' }
	| { readonly kind: 'revoked' }
	| { readonly kind: 'unknown' }
	/** It opens a circle to staff only, and this account is none. */
	| { readonly kind: 'not_in_role' }
	| { readonly kind: 'offline' }
	| { readonly kind: 'unreachable' }
	| { readonly kind: 'signed_out' }
	| { readonly kind: 'unexpected' };

/** Every property is reactive. */
export interface SignInPort {
	/** Those remembered on this phone, the last one first. */
	readonly people: readonly KnownPerson[];
	/** Whose app is open now, if any. */
	readonly openFor: KnownPerson | null;
	/** The server no longer takes this phone's session of the open user. */
	readonly sessionEnded: boolean;
	readonly online: boolean;
	/** Empty unless the server says that it holds the demo. */
	readonly demoAccounts: readonly DemoAccount[];
	readonly demoPassword: string;
	/** Opens the app for somebody remembered; works offline. */
	unlock(userId: string, password: string): Promise<Outcome<SignInProblem>>;
	signIn(email: string, password: string): Promise<Outcome<SignInProblem>>;
	signUp(account: NewAccount): Promise<Outcome<SignInProblem>>;
	previewInvitation(
		token: string
	): Promise<
		| { readonly ok: true; readonly offer: InvitationOffer }
		| { readonly ok: false; readonly problem: InvitationProblem }
	>;
	/** Only while the app is open for somebody. */
	acceptInvitation(token: string): Promise<Outcome<InvitationProblem>>;
	/** Closes the app for the one who uses it now; everything stays on the phone. */
	lock(): void;
}

export const [getSignInPort, setSignInPort] = createContext<SignInPort>();
