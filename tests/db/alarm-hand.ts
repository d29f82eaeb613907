/** What tests of the engine's side of the database do: phones that can be told, time that passes, ticks, and what became of it. */
import { randomUUID } from 'node:crypto';
import { PEOPLE, type Person, type Row } from '../fixtures/db-world.ts';
import { Phone, type Connection, type Intent, type Result } from './harness.ts';

export interface Claimed {
	readonly id: string;
	readonly token: string;
	readonly kind: string;
	readonly about: string | null;
	readonly subject: string;
	readonly severity: string | null;
	readonly user: string;
	readonly channel: string;
	readonly attempts: number;
	readonly ttl_s: number;
	readonly soft: boolean;
	readonly endpoint: string | null;
	readonly phone: string | null;
}

/** A shift that never ends. */
export const ALWAYS = {
	weekdays: [1, 2, 3, 4, 5, 6, 7],
	starts_at_time: '00:00',
	ends_at_time: '00:00',
	on_holidays: true
};

export class AlarmHand {
	readonly #db: Connection;

	constructor(db: Connection) {
		this.#db = db;
	}

	/** This person has a phone with notices. @returns its endpoint */
	async phoneFor(person: Person): Promise<string> {
		const endpoint = `https://push.test/${randomUUID()}`;
		await this.#db.sql(
			`insert into private.push_subscriptions (user_id, client_id, endpoint, p256dh, auth, vapid_key) values ($1, $2, $3, $4, $5, 'key')`,
			[PEOPLE[person], randomUUID(), endpoint, 'p'.repeat(87), 'a'.repeat(22)]
		);
		return endpoint;
	}

	async push(person: Person, ...intents: Intent[]): Promise<Result[]> {
		return await new Phone(this.#db, person).push(intents, { inside: true });
	}

	async report(person: Person, row: Row): Promise<string> {
		await this.push(person, { name: 'emergency.report', args: { row } });
		return row.id;
	}

	async answer(person: Person, name: string, id: string, fields = {}): Promise<Result[]> {
		return await this.push(person, {
			name,
			args: { id, action_id: randomUUID(), ...fields }
		});
	}

	/** As the engine asks, whatever its role may be. */
	async tick(limit = 50): Promise<{ rung: number; failed: string[]; deliveries: Claimed[] }> {
		return await this.#db.value('select private.engine_tick($1)', [JSON.stringify({ limit })]);
	}

	/** What is due goes out, and every push service takes it. @returns who was told, by name */
	async ring(): Promise<string[]> {
		const { deliveries } = await this.tick();
		await this.settle(...deliveries.map(({ id }) => ({ id, outcome: 'accepted' })));
		return deliveries.map(({ user }) => nameOf(user)).sort();
	}

	async settle(...results: object[]): Promise<void> {
		await this.#db.sql('select private.engine_settle($1)', [JSON.stringify({ results })]);
	}

	/** Everything that is due is due that much sooner. */
	async pass(minutes: number): Promise<void> {
		await this.#db.sql(
			`update private.alarms set next_at = next_at - make_interval(mins => $1), started_at = started_at - make_interval(mins => $1)`,
			[minutes]
		);
		await this.#db.sql(
			`update private.deliveries set due_at = due_at - make_interval(mins => $1), expires_at = expires_at - make_interval(mins => $1),
				leased_until = leased_until - make_interval(mins => $1)`,
			[minutes]
		);
	}

	/** `person channel step state reason` of each receipt, in order. */
	async heard(emergency: string): Promise<string[]> {
		const rows = await this.#db.sql<Record<string, string>>(
			'select user_id, channel, step, state, reason from public.emergency_receipts where emergency_id = $1 order by step, channel',
			[emergency]
		);
		return rows
			.map(({ user_id, channel, step, state, reason }) =>
				[nameOf(user_id ?? ''), channel, step, state, reason]
					.filter((word) => word !== null)
					.join(' ')
			)
			.sort();
	}

	/** State, step and whether more is to come, as everybody sees it. */
	async alarmOf(emergency: string): Promise<unknown> {
		const [row] = await this.#db.sql(
			'select alarm_state, alarm_step, alarm_next_at is not null as more from public.emergencies where id = $1',
			[emergency]
		);
		return row;
	}
}

export function nameOf(id: string): string {
	return Object.entries(PEOPLE).find(([, user]) => user === id)?.[0] ?? id;
}
