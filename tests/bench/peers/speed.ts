/** How long, how many requests and how many bytes: first sync, a hundred offline edits, nothing new; in turns, at two distances. */
import type { Browser } from '@playwright/test';
import { median } from '../figures.ts';
import type { Bundle } from './bundles.ts';
import type { Entrant } from './entrants.ts';
import { Gateway, type Traffic } from './gateway.ts';
import { PeerPhone } from './phone.ts';
import type { Servers } from './servers.ts';

export const DELAYS_MS = [0, 300] as const;
export type DelayMs = (typeof DELAYS_MS)[number];
export const PHASES = ['first', 'edits', 'idle'] as const;
export type Phase = (typeof PHASES)[number];

interface Run {
	readonly ms: Readonly<Record<Phase, number>>;
	readonly traffic: Readonly<Record<Phase, Traffic>>;
	readonly saveMs: number;
	readonly queryMs: number;
	/** Of the edits that were saved, those that the server has. */
	readonly arrived: number;
}

/** Medians over the runs. */
export interface Speed {
	readonly ms: Readonly<Record<DelayMs, Readonly<Record<Phase, number>>>>;
	readonly traffic: Readonly<Record<Phase, Traffic>>;
	readonly saveMs: number;
	readonly queryMs: number;
	readonly arrived: number;
}

export interface SpeedPlan {
	readonly edits: number;
	readonly runs: number;
}

const RETRY_MS = 5000;

/** Every entrant in turn, again and again, so that all meet the same machine; the first turn is not counted. */
export async function measureSpeed(
	browser: Browser,
	servers: Servers,
	entrants: ReadonlyMap<Entrant, Bundle>,
	{ edits, runs }: SpeedPlan
): Promise<ReadonlyMap<Entrant, Speed>> {
	const results = new Map<Entrant, Record<DelayMs, Run[]>>();
	for (const entrant of entrants.keys()) results.set(entrant, { 0: [], 300: [] });
	for (let turn = 0; turn <= runs; turn += 1) {
		for (const delayMs of DELAYS_MS) {
			if (turn === 0 && delayMs > 0) continue;
			for (const [entrant, { code }] of entrants) {
				if (entrant.once && turn !== 1) continue;
				const measure = new Measurement(browser, servers, entrant, code);
				const tag = `${entrant.batch}/${turn}/${delayMs}`;
				const run = await measure.run(delayMs, edits, tag);
				if (turn > 0) results.get(entrant)?.[delayMs].push(run);
			}
		}
	}
	return new Map([...results].map(([entrant, byDelay]) => [entrant, summary(byDelay)]));
}

class Measurement {
	readonly #browser: Browser;
	readonly #servers: Servers;
	readonly #entrant: Entrant;
	readonly #code: string;

	constructor(browser: Browser, servers: Servers, entrant: Entrant, code: string) {
		this.#browser = browser;
		this.#servers = servers;
		this.#entrant = entrant;
		this.#code = code;
	}

	async run(delayMs: DelayMs, editCount: number, tag: string): Promise<Run> {
		const { postgrest, couchUrl, nurses, orgId, work } = this.#servers;
		const gateway = await Gateway.start({ rest: postgrest.url, couch: couchUrl }, this.#code);
		const { batch } = this.#entrant;
		const settings = {
			key: postgrest.publishableKey,
			...nurses[0],
			orgId,
			retryMs: RETRY_MS,
			batch
		};
		const phone = await PeerPhone.open(this.#browser, gateway, settings);
		try {
			gateway.delayMs = delayMs;
			const first = await this.#syncOf(phone);
			const edits = work.edits(editCount, tag);
			const saveMs = (await phone.time('save', edits)) / editCount;
			const pushed = await this.#syncOf(phone);
			// What a client fetches again of its own edits belongs to none of the three.
			await phone.sync();
			const idle = await this.#syncOf(phone);
			const queries: number[] = [];
			// Each once: a second time some answer from memory.
			for (const caseId of work.caseIds) queries.push(await phone.time('rowsOfCase', caseId));
			return {
				ms: { first: first.ms, edits: pushed.ms, idle: idle.ms },
				traffic: { first: first.traffic, edits: pushed.traffic, idle: idle.traffic },
				saveMs,
				queryMs: median(queries),
				arrived: await this.#arrived(tag)
			};
		} finally {
			await phone.close();
		}
	}

	async #syncOf(phone: PeerPhone): Promise<{ ms: number; traffic: Traffic }> {
		const before = phone.gateway.traffic;
		const ms = await phone.time('sync');
		return { ms, traffic: difference(before, phone.gateway.traffic) };
	}

	/** Each edit leaves a text that ends with its tag, in a note or a body. */
	async #arrived(tag: string): Promise<number> {
		const tables = ['visits', 'measurements', 'messages'] as const;
		const texts = new Set<string>();
		for (const table of tables)
			for (const { note, body } of await this.#servers.rowsOf(this.#entrant.home, table))
				texts.add(String(note ?? body));
		return [...texts].filter((text) => text.includes(` ${tag}-`)).length;
	}
}

function difference(before: Traffic, after: Traffic): Traffic {
	return {
		requests: after.requests - before.requests,
		bodyUp: after.bodyUp - before.bodyUp,
		bodyDown: after.bodyDown - before.bodyDown,
		wireUp: after.wireUp - before.wireUp,
		wireDown: after.wireDown - before.wireDown
	};
}

function summary(byDelay: Readonly<Record<DelayMs, readonly Run[]>>): Speed {
	const all = [...byDelay[0], ...byDelay[300]];
	const phases = (of: (phase: Phase) => number) => ({
		first: of('first'),
		edits: of('edits'),
		idle: of('idle')
	});
	const timesAt = (delayMs: DelayMs) =>
		phases((phase) => median(byDelay[delayMs].map(({ ms }) => ms[phase])));
	const trafficOf = (phase: Phase): Traffic => {
		const of = (what: keyof Traffic) => median(all.map(({ traffic }) => traffic[phase][what]));
		return {
			requests: of('requests'),
			bodyUp: of('bodyUp'),
			bodyDown: of('bodyDown'),
			wireUp: of('wireUp'),
			wireDown: of('wireDown')
		};
	};
	return {
		ms: { 0: timesAt(0), 300: timesAt(300) },
		traffic: { first: trafficOf('first'), edits: trafficOf('edits'), idle: trafficOf('idle') },
		saveMs: median(all.map(({ saveMs }) => saveMs)),
		queryMs: median(all.map(({ queryMs }) => queryMs)),
		arrived: Math.min(...all.map(({ arrived }) => arrived))
	};
}
