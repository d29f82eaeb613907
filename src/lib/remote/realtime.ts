/** Hints over Supabase Realtime that a bucket moved. Broadcast on private channels; losing it costs only speed. */
import type { RealtimeChannel } from '@supabase/supabase-js';
import type { LazySupabase } from './supabase.ts';

const EVENT = 'moved';

export class RealtimePokes {
	readonly #supabase: LazySupabase;
	readonly #channels = new Map<string, RealtimeChannel>();
	readonly #joined = new Set<string>();
	readonly #listeners = new Set<() => void>();
	#wanted: readonly string[] = [];
	#stopped = false;

	constructor(supabase: LazySupabase) {
		this.#supabase = supabase;
	}

	follow(topics: readonly string[]): void {
		this.#wanted = topics;
		this.#reconcile().catch((failure: unknown) => {
			// Without hints the engine polls; the next change of topics, or the next start, tries again.
			console.warn('Realtime is not available', failure);
		});
	}

	onPoke(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	live(): boolean {
		return this.#joined.size > 0;
	}

	stop(): void {
		this.#stopped = true;
		this.#listeners.clear();
		this.follow([]);
	}

	async #reconcile(): Promise<void> {
		if (this.#stopped && this.#channels.size === 0) return;
		const supabase = await this.#supabase.client();
		const wanted = new Set(this.#wanted);
		for (const [topic, channel] of this.#channels) {
			if (wanted.has(topic)) continue;
			this.#channels.delete(topic);
			this.#joined.delete(topic);
			await supabase.removeChannel(channel);
		}
		for (const topic of wanted) {
			if (this.#channels.has(topic)) continue;
			const channel = supabase.channel(topic, { config: { private: true } });
			this.#channels.set(topic, channel);
			channel.on('broadcast', { event: EVENT }, () => this.#poke());
			channel.subscribe((status) => this.#onStatus(topic, status));
		}
	}

	/** realtime-js joins again by itself after a lost connection; what was missed meanwhile is one poke's worth. */
	#onStatus(topic: string, status: string): void {
		if (status !== 'SUBSCRIBED') {
			this.#joined.delete(topic);
			return;
		}
		const wasDown = this.#joined.size === 0;
		this.#joined.add(topic);
		if (wasDown) this.#poke();
	}

	#poke(): void {
		for (const listener of this.#listeners) listener();
	}
}
