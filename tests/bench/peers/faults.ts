/** The same faults for every client: two nurses' phones, a line that breaks, pages that are killed, an office that writes meanwhile. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import pg from 'pg';
import type { LineFault } from '../../sync/lab/line-faults.ts';
import { FaultProxy } from '../../sync/lab/proxy.ts';
import type { Bundle } from './bundles.ts';
import { WORK_TABLES, type Edit } from './contract.ts';
import type { Entrant } from './entrants.ts';
import { faultProgram, type Step } from './fault-program.ts';
import { Gateway } from './gateway.ts';
import { PeerPhone } from './phone.ts';
import { insertInto, joinCircle, type Servers } from './servers.ts';
import { countDiverged, countDoubled, countLost, type Rows, type Verdict } from './verdict.ts';

/** A client that tries again by itself does so quickly, so that a program takes seconds. */
const RETRY_MS = 100;
/** A sync that has not ended by then is left to itself; the next one goes on. */
const SYNC_LIMIT_MS = 15_000;
const TRIES = 8;
/** The office's slow write is done after this time, or when both phones have synced. */
const SLOW_WRITE_MS = 2000;

export async function measureFaults(
	browser: Browser,
	servers: Servers,
	entrant: Entrant,
	{ code }: Bundle,
	plan: { readonly seed: number; readonly rounds: number }
): Promise<Verdict> {
	const phones = [
		await FaultyPhone.open(browser, servers, entrant, code, 0),
		await FaultyPhone.open(browser, servers, entrant, code, 1)
	] as const;
	try {
		for (const phone of phones) await phone.syncUntilDone();
		const trial = new Trial(servers, entrant, phones);
		for (const step of faultProgram(servers.work, plan.seed, plan.rounds)) await trial.play(step);
		return await trial.verdict();
	} finally {
		for (const phone of phones) await phone.close();
	}
}

class FaultyPhone {
	readonly proxy: FaultProxy;
	readonly #phone: PeerPhone;
	#onHolding: () => void;

	private constructor(proxy: FaultProxy, phone: PeerPhone) {
		this.proxy = proxy;
		this.#phone = phone;
		this.#onHolding = () => undefined;
	}

	static async open(
		browser: Browser,
		servers: Servers,
		{ home, batch }: Entrant,
		code: string,
		nurse: 0 | 1
	): Promise<FaultyPhone> {
		const { postgrest, couchUrl, orgId, nurses } = servers;
		let opened: FaultyPhone | null = null;
		const upstream = home === 'couch' ? couchUrl : postgrest.url;
		const proxy = await FaultProxy.start(upstream, () => opened?.heldOrLetGo());
		const gateway = await Gateway.start({ rest: proxy.url, couch: proxy.url }, code);
		const key = postgrest.publishableKey;
		const settings = { key, ...nurses[nurse], orgId, retryMs: RETRY_MS, batch };
		opened = new FaultyPhone(proxy, await PeerPhone.open(browser, gateway, settings));
		return opened;
	}

	heldOrLetGo(): void {
		if (this.proxy.holding) this.#onHolding();
	}

	async save(edits: readonly Edit[]): Promise<void> {
		await this.#phone.save(edits);
	}

