/** Who is told in an earthquake: people in care with the same circle each, and phones of the circle, of which some are not there any more. */
import { randomUUID } from 'node:crypto';
import type { Backend } from '../../api/backend.ts';
import { CASES, ORGS } from '../../fixtures/db-world.ts';
import type { PushService } from '../../fixtures/push-service.ts';

const PEOPLE_IN_CARE = 50;
/** Of each person in the circle; the last of them was sold, and its push service says so. */
const PHONES_EACH = 3;

/** @returns their cases; each has the same circle as 阿月 */
export async function peopleInCare({ sql }: Backend): Promise<string[]> {
	const cases = await sql<{ id: string }>(
		`insert into public.cases (id, org_id, name, recorded_at)
		select gen_random_uuid(), $1, '受災者' || nr, now() from generate_series(1, $2::integer) nr returning id`,
		[ORGS.shancheng, PEOPLE_IN_CARE]
	);
	const ids = cases.map(({ id }) => id);
	await sql(
		`insert into public.case_members (id, case_id, user_id, role, display_name, recorded_at)
		select gen_random_uuid(), c.id, m.user_id, m.role, m.display_name, now()
		from public.case_members m cross join unnest($2::uuid[]) as c (id)
		where m.case_id = $1 and m.ended_at is null`,
		[CASES.ayue, ids]
	);
	return ids;
}

/** @returns the addresses of the phones that are not there any more */
export async function phonesOf({ sql }: Backend, service: PushService): Promise<Set<string>> {
	const people = await sql<{ user_id: string }>(
		'select distinct user_id from public.case_members where case_id = $1 and ended_at is null',
		[CASES.ayue]
	);
	const gone = new Set<string>();
	for (const { user_id } of people)
		for (let nr = 1; nr <= PHONES_EACH; nr++) {
			const { endpoint, p256dh, auth } = service.subscribe();
			await sql(
				`insert into private.push_subscriptions (user_id, client_id, endpoint, p256dh, auth, vapid_key)
				select $1, $2, $3, $4, $5, vapid_public from private.engine`,
				[user_id, randomUUID(), endpoint, p256dh, auth]
			);
			if (nr === PHONES_EACH) gone.add(endpoint);
		}
	return gone;
}
