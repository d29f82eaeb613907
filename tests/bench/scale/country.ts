/**
 * A country of agencies, all alike: each has a supervisor, a worker and twenty cases of 250 rows of the last ninety days. It grows by
 * more agencies, so that what one worker's phone holds stays the same.
 */
import type { Connection } from '../../db/harness.ts';

const CASES_AN_AGENCY = 20;
/** visits, measurements, messages; a case also has its own row and the worker's place in its circle. */
const ROWS_A_CASE = { visits: 60, measurements: 120, messages: 70 } as const;
export const ROWS_AN_AGENCY = CASES_AN_AGENCY * 250;

/** The worker and a case of an agency, by its number. */
export const workerOf = (agency: number) => `md5('worker ${agency}')::uuid`;
export const caseOf = (agency: number, nr: number) => `md5('case ${agency} ${nr}')::uuid`;

/** Adds agencies `from` to `to`. Triggers are off, as where an operator restores data: heads and figures are set afterwards. */
export async function addAgencies(db: Connection, from: number, to: number): Promise<void> {
	await db.exec(`
		begin;
		set local session_replication_role = replica;
		set local work_mem = '256MB';

		insert into private.buckets (kind, org_id)
		select k, md5('org ' || a)::uuid from generate_series(${from}, ${to}) a, unnest(array['org', 'org_supervisors']) k;
		insert into private.buckets (kind, user_id)
		select 'user', md5(r || ' ' || a)::uuid from generate_series(${from}, ${to}) a, unnest(array['worker', 'supervisor']) r;
		insert into private.buckets (kind, case_id, org_id)
		select k, md5('case ' || a || ' ' || c)::uuid, md5('org ' || a)::uuid
		from generate_series(${from}, ${to}) a, generate_series(1, ${CASES_AN_AGENCY}) c,
			unnest(array['case_circle', 'case_staff', 'case_restricted']) k;

		create temp table agency on commit drop as
		select a, md5('org ' || a)::uuid as org, b.id as bucket
		from generate_series(${from}, ${to}) a join private.buckets b on b.org_id = md5('org ' || a)::uuid and b.kind = 'org';
		insert into public.organizations (id, name, kind, bucket_id, seq)
		select org, '長照機構' || a, 'B', bucket, nextval('private.sync_seq') from agency;
		insert into public.profiles (id, display_name, bucket_id, seq)
		select b.user_id, r, b.id, nextval('private.sync_seq')
		from agency, unnest(array['worker', 'supervisor']) r join private.buckets b on true
		where b.user_id = md5(r || ' ' || a)::uuid;
		insert into public.memberships (id, org_id, user_id, role, display_name, bucket_id, seq)
		select gen_random_uuid(), org, md5(r || ' ' || a)::uuid, r, r, bucket, nextval('private.sync_seq')
		from agency, unnest(array['worker', 'supervisor']) r;

		create temp table the_case on commit drop as
		select a, b.case_id as id, b.org_id as org, b.id as bucket, md5('worker ' || a)::uuid as worker
		from agency join private.buckets b on b.org_id = agency.org and b.kind = 'case_circle';
		insert into public.cases (id, org_id, name, bucket_id, seq)
		select id, org, '長者', bucket, nextval('private.sync_seq') from the_case;
		insert into public.case_members (id, case_id, user_id, role, display_name, bucket_id, seq)
		select gen_random_uuid(), id, worker, 'worker', '照服員', bucket, nextval('private.sync_seq') from the_case;

		insert into public.visits (id, case_id, worker_id, worker_name, starts_at, ends_at, status, bucket_id, seq, relevant_at, recorded_at)
		select gen_random_uuid(), id, worker, '照服員', at, at + interval '1 hour', 'planned', bucket, nextval('private.sync_seq'), at, at
		from the_case, generate_series(1, ${ROWS_A_CASE.visits}) i, lateral (select now() + (1 - i * 1.5) * interval '1 day' as at) t;
		insert into public.measurements (id, case_id, kind, value, measured_at, author_name, bucket_id, seq, relevant_at, recorded_at)
		select gen_random_uuid(), id, 'pulse', 60 + i % 40, at, '照服員', bucket, nextval('private.sync_seq'), at, at
		from the_case, generate_series(1, ${ROWS_A_CASE.measurements}) i, lateral (select now() - i * 0.74 * interval '1 day' as at) t;
		insert into public.messages (id, case_id, body, author_name, audience, bucket_id, seq, relevant_at, recorded_at)
		select gen_random_uuid(), id, '今天精神不錯，午餐吃完了。', '照服員', 'circle', bucket, nextval('private.sync_seq'), at, at
		from the_case, generate_series(1, ${ROWS_A_CASE.messages}) i, lateral (select now() - i * 1.2 * interval '1 day' as at) t;

		update private.buckets b set seq = m.seq
		from (select bucket_id, max(seq) as seq from private.synced_rows
			where bucket_id >= (select min(bucket) from agency) group by 1) m
		where b.id = m.bucket_id;
		select private.recount();
		commit;`);
	await db.exec('vacuum analyze');
}
