/** Which tab syncs: every tab writes to the store, one sends. The others wake it, and take over when it does not answer. */
import type { Clock } from './environment.ts';

export interface Tabs {
	/** Asks to lead; `onLead` is called when this tab does, `onLost` when another has taken it away. */
	campaign(onLead: () => void, onLost: () => void): void;
	send(message: unknown): void;
	onMessage(listener: (message: unknown) => void): void;
	/** Takes the lead from a tab that does not answer: iOS freezes pages that hold a lock. */
	seize(): void;
	close(): void;
}

/** Tabs of one browser by Web Locks and BroadcastChannel. Where there are no locks every tab leads: the ledger keeps that correct. */
export function browserTabs(userId: string): Tabs {
	const name = `connect10-sync-${userId}`;
	const channel = new BroadcastChannel(name);
	let onLead: () => void = () => undefined;
	let onLost: () => void = () => undefined;
	let letGo: () => void = () => undefined;
	let queued = new AbortController();
	let closed = false;

	const hold = () => {
		onLead();
		return new Promise<void>((resolve) => (letGo = resolve));
	};
	const queue = () => {
		queued = new AbortController();
		request({ signal: queued.signal });
	};
	const request = (options: LockOptions) => {
		const mine = queued;
		navigator.locks.request(name, options, hold).catch(() => {
			// Rejected because we gave up the place in the queue, or because another tab has seized the lead.
			if (closed || mine.signal.aborted) return;
			onLost();
			queue();
		});
	};

	return {
		campaign(lead, lost) {
			onLead = lead;
			onLost = lost;
			if ('locks' in navigator) queue();
			else onLead();
		},
		send: (message) => channel.postMessage(message),
		onMessage: (listener) => {
			channel.onmessage = ({ data }: MessageEvent<unknown>) => listener(data);
		},
		seize: () => {
			if (closed || !('locks' in navigator)) return;
			queued.abort();
			queued = new AbortController();
			request({ steal: true });
		},
		close() {
			closed = true;
			queued.abort();
			letGo();
			channel.close();
		}
	};
}

const ANSWER_WITHIN_MS = 4000;

/** Follower side of "wake up": expects to be heard, else seizes the lead. */
export class LeaderCall {
	readonly #tabs: Tabs;
	readonly #clock: Clock;
	#cancel: (() => void) | null = null;

	constructor(tabs: Tabs, clock: Clock) {
		this.#tabs = tabs;
		this.#clock = clock;
	}

	wake(reason: string): void {
		this.#tabs.send({ kind: 'wake', reason });
		this.#cancel ??= this.#clock.setTimer(() => {
			this.#cancel = null;
			this.#tabs.seize();
		}, ANSWER_WITHIN_MS);
	}

	heard(): void {
		this.#cancel?.();
		this.#cancel = null;
	}
}
