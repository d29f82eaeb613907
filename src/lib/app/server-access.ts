/** What the app asks of the server beside sync. Implemented over remote/, which is loaded at the first call. */
import type { RuleFacts } from '#lib/domain/task-rules.ts';
import type { EngineHealth } from '#lib/features/dashboard/engine-port.ts';
import type { CaseList, ImportAnswer } from '#lib/features/intake/port.ts';
import type {
	CalendarFeed,
	Device,
	FeedAct,
	OnlineAnswer,
	RefusedWork,
	RuleFindings,
	SettleAnswer
} from '#lib/features/settings/port.ts';
import type {
	FreshInvitation,
	HandoverAnswer,
	HandoverOffer,
	InviteAnswer,
	NewInvitation,
	OpenHandover,
	SentInvitation
} from '#lib/features/invitations/port.ts';
import type {
	InvitationOffer,
	InvitationProblem,
	NewAccount,
	Outcome,
	SignInProblem
} from '#lib/features/signin/port.ts';
import type { Me } from '#lib/sync/workspace.ts';

export type EnterAnswer =
	{ readonly ok: true; readonly me: Me } | { readonly ok: false; readonly problem: SignInProblem };

export type OfferAnswer =
	| { readonly ok: true; readonly offer: InvitationOffer }
	| { readonly ok: false; readonly problem: InvitationProblem };

export interface ServerAccess {
	/** Keeps the session on this phone. Who it is in their organisations, sync says. */
	signIn(email: string, password: string): Promise<EnterAnswer>;
	signUp(account: NewAccount): Promise<EnterAnswer>;
	/** Forgets this person's session here at once; tells the server if it can be reached. */
	signOut(userId: string): Promise<void>;
	previewInvitation(token: string): Promise<OfferAnswer>;
	acceptInvitation(userId: string, token: string): Promise<Outcome<InvitationProblem>>;
	createInvitation(
		userId: string,
		invitation: NewInvitation
	): Promise<InviteAnswer<FreshInvitation>>;
	sentInvitations(userId: string, orgId: string): Promise<InviteAnswer<readonly SentInvitation[]>>;
	revokeInvitation(userId: string, id: string): Promise<InviteAnswer<null>>;
	createHandover(userId: string, caseId: string): Promise<InviteAnswer<FreshInvitation>>;
	openHandovers(userId: string, caseId: string): Promise<InviteAnswer<readonly OpenHandover[]>>;
	revokeHandover(userId: string, id: string): Promise<InviteAnswer<null>>;
	previewHandover(userId: string, token: string): Promise<HandoverAnswer<HandoverOffer>>;
	acceptHandover(userId: string, token: string, orgId: string): Promise<HandoverAnswer<string>>;
	importCases(userId: string, list: CaseList): Promise<ImportAnswer>;
	devices(userId: string, clientId: string | null): Promise<OnlineAnswer<readonly Device[]>>;
	calendarFeed(userId: string, act: FeedAct): Promise<OnlineAnswer<CalendarFeed | null>>;
	requestWipe(userId: string, clientId: string): Promise<OnlineAnswer<null>>;
	refusedWork(userId: string): Promise<OnlineAnswer<readonly RefusedWork[]>>;
	settleRefused(userId: string, mid: string, takeOver: boolean): Promise<SettleAnswer>;
	previewRule(userId: string, orgId: string, facts: RuleFacts): Promise<OnlineAnswer<RuleFindings>>;
	/** Null when it was not reached. */
	engineHealth(userId: string): Promise<EngineHealth | null>;
}
