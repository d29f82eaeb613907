/** What the engine asks of a browser, under a test's control: the connection it believes in, and the tabs beside it. */
import type { Network, NetworkChange } from '#lib/sync/environment.ts';
import type { Tabs } from '#lib/sync/leader.ts';

export class ControlledLine implements Network {
	isOnline = true;
	isVisible = true;
	readonly #listeners = new Set<(change: NetworkChange) => void>();

	online(): boolean {
		return this.isOnline;
	}

	visible(): boolean {
		return this.isVisible;
	}

	saving(): boolean {
		return false;
	}

	onChange(listener: (change: NetworkChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	set(online: boolean): void {
		this.isOnline = online;
		for (const listener of this.#listeners) listener(online ? 'online' : 'offline');
	}
}

export interface HubTabs extends Tabs {
	/** iOS: the page holds the lock and hears nothing. */
	frozen: boolean;
}

/** Locks and channel of one browser, in this process. */
export class TabHub {
	readonly #tabs: (HubTabs & {
		lead: () => void;
		lost: () => void;
		hear: (message: unknown) => void;
	})[] = [];
	#leader: HubTabs | null = null;

	join(onActivity: () => void): HubTabs {
		const tab = {
			frozen: false,
			lead: () => undefined as void,
			lost: () => undefined as void,
			hear: (_message: unknown) => undefined as void,
			campaign: (lead: () => void, lost: () => void) => {
				tab.lead = lead;
				tab.lost = lost;
				this.#tabs.push(tab);
				this.#elect();
			},
			send: (message: unknown) => {
				onActivity();
				const copy: unknown = structuredClone(message);
				for (const other of this.#tabs)
					if (other !== tab && !other.frozen) queueMicrotask(() => other.hear(copy));
			},
			onMessage(listener: (message: unknown) => void) {
				tab.hear = (message) => {
					listener(message);
					onActivity();
				};
			},
			seize: () => {
				const before = this.#tabs.find((other) => other === this.#leader);
				this.#leader = tab;
				before?.lost();
				tab.lead();
			},
			close: () => {
				this.#tabs.splice(this.#tabs.indexOf(tab), 1);
				if (this.#leader === tab) this.#leader = null;
				this.#elect();
			}
		};
		return tab;
	}

	#elect(): void {
		const [first] = this.#tabs;
		if (this.#leader || !first) return;
		this.#leader = first;
		first.lead();
	}
}
