-- What a phone asks for beside sync(): older rows of one case, and who it is to the server.

-- Rows of one case that are older than `before`, newest first. Rows about the same millisecond come together, so that asking again
-- with the oldest instant received misses none.
create function public.history(request jsonb) returns jsonb
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' set plan_cache_mode = 'force_generic_plan'
  set enable_seqscan = off set jit = off as $$
declare
  wanted integer;
  of_buckets integer[];
  found jsonb;
begin
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  if (select auth.uid()) is null or not private.session_ok() then
    perform private.fail(401, 'unauthenticated');
  end if;
  wanted := least(greatest(coalesce((request ->> 'limit')::integer, 500), 1), 2000);
  of_buckets := array(select h.bucket_id from private.my_heads() h where h.case_id = (request ->> 'case')::uuid);
  if of_buckets = '{}' then
    perform private.fail(404, 'not_found');
  end if;
  with page as materialized (
    select r.table_name, r.relevant_at, r.body
    from private.synced_rows r
    where r.bucket_id = any (of_buckets)
      and r.relevant_at < coalesce((request ->> 'before')::timestamptz, private.window_start())
      and (request ->> 'table' is null or r.table_name = request ->> 'table')
    order by date_trunc('milliseconds', r.relevant_at) desc
    fetch first wanted rows with ties
  )
  select jsonb_build_object(
    'rows', coalesce((select jsonb_object_agg(x.table_name, x.bodies) from (
      select p.table_name, jsonb_agg(p.body) as bodies from page p group by p.table_name) x), '{}'),
    'more', (select count(*) from page) >= wanted)
  into found;
  return found;
end
$$;
comment on function public.history is 'request { case, before?, limit?, table? } → { rows, more }. Refuses with not_found when the caller has no part in the case.';

-- A phone whose pull was empty asks this before it believes that something was taken away.
create function public.whoami() returns jsonb
language plpgsql stable security invoker set search_path = '' as $$
declare
  me constant uuid := (select auth.uid());
begin
  if me is null or not private.session_ok() then
    perform private.fail(401, 'unauthenticated');
  end if;
  return jsonb_build_object(
    'user_id', me,
    'email', (select auth.jwt()) ->> 'email',
    'display_name', (select p.display_name from public.profiles p where p.id = me),
    'locale', (select p.locale from public.profiles p where p.id = me),
    'memberships', coalesce((
      select jsonb_agg(jsonb_build_object('id', m.id, 'org_id', m.org_id, 'org_name', o.name, 'role', m.role, 'title', m.title) order by m.received_at)
      from public.memberships m join public.organizations o on o.id = m.org_id
      where m.user_id = me and m.ended_at is null), '[]'),
    'cases', coalesce((
      select jsonb_agg(jsonb_build_object('case_id', m.case_id, 'role', m.role))
      from public.case_members m where m.user_id = me and m.ended_at is null and (m.until_at is null or m.until_at > now())), '[]'),
    'topics', (
      select jsonb_agg(t.topic) from (
        select 'user:' || me as topic
        union select 'org:' || m.org_id from public.memberships m where m.user_id = me and m.ended_at is null
        union select 'supervise:' || m.org_id from public.memberships m where m.user_id = me and m.ended_at is null and m.role = 'supervisor'
        union select case when m.role = 'family' then 'case:' else 'staff:' end || m.case_id
          from public.case_members m where m.user_id = me and m.ended_at is null and (m.until_at is null or m.until_at > now())
      ) t));
end
$$;
comment on function public.whoami is 'Who the caller is to this server: memberships, circles, and the realtime topics to listen to.';

revoke execute on function public.history(jsonb), public.whoami() from public, anon;
grant execute on function public.history(jsonb), public.whoami() to authenticated;
