/** What the page about notices needs of the app: the browser's side and the server's. */

export type LastState = 'queued' | 'accepted' | 'shown' | 'opened' | 'failed';

/** What is known of notices on this phone. */
export interface NoticeFacts {
	/** The browser can show notices at all. */
	readonly supported: boolean;
	/** iOS shows them only for an app on the home screen. */
	readonly needsInstall: boolean;
	readonly permission: 'default' | 'granted' | 'denied';
	/** The push service of the browser has an address for this phone. */
	readonly subscribed: boolean;
	/** Null when the server was not reached. */
	readonly server: {
		/** It can send notices. */
		readonly offers: boolean;
		/** It knows this phone's address. */
		readonly known: boolean;
		/** ISO instant at which it last looked what is due; null = never. */
		readonly tickedAt: string | null;
		/** ISO instant of its answer, by its own clock: a phone's may be wrong. */
		readonly askedAt: string;
		/** What became of the last notice to this phone; null = there was none. */
		readonly last: { readonly state: LastState; readonly at: string } | null;
	} | null;
}

export type TurnOnOutcome =
	'on' | 'not_allowed' | 'no_push_service' | 'unreachable' | 'not_offered';

export interface NoticesPort {
	/** Never throws. */
	look(): Promise<NoticeFacts>;
	/** To be called from a tap: the browser asks the person. */
	turnOn(): Promise<TurnOnOutcome>;
	turnOff(): Promise<void>;
	/** @returns whether it is on its way */
	test(): Promise<boolean>;
}
