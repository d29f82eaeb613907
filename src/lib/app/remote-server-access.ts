/** ServerAccess over remote/: asks, and turns each failure into what the screens tell apart. */
import type { HandoverProblem } from '#lib/features/invitations/port.ts';
import type { OnlineProblem } from '#lib/features/settings/port.ts';
import type { InvitationProblem, SignInProblem } from '#lib/features/signin/port.ts';
import type { RemoteAnswer, RemoteFailure } from '#lib/protocol/answers.ts';
import { signIn, signOut, signUp, type AuthOutcome, type AuthParts } from '#lib/remote/auth.ts';
import { Calls } from '#lib/remote/calls.ts';
import { importCases } from '#lib/remote/import-cases.ts';
import * as moving from '#lib/remote/moving.ts';
import * as people from '#lib/remote/people.ts';
import { engineHealth } from '#lib/remote/push.ts';
import { fetchConfig, rememberedConfig } from '#lib/remote/server-config.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import { previewTaskRule } from '#lib/remote/task-rules.ts';
import type { EnterAnswer, ServerAccess } from './server-access.ts';
import { phoneMemory } from './phone-memory.ts';

export const remoteServerAccess: ServerAccess = {
	async signIn(email, password) {
		const parts = await authParts();
		if (parts === null) return refusal('unreachable');
		return entered(await signIn(parts, email, password), email);
	},

	async signUp(account) {
		const parts = await authParts();
		if (parts === null) return refusal('unreachable');
		return entered(await signUp(parts, account), account.displayName);
	},

	async signOut(userId) {
		const parts = await authParts();
		if (parts !== null) await signOut(parts, userId);
	},

	async previewInvitation(token) {
		const answer = await asked(null, (calls) => people.previewInvitation(calls, token));
		if (!answer.ok) return { ok: false, problem: invitationProblem(answer) };
		const offer = answer.value;
		return {
			ok: true,
			offer: {
				orgName: offer.org_name,
				inviterName: offer.inviter_name,
				role: offer.role,
				displayName: offer.display_name,
				relation: offer.relation,
				caseName: offer.case_name
			}
		};
	},

	async acceptInvitation(userId, token) {
		const answer = await asked(userId, (calls) => people.acceptInvitation(calls, token));
		return answer.ok ? { ok: true } : { ok: false, problem: invitationProblem(answer) };
	},

	async createInvitation(userId, { orgId, caseId, role, displayName, relation }) {
		const request = { org_id: orgId, case_id: caseId, role, display_name: displayName, relation };
		const answer = await asked(userId, (calls) => people.createInvitation(calls, request));
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const { id, token, expires_at: expiresAt } = answer.value;
		return { ok: true, value: { id, token, expiresAt } };
	},

	async sentInvitations(userId, orgId) {
		const answer = await asked(userId, (calls) => people.sentInvitations(calls, orgId));
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const value = answer.value.map((sent) => ({
			id: sent.id,
			displayName: sent.display_name,
			role: sent.role,
			caseId: sent.case_id,
			relation: sent.relation,
			createdAt: toInstant(sent.created_at),
			expiresAt: toInstant(sent.expires_at),
			acceptedAt: sent.accepted_at === null ? null : toInstant(sent.accepted_at),
			revokedAt: sent.revoked_at === null ? null : toInstant(sent.revoked_at)
		}));
		return { ok: true, value };
	},

	async revokeInvitation(userId, id) {
		return done(await asked(userId, (calls) => people.revokeInvitation(calls, id)));
	},

	async createHandover(userId, caseId) {
		const answer = await asked(userId, (calls) => moving.createHandover(calls, caseId));
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const { id, token, expires_at: expiresAt } = answer.value;
		return { ok: true, value: { id, token, expiresAt } };
	},

	async openHandovers(userId, caseId) {
		const answer = await asked(userId, (calls) => moving.openHandovers(calls, caseId));
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const value = answer.value.map(({ id, author_name: authorName, expires_at: expiresAt }) => ({
			id,
			authorName,
			expiresAt
		}));
		return { ok: true, value };
	},

	async revokeHandover(userId, id) {
		return done(await asked(userId, (calls) => moving.revokeHandover(calls, id)));
	},

	async previewHandover(userId, token) {
		const answer = await asked(userId, (calls) => moving.previewHandover(calls, token));
		if (!answer.ok) return { ok: false, problem: handoverProblem(answer) };
		const offer = answer.value;
		return {
			ok: true,
			value: {
				caseName: offer.case_name,
				fromOrgId: offer.from_org_id,
				fromOrgName: offer.from_org_name,
				authorName: offer.author_name
			}
		};
	},

	async acceptHandover(userId, token, orgId) {
		const answer = await asked(userId, (calls) => moving.acceptHandover(calls, token, orgId));
		if (answer.ok) return { ok: true, value: answer.value.case_id };
		return { ok: false, problem: handoverProblem(answer) };
	},

	async importCases(userId, { orgId, cases, skipKnown }) {
		const request = { org_id: orgId, rows: cases, skip_known: skipKnown };
		const answer = await asked(userId, (calls) => importCases(calls, request));
		if (answer.ok) return { ok: true, value: answer.value };
		return { ok: false, problem: onlineProblem(answer) };
	},

	async devices(userId, clientId) {
		const answer = await asked(userId, people.myDevices);
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const held = answer.value.filter(({ wiped_at }) => wiped_at === null);
		const value = held.map((device) => ({
			clientId: device.client_id,
			seenAt: device.seen_at,
			wipeRequestedAt: device.wipe_requested_at,
			isThisOne: device.client_id === clientId
		}));
		return { ok: true, value };
	},

	async calendarFeed(userId, act) {
		const answer = await asked(userId, (calls) => people.myCalendarFeed(calls, act));
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const feed = answer.value;
		const value = feed && { token: feed.token, madeAt: feed.made_at, readAt: feed.read_at };
		return { ok: true, value };
	},

	async requestWipe(userId, clientId) {
		return done(await asked(userId, (calls) => people.requestWipe(calls, clientId)));
	},

	async engineHealth(userId) {
		const answer = await asked(userId, engineHealth);
		if (!answer.ok || answer.value === null) return null;
		const { ticked_at, asked_at, oldest_due_at, failed_today, ...counts } = answer.value;
		return {
			...counts,
			tickedAt: ticked_at,
			askedAt: asked_at,
			oldestDueAt: oldest_due_at,
			failedToday: failed_today
		};
	},

	async refusedWork(userId) {
		const answer = await asked(userId, moving.refusedWork);
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const value = answer.value.map(({ case_name, author_name, ...work }) => ({
			...work,
			caseName: case_name,
			authorName: author_name
		}));
		return { ok: true, value };
	},

	async previewRule(userId, orgId, facts) {
		const answer = await asked(userId, (calls) => previewTaskRule(calls, orgId, facts));
		if (!answer.ok) return { ok: false, problem: onlineProblem(answer) };
		const { count, items } = answer.value;
		const named = items.map(({ case_name, because }) => ({ caseName: case_name, because }));
		return { ok: true, value: { count, items: named } };
	},

	async settleRefused(userId, mid, takeOver) {
		const answer = await asked(userId, (calls) => moving.settleRefused(calls, mid, takeOver));
		if (answer.ok) return { ok: true };
		const { kind, code } = answer;
		// Refused as the mutation itself would be: a word of the rules, or no permission.
		if (code !== null && (kind === 'server' || kind === 'forbidden'))
			return { ok: false, problem: 'refused', code };
		return { ok: false, problem: onlineProblem(answer) };
	}
};

