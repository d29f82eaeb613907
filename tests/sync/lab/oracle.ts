/** What must hold when the faults stop: it heals by itself, in bounded time, and nothing is lost, doubled or different. */
import { attentionTray } from '#lib/sync/outbox.ts';
import {
	Broken,
	checkConverged,
	checkDurable,
	checkQuiet,
	checkScope,
	checkView,
	ledgerOf
} from '../support/invariants.ts';
import { checkEffects } from './effects.ts';
import type { Lab } from './lab.ts';
import type { LabPhone } from './lab-phone.ts';

/** Scorecard R2. */
const QUEUES_WITHIN_MS = 60_000;
/** A phone that was full tries to fetch again after ten minutes. */
const ROWS_WITHIN_MS = 11 * 60_000;

export interface Recovery {
	/** Laboratory seconds from the last fault until every queue was empty. */
	readonly queuesEmptyS: number;
	/** … until every phone showed what the server lets it see. */
	readonly sameRowsS: number;
	/** The most requests that one phone needed for that. */
	readonly requests: number;
}

export interface Accounts {
	/** Intents that a screen called saved. */
	readonly saved: number;
	/** Of these, how many wait for a person, by the reason given. */
	readonly inTray: Readonly<Record<string, number>>;
}

/** The faults stop, nobody touches anything but the password where a phone asks for it, and time passes. */
export async function recover(lab: Lab): Promise<Recovery> {
	const startMs = lab.time.nowMs;
	for (const phone of lab.phones) await stopFaults(lab, phone);
	await lab.settle();
	const before = lab.phones.map(({ proxy }) => proxy.requests);
	await passUntil(lab, QUEUES_WITHIN_MS, 'the queues empty by themselves', () =>
		everyPhone(
			lab,
			async ({ db }) => (await db.outbox.where('state').equals('pending').count()) === 0
		)
	);
	const emptyMs = lab.time.nowMs;
	let difference: unknown;
	await passUntil(
		lab,
		ROWS_WITHIN_MS,
		() => `the phones converge: ${String(difference)}`,
		async () => {
			difference = await check(lab).then(
				() => null,
				(failure: unknown) => failure
			);
			return difference === null;
		}
	);
	return {
		queuesEmptyS: (emptyMs - startMs) / 1000,
		sameRowsS: (lab.time.nowMs - startMs) / 1000,
		requests: Math.max(...lab.phones.map(({ proxy }, i) => proxy.requests - before[i]!))
	};
}

/** Lost, doubled and refused work, after recover(). @throws {Broken} */
export async function account(lab: Lab): Promise<Accounts> {
	const inTray: Record<string, number> = {};
	for (const phone of lab.phones) {
		await checkView(phone);
		await checkScope(lab.backend, phone);
		const wrong = new Set(phone.saved.filter((saved) => saved.wrong).map(({ mid }) => mid));
		for (const { mid, code, mutation } of await attentionTray(phone.db)) {
			inTray[String(code)] = (inTray[String(code)] ?? 0) + 1;
			const noAccess = ['not_allowed', 'access_ended'].includes(String(code));
			if (noAccess && !wrong.has(mid) && !lab.moved.has(phone.me.userId))
				throw new Broken('who kept their access is refused nothing for it', { code, mutation });
		}
	}
	await checkDurable(lab.backend, lab.phones);
	await checkRefused(lab);
	const mids = lab.phones.flatMap(({ saved }) => saved.map(({ mid }) => mid));
	await checkEffects(lab.backend, mids);
	return { saved: mids.length, inTray };
}

/** Whatever the faults were, they let no wrong intent through. */
async function checkRefused(lab: Lab): Promise<void> {
	const wrong = lab.phones.flatMap(({ saved }) => saved.filter((intent) => intent.wrong));
	const ledger = await ledgerOf(
		lab.backend,
		wrong.map(({ mid }) => mid)
	);
	const through = ledger.filter(({ verdict }) => !['rejected', 'blocked'].includes(verdict));
	if (through.length > 0) throw new Broken('what nobody may do is refused', through);
}

async function check(lab: Lab): Promise<void> {
	for (const phone of lab.phones) {
		await checkQuiet(phone);
		await checkConverged(lab.backend, phone);
	}
}

async function stopFaults(lab: Lab, phone: LabPhone): Promise<void> {
	for (const page of phone.pages) {
		page.storage.heal();
		page.tabs.frozen = false;
	}
	await phone.proxy.heal();
	if (!phone.line.isOnline) phone.line.set(true);
	await lab.settle();
}

/** Runs what is due, timer after timer, until it holds. @throws {Broken} when that takes longer than it may */
async function passUntil(
	lab: Lab,
	limitMs: number,
	what: string | (() => string),
	holds: () => Promise<boolean>
): Promise<void> {
	const startMs = lab.time.nowMs;
	for (;;) {
		for (const phone of lab.phones) await signInWhereAsked(lab, phone);
		if (await holds()) return;
		const nextAtMs = lab.time.nextAtMs;
		if (nextAtMs === null || nextAtMs > startMs + limitMs)
			throw new Broken(typeof what === 'string' ? what : what(), {
				withinMs: limitMs,
				waiting: await Promise.all(lab.phones.map(describe))
			});
		lab.time.step(nextAtMs);
		await lab.settle();
	}
}

async function signInWhereAsked(lab: Lab, phone: LabPhone): Promise<void> {
	if (!phone.pages.some((page) => page.signedOut)) return;
	lab.tally.signIns++;
	await phone.signInAgain();
	await lab.settle();
}

async function everyPhone(
	lab: Lab,
	holds: (phone: LabPhone) => Promise<boolean>
): Promise<boolean> {
	const each = await Promise.all(lab.phones.map(holds));
	return each.every(Boolean);
}

async function describe({ me, db, page }: LabPhone): Promise<unknown> {
	const { phase, lastProblem, nextTryAt } = page.workspace.status;
	const pending = await db.outbox.where('state').equals('pending').toArray();
	const waiting = pending.map(({ n, attempts, mutation }) => ({
		n,
		attempts,
		name: mutation.name
	}));
	return { who: me.displayName, phase, lastProblem, nextTryAt, waiting };
}
