/** A small agency on a test server: its people, two care recipients, and what each person may see according to the database. */
import type { TableName } from '#lib/domain/rows.ts';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import type { StaffRole } from '#lib/domain/rows.ts';
import type { Me } from '#lib/sync/workspace.ts';
import type { Backend } from './backend.ts';

export interface World {
	readonly orgId: string;
	readonly caseIds: readonly [string, string];
	readonly supervisor: Me;
	readonly manager: Me;
	readonly nurse: Me;
	readonly worker: Me;
	readonly family: Me;
	readonly outsider: Me;
}

/** A fresh agency; worlds of one server do not see each other. */
export async function aWorld(backend: Backend): Promise<World> {
	const orgId = crypto.randomUUID();
	const otherOrgId = crypto.randomUUID();
	const caseIds = [crypto.randomUUID(), crypto.randomUUID()] as const;
	await backend.sql(
		`insert into public.organizations (id, name, kind) values ($1, '山城長照', 'B'), ($2, '鄰鄉長照', 'B')`,
		[orgId, otherOrgId]
	);
	const staff = (name: string, role: StaffRole, org = orgId) => addStaff(backend, org, name, role);
	const supervisor = await staff('督導', 'supervisor');
	const manager = await staff('個管', 'care_manager');
	const nurse = await staff('護理師', 'nurse');
	const worker = await staff('居服員', 'worker');
	const outsider = await staff('鄰鄉督導', 'supervisor', otherOrgId);
	const familyId = await backend.createUser('家屬');
	await addProfile(backend, familyId, '家屬');
	const family = aPerson(familyId, '家屬', []);

	for (const [index, caseId] of caseIds.entries()) {
		await backend.sql('insert into public.cases (id, org_id, name) values ($1, $2, $3)', [
			caseId,
			orgId,
			`長者${index + 1}`
		]);
		for (const [me, role] of [
			[manager, 'care_manager'],
			[nurse, 'nurse'],
			[worker, 'worker']
		] as const)
			await joinCircle(backend, caseId, me, role);
	}
	await joinCircle(backend, caseIds[0], family, 'family');
	return { orgId, caseIds, supervisor, manager, nurse, worker, family, outsider };
}

/** One more person of an agency; in no circle yet. */
export async function addStaff(
	backend: Backend,
	orgId: string,
	name: string,
	role: StaffRole
): Promise<Me> {
	const userId = await backend.createUser(name);
	await addProfile(backend, userId, name);
	await backend.sql(
		'insert into public.memberships (id, org_id, user_id, role, display_name) values ($1, $2, $3, $4, $5)',
		[crypto.randomUUID(), orgId, userId, role, name]
	);
	return aPerson(userId, name, [{ orgId, orgName: '山城長照', role }]);
}

export async function joinCircle(
	backend: Backend,
	caseId: string,
	me: Me,
	role: string
): Promise<void> {
	await backend.sql(
		'insert into public.case_members (id, case_id, user_id, role, display_name) values ($1, $2, $3, $4, $5)',
		[crypto.randomUUID(), caseId, me.userId, role, me.displayName]
	);
}

export async function leaveCircle(backend: Backend, caseId: string, me: Me): Promise<void> {
	await backend.sql(
		'update public.case_members set ended_at = now() where case_id = $1 and user_id = $2 and ended_at is null',
		[caseId, me.userId]
	);
}

/** As if a supervisor of each side had agreed to it. */
export async function handOver(
	backend: Backend,
	caseId: string,
	fromOrgId: string,
	toOrgId: string
): Promise<void> {
	await backend.exec(`do $$ begin
		insert into private.handovers (case_id, from_org_id, to_org_id, token_hash, created_by, expires_at, accepted_by, accepted_at)
		select '${caseId}', '${fromOrgId}', '${toOrgId}', gen_random_uuid()::text, user_id, now(), user_id, now()
		from public.memberships where org_id = '${fromOrgId}' and role = 'supervisor' limit 1;
		perform private.lock_heads(array(select id from private.buckets where case_id = '${caseId}'));
		perform private.move_case('${caseId}', '${fromOrgId}', '${toOrgId}');
	end $$`);
}

/** id → seq of every row that the database lets this person see, by table. */
export type Sight = Readonly<Record<TableName, Readonly<Record<string, number>>>>;

/** Asks the database what this person's buckets hold. */
export async function sightOf(backend: Backend, me: Me): Promise<Sight> {
	const claims = JSON.stringify({ sub: me.userId, role: 'authenticated' });
	const arms = TABLE_NAMES.map(
		(table) =>
			`select '${table}' as name, id::text, seq::float8 as seq from public.${table} where bucket_id in (select id from mine)`
	);
	const rows = await backend.sql<{ name: TableName; id: string; seq: number }>(
		`with mine as materialized (select unnest(private.test_buckets_of($1::jsonb)) as id) ${arms.join(' union all ')}`,
		[claims]
	);
	const tables = TABLE_NAMES.map((table) => [
		table,
		Object.fromEntries(rows.filter(({ name }) => name === table).map(({ id, seq }) => [id, seq]))
	]);
	// One entry a table was made just above.
	return Object.fromEntries(tables) as Sight;
}

/** The buckets that this person belongs to now. */
export async function bucketsOf(backend: Backend, me: Me): Promise<Set<number>> {
	const claims = JSON.stringify({ sub: me.userId, role: 'authenticated' });
	const rows = await backend.sql<{ id: number }>(
		'select unnest(private.test_buckets_of($1::jsonb)) as id',
		[claims]
	);
	return new Set(rows.map(({ id }) => id));
}

/** my_buckets() for any person, for tests: the same function, with that person's claims for the length of the call. */
export async function installTestHelpers(backend: Backend): Promise<void> {
	await backend.exec(`
		create or replace function private.test_buckets_of(claims jsonb) returns integer[]
		language plpgsql volatile security definer set search_path = '' as $$
		declare
			ids integer[];
		begin
			perform set_config('request.jwt.claims', claims::text, true);
			ids := array(select private.my_buckets());
			perform set_config('request.jwt.claims', '', true);
			return ids;
		end
		$$;
		revoke execute on function private.test_buckets_of(jsonb) from public;
	`);
}

function aPerson(userId: string, displayName: string, memberships: Me['memberships']): Me {
	return { userId, email: `${displayName}@example.org`, displayName, memberships };
}

async function addProfile(backend: Backend, userId: string, name: string): Promise<void> {
	await backend.sql(
		'insert into public.profiles (id, display_name) values ($1, $2) on conflict do nothing',
		[userId, name]
	);
}
