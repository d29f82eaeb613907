/** Whether and how this app can be put on the home screen of this phone. */
import { createSubscriber } from 'svelte/reactivity';
import type { InstallWay } from '#lib/features/settings/port.ts';
import type { BrowserFacts } from './storage-danger.ts';

/** Chrome's event; not in TypeScript's library because only Chromium has it. */
interface BeforeInstallPromptEvent extends Event {
	prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

export class AppInstall {
	#offer: BeforeInstallPromptEvent | null = null;
	readonly #window: Window;
	readonly #subscribe: () => void;

	constructor(window: Window) {
		this.#window = window;
		const changed: { run: () => void } = { run: () => undefined };
		this.#subscribe = createSubscriber((update) => {
			changed.run = update;
			const standalone = window.matchMedia('(display-mode: standalone)');
			standalone.addEventListener('change', update);
			return () => standalone.removeEventListener('change', update);
		});
		// Chrome gives the offer once, early, and to nobody who is not listening yet.
		window.addEventListener('beforeinstallprompt', (event) => {
			if (!isInstallOffer(event)) return;
			event.preventDefault();
			this.#offer = event;
			changed.run();
		});
		window.addEventListener('appinstalled', () => {
			this.#offer = null;
			changed.run();
		});
	}

	get way(): InstallWay {
		this.#subscribe();
		if (this.#window.matchMedia('(display-mode: standalone)').matches) return 'installed';
		if (this.#offer) return 'prompt';
		return isAppleTouch(this.#window.navigator) ? 'ios' : 'menu';
	}

	/** Reactive. */
	get browser(): BrowserFacts {
		return {
			isInstalled: this.way === 'installed',
			// Every browser on an iPhone or iPad, and Safari.
			isWebKit: this.#window.navigator.vendor.startsWith('Apple')
		};
	}

	/** Opens the browser's own question; false when it was declined or cannot be asked. */
	async prompt(): Promise<boolean> {
		const offer = this.#offer;
		// Each offer can be used once.
		this.#offer = null;
		if (offer === null) return false;
		const { outcome } = await offer.prompt();
		return outcome === 'accepted';
	}
}

function isInstallOffer(event: Event): event is BeforeInstallPromptEvent {
	return 'prompt' in event && typeof event.prompt === 'function';
}

/** iPadOS calls itself a Mac, but no Mac has a touch screen. */
function isAppleTouch(navigator: Navigator): boolean {
	return (
		/iPhone|iPad|iPod/.test(navigator.userAgent) ||
		(/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
	);
}
