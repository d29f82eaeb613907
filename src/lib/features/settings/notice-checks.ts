/** Whether notices can reach this phone, step by step: the first one that is not well says what to do. */
import { isEngineLate } from '#lib/domain/engine-watch.ts';
import type { NoticeFacts } from './notices-port.ts';

export type CheckName = 'support' | 'install' | 'permission' | 'known' | 'engine' | 'last';
/** todo: nobody has done it yet · unknown: the server was not reached */
export type CheckState = 'ok' | 'bad' | 'todo' | 'unknown';

export interface NoticeCheck {
	readonly name: CheckName;
	readonly state: CheckState;
}

/** Steps after one that is not well are left out: they follow from it. */
export function noticeChecks(facts: NoticeFacts): NoticeCheck[] {
	const checks: NoticeCheck[] = [];
	for (const [name, stateOf] of STEPS) {
		const state = stateOf(facts);
		if (state === null) continue;
		checks.push({ name, state });
		if (state === 'bad' || state === 'todo') return checks;
	}
	return checks;
}

/** All is well, as far as can be told here. */
export function isOn({ permission, subscribed, server }: NoticeFacts): boolean {
	return permission === 'granted' && subscribed && server?.known !== false;
}

type Step = (facts: NoticeFacts) => CheckState | null;

const STEPS: readonly (readonly [CheckName, Step])[] = [
	['install', ({ needsInstall }) => (needsInstall ? 'bad' : null)],
	['support', ({ supported }) => (supported ? 'ok' : 'bad')],
	[
		'permission',
		({ permission }) => (({ granted: 'ok', denied: 'bad', default: 'todo' }) as const)[permission]
	],
	[
		'known',
		({ subscribed, server }) => {
			if (!subscribed) return 'todo';
			return server === null ? 'unknown' : server.known ? 'ok' : 'todo';
		}
	],
	[
		'engine',
		({ server }) => {
			if (server === null) return null;
			if (!server.offers || server.tickedAt === null) return 'bad';
			return isEngineLate(server.tickedAt, server.askedAt) ? 'bad' : 'ok';
		}
	],
	[
		'last',
		({ server }) => {
			if (server === null) return null;
			if (server.last === null) return 'todo';
			if (server.last.state === 'failed') return 'bad';
			return server.last.state === 'shown' || server.last.state === 'opened' ? 'ok' : 'unknown';
		}
	]
];
