/** Cases besides those of the seed, for tests in which many are written at once. */
import { randomUUID } from 'node:crypto';
import { CASES, ORGS, PEOPLE, type Person } from '../fixtures/db-world.ts';
import type { Connection } from './harness.ts';

/** @returns the ids of `count` cases whose circle is `staff`, in the roles that they have towards 阿月 */
export async function moreCases(
	connection: Connection,
	count: number,
	staff: readonly Person[]
): Promise<string[]> {
	const ids = Array.from({ length: count }, () => randomUUID());
	for (const id of ids) {
		await connection.sql(`insert into public.cases (id, org_id, name) values ($1, $2, '案')`, [
			id,
			ORGS.shancheng
		]);
		await connection.sql(
			`insert into public.case_members (id, case_id, user_id, role, display_name)
			 select gen_random_uuid(), $1, m.user_id, m.role, m.display_name from public.case_members m
			 where m.case_id = $2 and m.user_id = any ($3)`,
			[id, CASES.ayue, staff.map((name) => PEOPLE[name])]
		);
	}
	return ids;
}
