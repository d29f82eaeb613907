/**
 * Brings a new version of the app onto this phone, when the person agrees.
 *
 *   current ──waiting worker──► ready ──apply──► applying ──controlling──► page loads again
 *      └──another tab applied it──► ready (only loads again)
 *
 * A page that keeps asking the network through the old worker can hold the new one back for ever, so sync is paused first.
 */
import type { Workbox } from 'workbox-window';
import type { UpdateState } from '#lib/features/settings/port.ts';

export interface UpdateSurroundings {
	/** Stops sync from using the network; resolves when no request is under way. */
	pauseSync(): Promise<void>;
	resumeSync(): void;
	/** Something typed is not yet stored on this phone. */
	hasUnsavedDraft(): boolean;
	reload(): void;
}

/** The worker answers within milliseconds once sync is quiet; longer means that another tab holds it back. */
const TAKE_OVER_MS = 10_000;

export class AppUpdates {
	state = $state<UpdateState>('current');
	/** The last try to apply did not succeed; the new version waits for the next start of the app. */
	isHeldBack = $state(false);
	#workbox: Workbox | null = null;
	#otherTabApplied = false;
	readonly #surroundings: UpdateSurroundings;

	constructor(surroundings: UpdateSurroundings) {
		this.#surroundings = surroundings;
	}

	/** Another tab has switched this browser to a new version: the next change of screen should be a page load. */
	get isReloadDue(): boolean {
		return this.#otherTabApplied && !this.#surroundings.hasUnsavedDraft();
	}

	/** Registers the worker; `makeWorkbox` is loaded only now, because the first screen does not need it. */
	async register(makeWorkbox: () => Promise<Workbox>): Promise<void> {
		const workbox = await makeWorkbox();
		workbox.addEventListener('waiting', () => {
			if (this.state !== 'applying') this.state = 'ready';
		});
		workbox.addEventListener('controlling', ({ isUpdate }) => {
			if (this.state === 'applying') this.#surroundings.reload();
			else if (isUpdate) {
				this.#otherTabApplied = true;
				this.state = 'ready';
			}
		});
		await workbox.register();
		this.#workbox = workbox;
	}

	/** Looks for a newer version now; answers `false` where the server could not be asked, and nothing changes then. */
	async check(): Promise<boolean> {
		if (this.#workbox === null || this.state !== 'current') return true;
		this.state = 'checking';
		try {
			await this.#workbox.update();
			return true;
		} catch {
			// No network, or the server is restarting: the next look will tell.
			return false;
		} finally {
			// The "waiting" event may have moved it on meanwhile.
			if (this.state === 'checking') this.state = 'current';
		}
	}

	/** Loads the new version. Does nothing while something typed is not yet stored. */
	async apply(): Promise<void> {
		if (this.state !== 'ready' || this.#surroundings.hasUnsavedDraft()) return;
		if (this.#otherTabApplied || this.#workbox === null) {
			this.#surroundings.reload();
			return;
		}
		this.state = 'applying';
		this.isHeldBack = false;
		await this.#surroundings.pauseSync();
		this.#workbox.messageSkipWaiting();
		setTimeout(() => {
			if (this.state !== 'applying') return;
			this.state = 'ready';
			this.isHeldBack = true;
			this.#surroundings.resumeSync();
		}, TAKE_OVER_MS);
	}
}

/** Forms say through ui/DraftHint whether what was typed is stored yet. */
export function hasUnsavedDraft(page: Pick<Document, 'querySelector'>): boolean {
	return page.querySelector('[data-draft="saving"]') !== null;
}