	/** Whether it came to an end, and a good one. */
	async sync(): Promise<boolean> {
		const ended = this.#phone.sync().then(
			() => true,
			() => false
		);
		return await Promise.race([ended, delay(SYNC_LIMIT_MS, false)]);
	}

	/** As an app that tries again by itself, whether its client does or not. */
	async syncUntilDone(): Promise<void> {
		for (let tries = 0; tries < TRIES; tries += 1) if (await this.sync()) return;
	}

	async syncThrough(faults: readonly LineFault[]): Promise<void> {
		this.proxy.coming.push(...faults);
		await this.syncUntilDone();
		this.proxy.coming.length = 0;
	}

	async killDuringSync(before: boolean): Promise<void> {
		this.proxy.coming.push({ kind: 'hold', before });
		const holding = new Promise<void>((resolve) => (this.#onHolding = resolve));
		const over = this.sync();
		await Promise.race([holding, over]);
		await this.#phone.kill();
		this.proxy.release();
		await this.#phone.openPage();
	}

	async rows(): Promise<Rows> {
		return await this.#phone.dump();
	}

	async close(): Promise<void> {
		await this.#phone.close();
		await this.proxy.stop();
	}
}

class Trial {
	readonly #servers: Servers;
	readonly #entrant: Entrant;
	readonly #phones: readonly [FaultyPhone, FaultyPhone];
	readonly #edits: Edit[] = [];

	constructor(servers: Servers, entrant: Entrant, phones: readonly [FaultyPhone, FaultyPhone]) {
		this.#servers = servers;
		this.#entrant = entrant;
		this.#phones = phones;
	}

	async play(step: Step): Promise<void> {
		if (step.kind === 'overtaken') return await this.#overtake(step.slow, step.quick);
		const phone = this.#phones[step.phone];
		if (step.kind === 'kill') return await phone.killDuringSync(step.before);
		if (step.kind === 'save') {
			await phone.save(step.edits);
			this.#edits.push(...step.edits);
		} else {
			await phone.syncThrough(step.faults);
		}
	}

	/** No more faults; both sync until nothing is left to say; then one of them loses a case. */
	async verdict(): Promise<Verdict> {
		for (const { proxy } of this.#phones) await proxy.heal();
		for (let turn = 0; turn < 2; turn += 1)
			for (const phone of this.#phones) await phone.syncUntilDone();
		const server = await this.#serverRows();
		const diverged = await Promise.all(
			this.#phones.map(async (phone) => countDiverged(await phone.rows(), server))
		);
		return {
			saved: this.#edits.length,
			lost: countLost(this.#edits, server),
			doubled: countDoubled(this.#edits, server),
			diverged: diverged[0]! + diverged[1]!,
			kept: await this.#rowsKeptAfterLeaving()
		};
	}

	async #overtake(slow: Edit, quick: Edit): Promise<void> {
		const { home } = this.#entrant;
		if (slow.kind !== 'add_message' || quick.kind !== 'add_message') return;
		const none = { visits: [], measurements: [] };
		if (home === 'couch') {
			// That server takes one write after another: nothing can overtake.
			await this.#servers.putIntoCouch({ ...none, messages: [quick.row] });
			await this.#bothSync();
			await this.#servers.putIntoCouch({ ...none, messages: [slow.row] });
			return await this.#bothSync();
		}
		const insert = insertInto(home, 'messages', 'now');
		const office = new pg.Client({ connectionString: this.#servers.postgrest.databaseUrl });
		await office.connect();
		await office.query('begin');
		await office.query(insert, [JSON.stringify([slow.row])]);
		await this.#servers.postgrest.sql(insert, [JSON.stringify([quick.row])]);
		// Who has something for that very case may have to wait for the slow write.
		const synced = this.#bothSync();
		await Promise.race([synced, delay(SLOW_WRITE_MS)]);
		await office.query('commit');
		await office.end();
		await synced;
		await this.#bothSync();
	}

	async #bothSync(): Promise<void> {
		for (const phone of this.#phones) await phone.sync();
	}

	async #serverRows(): Promise<Rows> {
		const { home } = this.#entrant;
		const [visits = [], measurements = [], messages = []] = await Promise.all(
			WORK_TABLES.map((table) => this.#servers.rowsOf(home, table))
		);
		return { visits, measurements, messages };
	}

	async #rowsKeptAfterLeaving(): Promise<number> {
		const { postgrest, nurses, work } = this.#servers;
		const [, phone] = this.#phones;
		const [caseId] = work.caseIds;
		const { userId, displayName } = nurses[1];
		await postgrest.sql(
			'update public.case_members set ended_at = now() where case_id = $1 and user_id = $2 and ended_at is null',
			[caseId, userId]
		);
		await phone.syncUntilDone();
		const rows = Object.values(await phone.rows()).flat();
		await joinCircle(postgrest, caseId!, { userId, displayName });
		return rows.filter((row) => row['case_id'] === caseId).length;
	}
}
