/** What each feature gets of the application: its own narrow port, nothing more. */
import { version } from '$app/environment';
import type { EngineWatch } from '#lib/features/dashboard/engine-port.ts';
import type { ImportPort } from '#lib/features/intake/port.ts';
import type { InvitationsPort } from '#lib/features/invitations/port.ts';
import type { SettingsPort } from '#lib/features/settings/port.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#lib/features/signin/demo-accounts.ts';
import type { KnownPerson, SignInPort } from '#lib/features/signin/port.ts';
import { setLocale } from '#lib/paraglide/runtime.js';
import { readClientId } from '#lib/sync/client-record.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { readAutoLock, writeAutoLock } from './auto-lock.ts';
import { askToPersist, readPhoneStorage } from './phone-storage.ts';
import type { App } from './start.ts';

const personOf = ({ userId, displayName, email }: Me): KnownPerson => ({
	userId,
	displayName,
	email
});

export function signInPort({ session, server, serverInfo, isOnline }: App): SignInPort {
	return {
		get people() {
			return session.record.users.map(({ me }) => personOf(me));
		},
		get openFor() {
			return session.workspace ? personOf(session.workspace.me) : null;
		},
		get sessionEnded() {
			return session.sessionEnded;
		},
		get online() {
			return isOnline();
		},
		get demoAccounts() {
			return serverInfo.isDemo ? DEMO_ACCOUNTS : [];
		},
		demoPassword: DEMO_PASSWORD,
		unlock: (userId, password) => session.unlock(userId, password),
		signIn: (email, password) => session.signIn(email, password),
		signUp: (account) => session.signUp(account),
		previewInvitation: async (token) =>
			isOnline() ? await server.previewInvitation(token) : offline(),
		async acceptInvitation(token) {
			const userId = session.workspace?.me.userId;
			if (userId === undefined) return { ok: false, problem: { kind: 'signed_out' } };
			if (!isOnline()) return offline();
			const outcome = await server.acceptInvitation(userId, token);
			if (outcome.ok) session.workspace?.syncNow();
			return outcome;
		},
		lock: () => session.lock()
	};
}

export function settingsPort({ session, server, updates, install, isOnline }: App): SettingsPort {
	let autoLockMinutes = $state.raw(readAutoLock(localStorage));
	return {
		get online() {
			return isOnline();
		},
		version,
		get autoLockMinutes() {
			return autoLockMinutes;
		},
		get installWay() {
			return install.way;
		},
		get updateState() {
			return updates.state;
		},
		setAutoLockMinutes(minutes) {
			writeAutoLock(localStorage, minutes);
			autoLockMinutes = minutes;
		},
		async setLocale(locale) {
			await rememberLocale(session.workspace, locale);
			await setLocale(locale);
		},
		promptInstall: () => install.prompt(),
		checkForUpdate: () => updates.check(),
		applyUpdate: () => updates.apply(),
		phoneStorage: readPhoneStorage,
		askToPersist,
		async devices() {
			const workspace = session.workspace;
			if (!workspace || !isOnline()) return { ok: false, problem: 'offline' };
			return await server.devices(workspace.me.userId, await readClientId(workspace.db));
		},
		async calendarFeed(act) {
			const workspace = session.workspace;
			if (!workspace || !isOnline()) return { ok: false, problem: 'offline' };
			return await server.calendarFeed(workspace.me.userId, act);
		},
		async requestWipe(id) {
			const workspace = session.workspace;
			if (!workspace || !isOnline()) return { ok: false, problem: 'offline' };
			return await server.requestWipe(workspace.me.userId, id);
		},
		async refusedWork() {
			const workspace = session.workspace;
			if (!workspace || !isOnline()) return { ok: false, problem: 'offline' };
			return await server.refusedWork(workspace.me.userId);
		},
		async settleRefused(mid, takeOver) {
			const workspace = session.workspace;
			if (!workspace || !isOnline()) return { ok: false, problem: 'offline' };
			const answer = await server.settleRefused(workspace.me.userId, mid, takeOver);
			if (answer.ok && takeOver) workspace.syncNow();
			return answer;
		},
		async previewRule(orgId, facts) {
			const workspace = session.workspace;
			if (!workspace || !isOnline()) return { ok: false, problem: 'offline' };
			return await server.previewRule(workspace.me.userId, orgId, facts);
		},
		async notices() {
			const { noticesPort } = await import('./notices.ts');
			const workspace = session.workspace;
			if (!workspace) throw new Error('Nobody is signed in');
			return noticesPort(workspace.me.userId, () => readClientId(workspace.db));
		},
		lock: () => session.lock(),
		signOutAndWipe: () => session.wipe()
	};
}

export function invitationsPort({ session, server, isOnline }: App): InvitationsPort {
	const userId = () => (isOnline() ? (session.workspace?.me.userId ?? null) : null);
	const offlineAnswer = { ok: false, problem: 'offline' } as const;
	return {
		get online() {
			return isOnline();
		},
		origin: location.origin,
		async create(invitation) {
			const id = userId();
			return id === null ? offlineAnswer : await server.createInvitation(id, invitation);
		},
		async list(orgId) {
			const id = userId();
			return id === null ? offlineAnswer : await server.sentInvitations(id, orgId);
		},
		async revoke(invitationId) {
			const id = userId();
			return id === null ? offlineAnswer : await server.revokeInvitation(id, invitationId);
		},
		async offerCase(caseId) {
			const id = userId();
			return id === null ? offlineAnswer : await server.createHandover(id, caseId);
		},
		async openHandovers(caseId) {
			const id = userId();
			return id === null ? offlineAnswer : await server.openHandovers(id, caseId);
		},
		async withdrawHandover(handoverId) {
			const id = userId();
			return id === null ? offlineAnswer : await server.revokeHandover(id, handoverId);
		},
		async previewHandover(token) {
			const id = userId();
			return id === null ? offlineAnswer : await server.previewHandover(id, token);
		},
		async acceptHandover(token, orgId) {
			const id = userId();
			if (id === null) return offlineAnswer;
			const answer = await server.acceptHandover(id, token, orgId);
			if (answer.ok) session.workspace?.syncNow();
			return answer;
		}
	};
}

export function importPort({ session, server, isOnline }: App): ImportPort {
	return {
		get online() {
			return isOnline();
		},
		async importCases(list) {
			const userId = session.workspace?.me.userId;
			if (userId === undefined || !isOnline()) return { ok: false, problem: 'offline' };
			return await server.importCases(userId, list);
		},
		syncNow: () => session.workspace?.syncNow()
	};
}

export function engineWatch({ session, server, isOnline }: App): EngineWatch {
	return {
		async look() {
			const userId = session.workspace?.me.userId;
			return userId === undefined || !isOnline() ? null : await server.engineHealth(userId);
		}
	};
}

/** The account's language decides in which language the server's notifications are written. */
async function rememberLocale(
	workspace: App['session']['workspace'],
	locale: 'zh-TW' | 'en'
): Promise<void> {
	if (workspace === null) return;
	const { db, me } = workspace;
	const profile = await db.profiles.get(me.userId);
	if (!profile || profile.locale === locale) return;
	await workspace.commit('profile.patch', {
		id: me.userId,
		patch: { locale: [profile.locale, locale] }
	});
}

function offline() {
	return { ok: false, problem: { kind: 'offline' } } as const;
}
