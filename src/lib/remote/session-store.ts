/** The tokens of each person who has signed in on this phone. No network and no supabase-js here: start-up reads this. */
import * as v from 'valibot';

const sessionSchema = v.object({
	userId: v.string(),
	email: v.string(),
	accessToken: v.string(),
	refreshToken: v.string(),
	/** Device time in milliseconds. */
	expiresAtMs: v.number()
});
export type Session = v.InferOutput<typeof sessionSchema>;

export class SessionStore {
	readonly #storage: Storage;

	constructor(storage: Storage = localStorage) {
		this.#storage = storage;
	}

	read(userId: string): Session | null {
		const text = this.#storage.getItem(keyOf(userId));
		if (text === null) return null;
		const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), sessionSchema), text);
		return parsed.success ? parsed.output : null;
	}

	write(session: Session): void {
		this.#storage.setItem(keyOf(session.userId), JSON.stringify(session));
	}

	remove(userId: string): void {
		this.#storage.removeItem(keyOf(userId));
	}
}

function keyOf(userId: string): string {
	return `connect10.session.${userId}`;
}
