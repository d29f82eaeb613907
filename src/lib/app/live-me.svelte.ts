/** The signed-in person as a reactive value: known at once from the phone's memory, then kept as the synced rows say. */
import type { Me } from '#lib/sync/workspace.ts';

export class LiveMe implements Me {
	#current: Me = $state.raw({ userId: '', email: '', displayName: '', memberships: [] });

	constructor(me: Me) {
		this.#current = me;
	}

	get userId(): string {
		return this.#current.userId;
	}
	get email(): string {
		return this.#current.email;
	}
	get displayName(): string {
		return this.#current.displayName;
	}
	get memberships(): Me['memberships'] {
		return this.#current.memberships;
	}

	/** The plain value, for keeping. */
	get snapshot(): Me {
		return this.#current;
	}

	/** Answers whether anything is different now. */
	update(me: Me): boolean {
		if (JSON.stringify(me) === JSON.stringify(this.#current)) return false;
		this.#current = me;
		return true;
	}
}