async function authParts(): Promise<AuthParts | null> {
	const config = rememberedConfig() ?? (await fetchConfig());
	return config === null ? null : { config, sessions: new SessionStore(phoneMemory.storage) };
}

async function asked<Value>(
	userId: string | null,
	question: (calls: Calls) => Promise<RemoteAnswer<Value>>
): Promise<RemoteAnswer<Value>> {
	const parts = await authParts();
	if (parts !== null) return await question(new Calls(parts, userId));
	return {
		ok: false,
		kind: 'offline',
		retryAfterMs: null,
		code: null,
		bytesSent: 0,
		bytesReceived: 0
	};
}

/** @param displayName until sync brings the person's name and memberships, with the first answer */
function entered(outcome: AuthOutcome, displayName: string): EnterAnswer {
	if (!outcome.ok) return outcome;
	const { userId, email } = outcome.session;
	return { ok: true, me: { userId, email, displayName, memberships: [] } };
}

function refusal(kind: Extract<SignInProblem['kind'], 'unreachable'>): EnterAnswer {
	return { ok: false, problem: { kind } };
}

function done(answer: RemoteAnswer<unknown>) {
	if (answer.ok) return { ok: true, value: null } as const;
	return { ok: false, problem: onlineProblem(answer) } as const;
}

function onlineProblem({ kind, code }: RemoteFailure): OnlineProblem {
	switch (kind) {
		case 'offline':
		case 'garbled':
		case 'timeout':
		case 'unavailable':
		case 'rate_limited':
			return 'unreachable';
		case 'unauthenticated':
			return 'signed_out';
		case 'forbidden':
			return 'not_allowed';
		case 'too_large':
		case 'upgrade_required':
		case 'server':
			return code === 'not_allowed' ? 'not_allowed' : 'unexpected';
	}
}

const INVITATION_CODES: Readonly<Record<string, InvitationProblem['kind']>> = {
	invitation_unknown: 'unknown',
	invitation_expired: 'expired',
	invitation_used: 'used',
	invitation_revoked: 'revoked',
	not_in_this_role: 'not_in_role'
};

function invitationProblem(failure: RemoteFailure): InvitationProblem {
	const known = failure.code === null ? undefined : INVITATION_CODES[failure.code];
	if (known !== undefined) return { kind: known };
	const problem = onlineProblem(failure);
	return { kind: problem === 'not_allowed' ? 'unexpected' : problem };
}

const HANDOVER_CODES: Readonly<Record<string, HandoverProblem>> = {
	handover_unknown: 'unknown',
	handover_used: 'used',
	handover_revoked: 'revoked',
	handover_expired: 'expired',
	same_organization: 'same_organization'
};

function handoverProblem(failure: RemoteFailure): HandoverProblem {
	const known = failure.code === null ? undefined : HANDOVER_CODES[failure.code];
	return known ?? onlineProblem(failure);
}

/** PostgREST writes `+00:00` and microseconds; inside, instants end with Z. */
function toInstant(text: string): string {
	return new Date(text).toISOString();
}
