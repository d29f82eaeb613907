/** Asks the database whether a user may hear a topic, in the way Supabase Realtime asks it. */
import type { Database } from '#lib/server/embedded/database.ts';
import type { AccessClaims } from './access-token.ts';

/**
 * Within a transaction that is rolled back: puts a probe row for the topic into
 * `realtime.messages`, becomes the user, and looks whether the policies on that table let the row
 * be seen. The session has to exist still; a signed-out phone hears nothing more.
 */
export function mayListen(
	database: Database,
	claims: AccessClaims,
	topic: string
): Promise<boolean> {
	return database.rehearse(async (session) => {
		const [probe] = await session.query<{ id: string; signed_in: boolean }>(
			`with probe as (
				insert into realtime.messages (topic, extension, private)
				values ($1, 'broadcast', true) returning id
			)
			select probe.id,
				exists (select from auth.sessions where id = $4::uuid) as signed_in,
				set_config('realtime.topic', $1, true),
				set_config('request.jwt.claims', $2, true),
				set_config('request.jwt.claim.sub', $3, true),
				set_config('request.jwt.claim.role', 'authenticated', true),
				set_config('role', 'authenticated', true)
			from probe`,
			[topic, JSON.stringify(claims), claims.sub, claims.session_id]
		);
		if (!probe?.signed_in) return false;
		const seen = await session.query('select from realtime.messages where id = $1', [probe.id]);
		return seen.length === 1;
	});
}
