/** Calls of people within the transaction that is open, and a case that goes from one organisation of the seed to the other. */
import { CASES, ORGS, type Person } from '../fixtures/db-world.ts';
import type { Connection, Fields } from './harness.ts';

export class Callers {
	readonly #db: Connection;

	constructor(db: Connection) {
		this.#db = db;
	}

	async rpc<T = Fields>(person: Person, name: string, argument?: unknown): Promise<T> {
		// A literal takes the type of the parameter.
		const given =
			argument === undefined
				? ''
				: `'${typeof argument === 'string' ? argument : JSON.stringify(argument)}'`;
		const [row] = await this.#db.as<{ answer: T }>(
			person,
			`select public.${name}(${given}) as answer`
		);
		if (row === undefined) throw new Error(`${name} answered nothing`);
		return row.answer;
	}

	/** What the call threw; the answer when it threw nothing. */
	async refusal(person: Person, name: string, argument?: unknown): Promise<unknown> {
		await this.#db.exec('savepoint refusal');
		const answer: unknown = await this.rpc(person, name, argument).catch(
			(reason: unknown) => reason
		);
		await this.#db.exec('rollback to refusal');
		return answer;
	}

	async offer(): Promise<{ id: string; token: string }> {
		return await this.rpc('supervisor', 'create_handover', { case_id: CASES.ayue });
	}

	async accept(
		token: string,
		by: Person = 'outsider',
		org_id: string = ORGS.haixian
	): Promise<void> {
		await this.rpc(by, 'accept_handover', { token, org_id });
	}

	/** 阿月 goes from 山城 to 海線. */
	async move(): Promise<void> {
		await this.accept((await this.offer()).token);
	}
}
