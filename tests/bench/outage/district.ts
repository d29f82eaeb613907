/** A district whose workers come back all at once: agencies of fifty workers, each with five cases that the next one shares. */
import { randomUUID } from 'node:crypto';
import type { PostgrestServer } from '../../fixtures/postgrest-server.ts';

const WORKERS_AN_AGENCY = 50;
const CASES_A_WORKER = 5;

export interface Worker {
	readonly userId: string;
	/** Own ones and those of the colleague. */
	readonly caseIds: readonly string[];
}

export async function aDistrict(server: PostgrestServer, workers: number): Promise<Worker[]> {
	const people = Array.from({ length: workers }, (_, index) => ({
		userId: randomUUID(),
		agency: Math.floor(index / WORKERS_AN_AGENCY),
		own: Array.from({ length: CASES_A_WORKER }, () => randomUUID())
	}));
	const agencies = Array.from({ length: Math.ceil(workers / WORKERS_AN_AGENCY) }, () =>
		randomUUID()
	);
	const next = (index: number) => people[(index + 1) % workers]!;
	const insert = (table: string, rows: readonly object[]) =>
		server.sql(
			`insert into public.${table} (${Object.keys(rows[0]!).join(', ')})
			 select ${Object.keys(rows[0]!).join(', ')} from jsonb_populate_recordset(null::public.${table}, $1::text::jsonb)`,
			[JSON.stringify(rows)]
		);
	await insert(
		'organizations',
		agencies.map((id, nr) => ({ id, name: `長照機構${nr}`, kind: 'B' }))
	);
	await insert(
		'profiles',
		people.map(({ userId }) => ({ id: userId, display_name: '照服員', locale: 'zh-TW' }))
	);
	await insert(
		'memberships',
		people.map(({ userId, agency }) => ({
			id: randomUUID(),
			org_id: agencies[agency],
			user_id: userId,
			role: 'worker',
			display_name: '照服員'
		}))
	);
	await insert(
		'cases',
		people.flatMap(({ agency, own }) =>
			own.map((id) => ({ id, org_id: agencies[agency], name: '長者', status: 'active' }))
		)
	);
	await insert(
		'case_members',
		people.flatMap(({ userId, own }, index) =>
			[userId, ...(workers > 1 ? [next(index).userId] : [])].flatMap((member) =>
				own.map((case_id) => ({
					id: randomUUID(),
					case_id,
					user_id: member,
					role: 'worker',
					display_name: '照服員'
				}))
			)
		)
	);
	await server.exec('vacuum analyze');
	return people.map(({ userId, own }, index) => ({
		userId,
		caseIds: [...own, ...people[(index + workers - 1) % workers]!.own]
	}));
}
