/** What the engine needs of the world around it, as arguments, so that tests can run many phones in one process. */

export interface Clock {
	/** Device time, milliseconds since 1970; may jump. */
	nowMs(): number;
	/** Runs once after `delayMs` of real time, however the clock jumps; the returned function cancels. */
	setTimer(run: () => void, delayMs: number): () => void;
}

export interface Random {
	bytes(count: number): Uint8Array;
	/** In [0, 1). */
	fraction(): number;
}

export type NetworkChange = 'online' | 'offline' | 'visible' | 'hidden';

/** What the browser says about the connection and the page. "online" may be wrong; "offline" is believed, but still tried now and then. */
export interface Network {
	online(): boolean;
	visible(): boolean;
	/** The person saves data, or the battery is low: what can wait, waits. */
	saving(): boolean;
	onChange(listener: (change: NetworkChange) => void): () => void;
}

export const browserClock: Clock = {
	nowMs: () => Date.now(),
	setTimer(run, delayMs) {
		const timer = setTimeout(run, delayMs);
		return () => clearTimeout(timer);
	}
};

export const browserRandom: Random = {
	bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
	fraction: () => Math.random()
};

/** What Chromium offers and TypeScript's DOM does not name; Safari has neither. */
interface Saver {
	readonly connection?: { readonly saveData?: boolean };
	getBattery?(): Promise<{ readonly charging: boolean; readonly level: number }>;
}

/** At which phones offer to save battery by themselves; whether they do, no browser tells. */
const LOW_BATTERY = 0.2;

export function browserNetwork(): Network {
	// Both parts are optional in Saver, as they are in browsers.
	const saver = navigator as Saver;
	let battery: { readonly charging: boolean; readonly level: number } | null = null;
	// The object stays current by itself. Where a browser refuses it, nothing is known of the battery.
	void saver.getBattery?.().then(
		(found) => (battery = found),
		() => undefined
	);
	return {
		saving: () =>
			saver.connection?.saveData === true ||
			(battery !== null && !battery.charging && battery.level <= LOW_BATTERY),
		online: () => navigator.onLine,
		visible: () => document.visibilityState === 'visible',
		onChange(listener) {
			const stop = new AbortController();
			const options = { signal: stop.signal };
			addEventListener('online', () => listener('online'), options);
			addEventListener('offline', () => listener('offline'), options);
			// Coming back from the page cache or from iOS standby fires pageshow without visibilitychange.
			addEventListener('pageshow', () => listener('visible'), options);
			const onVisibility = () =>
				listener(document.visibilityState === 'visible' ? 'visible' : 'hidden');
			document.addEventListener('visibilitychange', onVisibility, options);
			return () => stop.abort();
		}
	};
}
