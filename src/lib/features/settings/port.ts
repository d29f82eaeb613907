/** What the settings need of the app around them: how this phone keeps things, and the way out. */
import { createContext } from 'svelte';
import type { RuleFacts, TaskBecause } from '#lib/domain/task-rules.ts';
import type { NoticesPort } from './notices-port.ts';

/** Minutes out of sight before the app locks; null = never. */
export type AutoLockMinutes = 5 | 15 | 60 | null;

export interface PhoneStorage {
	readonly usedBytes: number | null;
	readonly quotaBytes: number | null;
	/** Whether the browser promised not to clear it by itself; null = it does not say. */
	readonly persisted: boolean | null;
}

/** One phone or browser on which this person has used the app. */
export interface Device {
	readonly clientId: string;
	/** ISO instant of its last contact with the server. */
	readonly seenAt: string;
	readonly wipeRequestedAt: string | null;
	readonly isThisOne: boolean;
}

export type OnlineProblem = 'offline' | 'unreachable' | 'signed_out' | 'not_allowed' | 'unexpected';
export type OnlineAnswer<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly problem: OnlineProblem };

/** The address from which a phone's own calendar reads one's visits. */
export interface CalendarFeed {
	/** Told when the address is made, and never again. */
	readonly token: string | null;
	/** ISO instants. */
	readonly madeAt: string;
	readonly readAt: string | null;
}

export type FeedAct = 'look' | 'make' | 'revoke';

/** Work that the server has refused, of whoever did it, about a case that I supervise. */
export interface RefusedWork {
	readonly mid: string;
	readonly caseName: string;
	readonly authorName: string | null;
	readonly name: string;
	readonly args: Readonly<Record<string, unknown>>;
	readonly code: string | null;
	/** ISO device instant. */
	readonly at: string;
}

/** What a rule would have made in the last 30 days. */
export interface RuleFindings {
	readonly count: number;
	/** The newest; at most 50. */
	readonly items: readonly { readonly caseName: string; readonly because: TaskBecause }[];
}

/** `refused`: the server refuses it to me as well; `code` says why. */
export type SettleAnswer =
	| { readonly ok: true }
	| { readonly ok: false; readonly problem: OnlineProblem }
	| { readonly ok: false; readonly problem: 'refused'; readonly code: string };

/** How this app can be put on the home screen here. */
export type InstallWay = 'installed' | 'prompt' | 'ios' | 'menu';

export type UpdateState = 'current' | 'checking' | 'ready' | 'applying' | 'unsupported';

/** Every property is reactive. */
export interface SettingsPort {
	readonly online: boolean;
	readonly version: string;
	readonly autoLockMinutes: AutoLockMinutes;
	readonly installWay: InstallWay;
	readonly updateState: UpdateState;
	setAutoLockMinutes(minutes: AutoLockMinutes): void;
	/** Shows the app in another language; the page loads again. */
	setLocale(locale: 'zh-TW' | 'en'): Promise<void>;
	/** Opens the browser's own question; answers whether the person said yes. */
	promptInstall(): Promise<boolean>;
	/** Looks for a newer version now; answers `false` where the server could not be asked. */
	checkForUpdate(): Promise<boolean>;
	applyUpdate(): Promise<void>;
	phoneStorage(): Promise<PhoneStorage>;
	/** Asks the browser not to clear what is stored; answers whether it agreed. */
	askToPersist(): Promise<boolean>;
	devices(): Promise<OnlineAnswer<readonly Device[]>>;
	/** What address there is; a new one ends the one before. */
	calendarFeed(act: FeedAct): Promise<OnlineAnswer<CalendarFeed | null>>;
	requestWipe(clientId: string): Promise<OnlineAnswer<null>>;
	refusedWork(): Promise<OnlineAnswer<readonly RefusedWork[]>>;
	/** Takes it over, or says that nothing has to be done about it. */
	settleRefused(mid: string, takeOver: boolean): Promise<SettleAnswer>;
	previewRule(orgId: string, facts: RuleFacts): Promise<OnlineAnswer<RuleFindings>>;
	/** Notices on this phone. @throws when its code cannot be had */
	notices(): Promise<NoticesPort>;
	lock(): void;
	/** Takes everything of this person off this phone, then ends the session. Works offline. */
	signOutAndWipe(): Promise<void>;
}

export const [getSettingsPort, setSettingsPort] = createContext<SettingsPort>();
