/** The phones of who is asked to make a visit: they say yes, say no, or do not answer. The product's own engine, without a screen. */
import { expect } from '@playwright/test';
import { SessionStore } from '#lib/remote/session-store.ts';
import { signIn } from '#lib/remote/auth.ts';
import type { OfferedVisitRow } from '#lib/domain/rows.ts';
import { PASSWORD } from '../../fixtures/e2e-demo.ts';
import { memoryStorage } from '../../sync/support/backend.ts';
import { BenchPhone } from '../bench-phone.ts';
import { configOf, type Worker } from './agency.ts';

/** Undo takes ten seconds; what is asked is on its way a moment later. */
const ASKED_WITHIN_MS = 60_000;

export class Colleague {
	readonly worker: Worker;
	readonly #phone: BenchPhone;

	private constructor(worker: Worker, phone: BenchPhone) {
		this.worker = worker;
		this.#phone = phone;
	}

	static async signedIn(baseURL: string, worker: Worker): Promise<Colleague> {
		const config = await configOf(baseURL);
		const auth = { config, sessions: new SessionStore(memoryStorage()) };
		const outcome = await signIn(auth, worker.email, PASSWORD);
		if (!outcome.ok) throw new Error(`${worker.name}: ${outcome.problem.kind}`);
		return new Colleague(worker, new BenchPhone({ auth, userId: worker.id }));
	}

	/** What waits for an answer on this phone, in order of time. */
	async asked(): Promise<readonly OfferedVisitRow[]> {
		await this.#phone.sync();
		const all = await this.#phone.db.offered_visits.toArray();
		return all
			.filter(({ status, deleted_at }) => status === 'offered' && deleted_at === null)
			.sort((a, b) => a.starts_at.localeCompare(b.starts_at));
	}

	/** @param count how many questions have been sent to this person */
	async waitUntilAsked(count: number): Promise<void> {
		await expect
			.poll(async () => (await this.asked()).length, { timeout: ASKED_WITHIN_MS })
			.toBe(count);
	}

	/** @param answer null: no answer */
	async answer(
		answerTo: (offer: OfferedVisitRow, index: number) => 'yes' | 'no' | null
	): Promise<void> {
		const me = {
			userId: this.worker.id,
			email: this.worker.email,
			displayName: this.worker.name,
			memberships: []
		};
		const at = new Date().toISOString();
		for (const [index, offer] of (await this.asked()).entries()) {
			const answer = answerTo(offer, index);
			if (answer === 'yes')
				await this.#phone.save(me, [{ name: 'visit_offer.accept', args: { id: offer.id, at } }]);
			if (answer === 'no')
				await this.#phone.save(me, [
					{ name: 'visit_offer.decline', args: { id: offer.id, at, decline_reason: 'time' } }
				]);
		}
		await this.#phone.sync();
	}
}
