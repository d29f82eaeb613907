/** The import command's way to the server: the app's own configuration, sign-in and calls. */
import type { ImportedCase } from '#lib/intake/imported-case.ts';
import { signIn, signOut, type AuthParts } from '#lib/remote/auth.ts';
import { Calls } from '#lib/remote/calls.ts';
import { importCases } from '#lib/remote/import-cases.ts';
import { whoami } from '#lib/remote/people.ts';
import { fetchConfig } from '#lib/remote/server-config.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { CommandWords } from './words.ts';

/** Ends the command with one sentence instead of a stack. */
export class Refusal extends Error {}

export interface SignedIn {
	readonly name: string;
	/** Where this person may import. */
	readonly orgs: readonly { readonly id: string; readonly name: string }[];
	importCases(
		orgId: string,
		rows: readonly ImportedCase[],
		skipKnown: boolean
	): ReturnType<typeof importCases>;
	signOut(): Promise<void>;
}

/** @throws {Refusal} when nobody is signed in by this */
export async function signInAt(
	url: string,
	{ email, password }: { email: string; password: string },
	words: CommandWords
): Promise<SignedIn> {
	const storage = memoryStorage();
	const config = await fetchConfig(storage, url);
	if (config === null) throw new Refusal(words.noServer(url));
	const parts: AuthParts = { config, sessions: new SessionStore(storage) };
	const outcome = await signIn(parts, email, password);
	if (!outcome.ok) {
		const { problem } = outcome;
		if (problem.kind === 'throttled') throw new Refusal(words.throttled(problem.retryAfterS));
		throw new Refusal(
			problem.kind === 'wrong_password' ? words.wrongPassword : words.noServer(url)
		);
	}
	const { userId } = outcome.session;
	const calls = new Calls(parts, userId);
	const who = await whoami(calls);
	if (!who.ok) throw new Refusal(words.noServer(url));
	return {
		name: who.value.display_name ?? email,
		orgs: who.value.memberships
			.filter(({ role }) => role === 'supervisor' || role === 'care_manager')
			.map(({ org_id, org_name }) => ({ id: org_id, name: org_name })),
		importCases: (orgId, rows, skipKnown) =>
			importCases(calls, { org_id: orgId, rows, skip_known: skipKnown }),
		signOut: () => signOut(parts, userId)
	};
}

/** The session lives as long as the command. */
function memoryStorage(): Storage {
	const items = new Map<string, string>();
	return {
		get length() {
			return items.size;
		},
		clear: () => items.clear(),
		getItem: (key) => items.get(key) ?? null,
		key: (index) => [...items.keys()][index] ?? null,
		removeItem: (key) => void items.delete(key),
		setItem: (key, value) => void items.set(key, value)
	};
}
