-- sync(): one round trip. First what the phone has done (push), each mutation in its own savepoint with its verdict in the ledger;
-- then what the phone lacks (pull), read in one snapshot. One call is one transaction.

-- Reading rows for a phone --------------------------------------------------------------------------------------------------

-- An instant as phones write it: UTC, milliseconds, Z. Without a search_path of its own, so that it is inlined into every row.
create function private.iso(at timestamptz) returns text
language sql stable as $$
  select case when at in ('infinity', '-infinity') then at::text else to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end
$$;

-- Makes private.as_json(row) for one table, and rebuilds the view of all synced rows. A row travels with all its columns but those
-- that are null. To be called by the migration that adds a synced table (docs/recipes/add-a-synced-table.md).
create function private.make_readable() returns void
language plpgsql volatile set search_path = '' as $$
declare
  t text;
  instants text;
  documents text;
  arms text[] := '{}';
begin
  drop view if exists private.changes;
  drop view if exists private.synced_rows;
  for t in
    select c.relname from pg_catalog.pg_trigger g join pg_catalog.pg_class c on c.oid = g.tgrelid
    where g.tgname = 'move_heads_insert' and c.relnamespace = 'public'::regnamespace order by c.relname
  loop
    select
      string_agg(format('%L, private.iso(r.%I)', a.attname, a.attname), ', ') filter (where a.atttypid = 'timestamptz'::regtype),
      -- Nulls inside a jsonb column belong to it and are not stripped.
      string_agg(format('%L, r.%I', a.attname, a.attname), ', ') filter (where a.atttypid = 'jsonb'::regtype)
    into instants, documents
    from pg_catalog.pg_attribute a
    where a.attrelid = ('public.' || quote_ident(t))::regclass and a.attnum > 0 and not a.attisdropped;
    execute format('create or replace function private.as_json(r public.%I) returns jsonb language sql stable as $body$
      select jsonb_strip_nulls(to_jsonb(r)%s || jsonb_build_object(%s))%s $body$', t,
      case when documents is null then '' else format(' - array[%s]', (
        select string_agg(quote_literal(a.attname), ', ') from pg_catalog.pg_attribute a
        where a.attrelid = ('public.' || quote_ident(t))::regclass and a.atttypid = 'jsonb'::regtype and a.attnum > 0)) end,
      instants,
      case when documents is null then '' else format(' || jsonb_build_object(%s)', documents) end);
    arms := arms || format('select %L::text as table_name, r.id, r.bucket_id, r.seq, r.relevant_at, false as gone, private.as_json(r) as body from public.%I r', t, t);
  end loop;
  -- security_invoker: whoever reads the view is held to the policies of the tables.
  execute 'create view private.synced_rows with (security_invoker = true) as ' || array_to_string(arms, ' union all ');
  execute 'create view private.changes with (security_invoker = true) as select * from private.synced_rows
    union all select table_name, row_id, bucket_id, seq, ''infinity'', true, null from private.my_tombstones';
  grant select on private.synced_rows, private.changes to authenticated;
  revoke execute on all functions in schema private from public, anon;
  for t in select p.oid::regprocedure::text from pg_catalog.pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname in ('as_json', 'iso') loop
    execute format('grant execute on function %s to authenticated', t);
  end loop;
end
$$;

-- With the owner's rights, held to the caller's buckets.
create view private.my_tombstones with (security_barrier = true) as
  select t.bucket_id, t.seq, t.table_name, t.row_id
  from private.sync_tombstones t
  where t.bucket_id = any (array(select private.my_buckets()));
grant select on private.my_tombstones to authenticated;

select private.make_readable();

create function private.my_heads() returns table (bucket_id integer, head bigint, kind text, case_id uuid)
language sql stable security definer set search_path = '' as $$
  select b.id, b.seq, b.kind, b.case_id from private.buckets b where b.id in (select private.my_buckets())
$$;

create function private.epoch() returns uuid
language sql stable security definer set search_path = '' as $$
  select id from private.sync_epoch
$$;

-- Pull ----------------------------------------------------------------------------------------------------------------------

-- What the phone lacks. A cursor, opaque to the phone: absent or 0 = never pulled; c > 0 = has everything up to c; -(s + 1) = its
-- window is arriving and it has the window's rows up to s.
--   never pulled: what stands and what is about today and tomorrow comes first, of as many buckets as fit in a page; where the whole
--                 window of a bucket fits, it comes at once (then: cursor = head), else the rest follows (then: cursor = -1)
--   window:       rows about the last 90 days and later, in order of seq; a page may end anywhere
--   delta:        everything after the cursor, also rows older than the window, and tombstones
-- STABLE matters: all its statements read the snapshot of the one statement that calls it, so heads and rows are of one moment.
create function private.pull(cursors jsonb, same_epoch boolean, page integer) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  since constant timestamptz := private.window_start();
  today constant timestamptz := private.today_start();
  after_tomorrow constant timestamptz := private.today_start() + interval '2 days';
  -- One entry a bucket that the phone may see and that has something for it, most urgent first.
  b_id integer[];
  b_head bigint[];
  b_cursor bigint[];
  b_reset boolean[];
  b_pending bigint[]; -- rows that a delta or a window still owes
  b_today bigint[];
  b_live bigint[];
  b_sum numeric[];
  -- What this page takes of which bucket.
  take_index integer[] := '{}';
  take_from timestamptz[] := '{}';
  take_until timestamptz[] := '{}';
  take_rows integer[] := '{}';
  room integer := page;
  left_over integer;
  buckets jsonb := '{}';
  next_cursor bigint;
  taken jsonb;
  rows jsonb;
  gone jsonb;
  last_seq jsonb;
begin
  with state as (
    select h.bucket_id, h.head, h.kind, h.case_id,
      case when not same_epoch or a.cursor > h.head then 0 else coalesce(a.cursor, 0) end as cursor,
      a.cursor <> 0 and (not same_epoch or a.cursor > h.head) as reset
    from private.my_heads() h
    left join (select c.key::integer as bucket_id, c.value::bigint as cursor from jsonb_each_text(cursors) c) a using (bucket_id)
  ),
  lacking as (
    select s.*, case
      when s.cursor > 0 then 0
      when s.kind in ('user', 'org', 'org_supervisors') then 1
      when s.case_id in (
        select v.case_id from public.visits v
        where v.worker_id = (select auth.uid()) and v.starts_at >= today and v.starts_at < after_tomorrow) then 2
      else 3 end as urgency
    from state s where s.cursor <> s.head
  ),
  -- By key alone, so that bodies are built only for what the page takes.
  keys as (
    select l.bucket_id, k.seq, k.relevant_at, k.gone, k.relevant_at >= since and not k.gone as live
    from lacking l
    cross join lateral (
      select r.seq, r.relevant_at, r.gone from private.changes r where r.bucket_id = l.bucket_id and r.relevant_at >= since
      union all
      select r.seq, r.relevant_at, r.gone from private.changes r
      where l.cursor > 0 and r.bucket_id = l.bucket_id and r.seq > l.cursor and r.relevant_at < since
    ) k
  ),
  sizes as (
    select l.bucket_id,
      count(k.seq) filter (where case when l.cursor = 0 then not k.gone when l.cursor > 0 then k.seq > l.cursor else k.seq > -l.cursor - 1 end) as pending,
      count(k.seq) filter (where not k.gone and (k.relevant_at = 'infinity' or k.relevant_at >= today and k.relevant_at < after_tomorrow)) as today_rows,
      count(k.seq) filter (where k.live) as live,
      coalesce(sum(k.seq) filter (where k.live), 0) as sum
    from lacking l left join keys k using (bucket_id)
    group by l.bucket_id
  )
  select
    array_agg(l.bucket_id order by o.nr), array_agg(l.head order by o.nr), array_agg(l.cursor order by o.nr),
    array_agg(coalesce(l.reset, false) order by o.nr), array_agg(z.pending order by o.nr), array_agg(z.today_rows order by o.nr),
    array_agg(z.live order by o.nr), array_agg(z.sum order by o.nr)
  into b_id, b_head, b_cursor, b_reset, b_pending, b_today, b_live, b_sum
  from lacking l
  join sizes z using (bucket_id)
  join (select bucket_id, row_number() over (order by urgency, cursor < 0, bucket_id) as nr from lacking) o using (bucket_id);

  -- Changes first, then today of the buckets that are new, then what is left of windows.
  left_over := page;
  for i in 1 .. coalesce(array_length(b_id, 1), 0) loop
    if b_cursor[i] = 0 then
      left_over := left_over - b_today[i]::integer;
    elsif b_cursor[i] > 0 then
      left_over := left_over - least(b_pending[i], page)::integer;
    end if;
  end loop;
  for i in 1 .. coalesce(array_length(b_id, 1), 0) loop
    if b_cursor[i] > 0 and room > 0 then
      take_index := take_index || i;
      take_from := take_from || '-infinity'::timestamptz;
      take_until := take_until || 'infinity'::timestamptz;
      take_rows := take_rows || least(b_pending[i], room)::integer;
      room := room - least(b_pending[i], room)::integer;
    elsif b_cursor[i] = 0 and (b_today[i] <= room or room = page) then
      take_index := take_index || i;
      take_rows := take_rows || b_pending[i]::integer;
      if b_pending[i] - b_today[i] <= greatest(left_over, 0) then
        left_over := left_over - (b_pending[i] - b_today[i])::integer;
        take_from := take_from || since;
        take_until := take_until || 'infinity'::timestamptz;
        room := room - b_pending[i]::integer;
      else
        take_from := take_from || today;
        take_until := take_until || after_tomorrow;
        room := room - b_today[i]::integer;
      end if;
    end if;
  end loop;
  for i in 1 .. coalesce(array_length(b_id, 1), 0) loop
    if b_cursor[i] < 0 and room > 0 then
      take_index := take_index || i;
      take_from := take_from || since;
      take_until := take_until || 'infinity'::timestamptz;
      take_rows := take_rows || least(b_pending[i], room)::integer;
      room := room - least(b_pending[i], room)::integer;
    end if;
  end loop;

  select
    jsonb_object_agg(p.table_name, p.bodies) filter (where not p.gone),
    -- An id that has moved to a bucket which the caller sees as well is not gone.
    jsonb_object_agg(p.table_name, p.ids) filter (where p.gone and p.ids is not null)
  into rows, gone
  from (
    select c.table_name, c.gone,
      jsonb_agg(c.body) filter (where not c.gone) as bodies,
      jsonb_agg(distinct c.id) filter (where c.gone and not exists (
        select from private.synced_rows v where v.table_name = c.table_name and v.id = c.id)) as ids
    from unnest(take_index, take_from, take_until, take_rows) as take (i, from_instant, until_instant, at_most)
    cross join lateral (
      select r.table_name, r.id, r.gone, r.body
      from private.changes r
      where r.bucket_id = b_id[take.i]
        and r.seq > case when b_cursor[take.i] < 0 then -b_cursor[take.i] - 1 else b_cursor[take.i] end
        and r.relevant_at >= take.from_instant and (r.relevant_at < take.until_instant or r.relevant_at = 'infinity')
        and not (r.gone and b_cursor[take.i] = 0)
      order by r.seq
      limit take.at_most
    ) c
    group by c.table_name, c.gone
  ) p;

  -- Where a page ended within a bucket, the cursor is the last number that it took.
  select jsonb_object_agg(t.i, t.last_seq) into last_seq
  from (
    select take.i, (
      select max(s.seq) from (
        select r.seq from private.changes r
        where r.bucket_id = b_id[take.i]
          and r.seq > case when b_cursor[take.i] < 0 then -b_cursor[take.i] - 1 else b_cursor[take.i] end
          and r.relevant_at >= take.from_instant
        order by r.seq limit take.at_most
      ) s
    ) as last_seq
    from unnest(take_index, take_from, take_rows) as take (i, from_instant, at_most)
    where b_cursor[take.i] <> 0 and take.at_most < b_pending[take.i]
  ) t;

  for i in 1 .. coalesce(array_length(b_id, 1), 0) loop
    taken := '{}';
    next_cursor := b_cursor[i];
    if i = any (take_index) then
      next_cursor := case
        when last_seq ? i::text and b_cursor[i] > 0 then (last_seq ->> i::text)::bigint
        when last_seq ? i::text then -(last_seq ->> i::text)::bigint - 1
        when b_cursor[i] = 0 and take_from[array_position(take_index, i)] = today then -1
        else b_head[i] end;
    end if;
    taken := jsonb_build_object('seq', next_cursor, 'more', next_cursor <> b_head[i]);
    if b_reset[i] then
      taken := taken || '{"reset": true}';
    end if;
    if next_cursor = b_head[i] then
      taken := taken || jsonb_build_object('live', b_live[i], 'sum', b_sum[i]);
    end if;
    buckets := buckets || jsonb_build_object(b_id[i], taken);
  end loop;

  return jsonb_build_object(
    'buckets', buckets,
    'rows', coalesce(rows, '{}'),
    'gone', coalesce(gone, '{}'),
    'removed', coalesce((
      select jsonb_agg(k.bucket_id order by k.bucket_id)
      from (select key::integer as bucket_id from jsonb_object_keys(cursors) key) k
      where k.bucket_id not in (select h.bucket_id from private.my_heads() h)), '[]'));
end
$$;

-- Push ----------------------------------------------------------------------------------------------------------------------

-- The phone's own row, locked: two requests of one phone wait for each other. `taken`: the id belongs to somebody else.
create function private.open_client(client uuid, app_schema integer)
returns table (last_n integer, taken boolean, wipe boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
begin
  insert into private.sync_clients as c (id, user_id, app_schema) values (client, me, open_client.app_schema)
  on conflict (id) do update set seen_at = now(), app_schema = excluded.app_schema where c.user_id = me;
  return query
    select c.last_n, c.user_id <> me, c.user_id = me and c.wipe_requested_at is not null and c.wiped_at is null
    from private.sync_clients c where c.id = client for update;
end
$$;

-- Locks, in order, the heads of all buckets of cases and organisations that the batch may write to.
create function private.lock_for_batch(push jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  named constant uuid[] := array(
    select distinct (v #>> '{}')::uuid from jsonb_path_query(push, '$[*].args.**') v
    where jsonb_typeof(v) = 'string' and v #>> '{}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$');
  cases uuid[];
begin
  if named = '{}' then
    return;
  end if;
  cases := array(
    select distinct b.case_id
    from private.buckets b
    where b.case_id in (select private.my_case_ids(private.staff_roles() || array['family']))
      and (b.case_id = any (named) or b.id in (
        select bucket_id from public.case_contacts where id = any (named)
        union all select bucket_id from public.case_members where id = any (named)
        union all select bucket_id from public.visit_series where id = any (named)
        union all select bucket_id from public.visits where id = any (named)
        union all select bucket_id from public.emergencies where id = any (named)
        union all select bucket_id from public.tasks where id = any (named)
        union all select bucket_id from public.record_history where id = any (named)
      )));
  perform private.lock_heads(array(
    select b.id from private.buckets b where b.case_id = any (cases)
    union
    select b.id from private.buckets b
    where b.case_id is null and b.org_id = any (named) and b.org_id in (select private.my_org_ids(private.staff_roles()))
    union
    -- A restricted report leaves its reporter's name with the supervisors.
    select s.id from private.buckets c join private.buckets s on s.org_id = c.org_id and s.kind = 'org_supervisors'
    where c.case_id = any (cases) and push @> '[{"name": "emergency.report"}]'));
end
$$;

-- The heads of people's own buckets come last in the order of locks: mine when the batch edits my own rows, and those of whoever is
-- to be told of something.
create function private.lock_people() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_heads(array(
    select b.id from private.buckets b
    where b.user_id = auth.uid() or b.user_id in (
      select (n ->> 'user_id')::uuid from jsonb_array_elements(coalesce(nullif(current_setting('connect10.notices', true), ''), '[]')::jsonb) n)));
end
$$;

-- Says at the end of a batch what was held back: notices, then pokes.
create function private.close_batch() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  notices constant jsonb := coalesce(nullif(current_setting('connect10.notices', true), ''), '[]')::jsonb;
begin
  perform set_config('connect10.mid', '', true);
  if notices <> '[]' then
    perform private.store_notices(notices);
  end if;
  perform set_config('connect10.batch', 'off', true);
  perform private.poke(string_to_array(nullif(current_setting('connect10.moved', true), ''), ',')::integer[]);
  perform set_config('connect10.notices', '', true);
  perform set_config('connect10.moved', '', true);
end
$$;

-- What the ledger says of a mutation that comes (again): null when it is new.
create function private.recall(client uuid, of_n integer, of_mid uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  entry record;
begin
  select m.user_id, m.verdict, m.code, m.result into entry from private.sync_mutations m where m.mid = of_mid;
  if found then
    if entry.user_id <> auth.uid() then
      return '{"verdict": "fork"}';
    end if;
    return jsonb_build_object('verdict', 'dup', 'data', jsonb_strip_nulls(jsonb_build_object(
      'verdict', entry.verdict, 'code', entry.code)) || case when entry.result is null then '{}' else jsonb_build_object('data', entry.result) end);
  end if;
  -- The same number for something else: a phone that was restored from a backup, or copied.
  if exists (select from private.sync_mutations m where m.client_id = client and m.n = of_n) then
    return '{"verdict": "fork"}';
  end if;
  return null;
end
$$;

-- The rows that a mutation makes.
create function private.made_by(args jsonb) returns uuid[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg((v #>> '{}')::uuid), '{}')
  from (
    select args -> 'row' -> 'id' union all select args -> 'action_id'
    union all select jsonb_path_query(args, '$.contacts[*].id') union all select jsonb_path_query(args, '$.visits[*].id')
  ) as ids (v)
  where jsonb_typeof(v) = 'string' and v #>> '{}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
$$;

-- The number of the refused mutation of this phone without which this one cannot be: it names a row that the other should have made.
-- To make that row again is not held up; that is how refused work is repaired. Nor is an emergency, ever.
create function private.blocked_by(client uuid, name text, args jsonb) returns integer
language sql stable security definer set search_path = '' as $$
  select m.n
  from private.sync_mutations m
  where m.client_id = client and m.owes <> '{}' and name <> 'emergency.report'
    and m.owes && array(
      select (v #>> '{}')::uuid from jsonb_path_query(args, '$.**') v
      where jsonb_typeof(v) = 'string' and v #>> '{}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
      except select unnest(private.made_by(args)))
  order by m.n limit 1
$$;

-- Writes the verdict into the ledger, with the payload. Work that was done now clears the debt of an earlier refusal.
create function private.record_verdict(client uuid, item jsonb, verdict text, code text, result jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  made constant uuid[] := private.made_by(item -> 'args');
begin
  if not exists (select from private.sync_clients c where c.id = client and c.user_id = auth.uid()) then
    perform private.deny();
  end if;
  insert into private.sync_mutations (client_id, n, mid, user_id, name, args, base, device_at, offset_ms, verdict, code, result, owes)
  values (
    client, (item ->> 'n')::integer, (item ->> 'mid')::uuid, auth.uid(), item ->> 'name', coalesce(item -> 'args', '{}'),
    case when jsonb_typeof(item -> 'base') = 'number' then (item ->> 'base')::numeric::bigint end, private.claimed_instant(item ->> 'at'),
    case when jsonb_typeof(item -> 'offset_ms') = 'number' then (item ->> 'offset_ms')::numeric::integer end,
    record_verdict.verdict, record_verdict.code, record_verdict.result,
    case when record_verdict.verdict in ('rejected', 'blocked') then made else '{}' end);
  update private.sync_clients c set last_n = greatest(c.last_n, (item ->> 'n')::integer) where c.id = client;
  if record_verdict.verdict in ('ok', 'conflict') and made <> '{}' then
    update private.sync_mutations m set owes = '{}' where m.client_id = client and m.owes <> '{}' and m.owes && made;
  end if;
end
$$;

-- A device's instant that cannot be read is kept out of the way; the mutation itself is judged on its own.
create function private.claimed_instant(claim text) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return claim::timestamptz;
exception when data_exception then
  return null;
end
$$;

-- One mutation in its savepoint. Faults of this mutation (what is wrong with its data, SQLSTATE 22 and 23; no permission, 42501;
-- refusals, P0001) undo it alone; faults of the moment (deadlock, lock, time-out, disk, connection) end the batch, to be sent again.
create function private.apply_item(client uuid, item jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  blocker integer;
  outcome jsonb;
  verdict text := 'ok';
  code text;
  data jsonb;
  state text;
  message text;
  broken_rule text;
begin
  outcome := private.recall(client, (item ->> 'n')::integer, (item ->> 'mid')::uuid);
  if outcome is not null then
    return outcome;
  end if;
  blocker := private.blocked_by(client, item ->> 'name', item -> 'args');
  if blocker is not null then
    verdict := 'blocked';
    code := 'depends_on_rejected';
    data := jsonb_build_object('n', blocker);
  else
    begin
      perform set_config('connect10.mid', item ->> 'mid', true);
      outcome := private.apply_mutation(item ->> 'name', item -> 'args', (item ->> 'at')::timestamptz,
        (item ->> 'offset_ms')::numeric::integer, (item ->> 'base')::numeric::bigint);
      verdict := coalesce(outcome ->> 'verdict', 'ok');
      data := outcome -> 'data';
    exception when others then
      get stacked diagnostics state = returned_sqlstate, message = message_text, broken_rule = constraint_name;
      if left(state, 2) not in ('22', '23') and state not in ('42501', 'P0001') then
        raise;
      end if;
      verdict := 'rejected';
      code := case
        when state = 'P0001' or message ~ '^[a-z_]+$' then message
        when state = '42501' then 'not_allowed'
        when state = '23503' then 'missing_reference'
        when state = '23505' then 'already_exists'
        else 'invalid' end;
      data := case when broken_rule <> '' then jsonb_build_object('constraint', broken_rule) end;
    end;
  end if;
  perform private.record_verdict(client, item, verdict, code, data);
  return jsonb_strip_nulls(jsonb_build_object('verdict', verdict, 'code', code)) || case when data is null then '{}' else jsonb_build_object('data', data) end;
end
$$;

-- Applies the batch in order of n. What concerns only the person (their notices, their profile) comes after what concerns cases,
-- because of the order of locks; no mutation of the one kind depends on one of the other.
create function private.push(client uuid, items jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  personal constant text[] := array['notice.read', 'profile.patch'];
  results jsonb := '[]';
  item jsonb;
begin
  perform set_config('connect10.batch', 'on', true);
  perform private.lock_for_batch(items);
  for item in
    select i from jsonb_array_elements(items) i where not (i ->> 'name' = any (personal)) order by (i ->> 'n')::integer
  loop
    results := results || (jsonb_build_object('n', item -> 'n') || private.apply_item(client, item));
  end loop;
  perform private.lock_people();
  for item in
    select i from jsonb_array_elements(items) i where i ->> 'name' = any (personal) order by (i ->> 'n')::integer
  loop
    results := results || (jsonb_build_object('n', item -> 'n') || private.apply_item(client, item));
  end loop;
  perform private.close_batch();
  return (select coalesce(jsonb_agg(r order by (r ->> 'n')::integer), '[]') from jsonb_array_elements(results) r);
end
$$;

-- The round trip --------------------------------------------------------------------------------------------------------------

-- Wire version 1. The app's schema number says which mutations it knows; a release accepts those of the release before.
create function private.accepts(v integer, app_schema integer) returns boolean
language sql immutable set search_path = '' as $$
  select v = 1 and app_schema = 1
$$;

create function public.sync(request jsonb) returns jsonb
language plpgsql volatile security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  client record;
  client_id uuid;
  items jsonb;
  cursors jsonb;
  same_epoch boolean;
  results jsonb := '[]';
  pulled jsonb;
  last_n integer;
begin
  -- One of the embedded backend's drivers hands jsonb arguments over as a string.
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  if (select auth.uid()) is null or not private.session_ok() then
    raise sqlstate 'PT401' using message = 'unauthenticated';
  end if;
  if not coalesce(private.accepts((request ->> 'v')::integer, (request ->> 'schema')::integer), false) then
    perform private.refuse('upgrade_required');
  end if;
  client_id := request ->> 'client';
  items := coalesce(nullif(request -> 'push', 'null'), '[]');
  cursors := coalesce(nullif(request -> 'cursors', 'null'), '{}');
  if client_id is null or jsonb_typeof(items) <> 'array' or jsonb_typeof(cursors) <> 'object'
    or exists (select from jsonb_array_elements(items) i where i ->> 'n' is null or i ->> 'mid' is null or i ->> 'name' is null) then
    perform private.refuse('bad_request');
  end if;
  if jsonb_array_length(items) > 50 then
    perform private.refuse('batch_too_large');
  end if;

  select * into client from private.open_client(client_id, (request ->> 'schema')::integer);
  if client.taken then
    results := (select coalesce(jsonb_agg(jsonb_build_object('n', i -> 'n', 'verdict', 'fork')), '[]') from jsonb_array_elements(items) i);
  elsif items <> '[]' then
    results := private.push(client_id, items);
  end if;
  last_n := case when client.taken then 0 else greatest(client.last_n, (
    select max((r ->> 'n')::integer) from jsonb_array_elements(results) r where r ->> 'verdict' <> 'fork')) end;

  same_epoch := (request ->> 'epoch')::uuid is not distinct from private.epoch();
  pulled := case when client.wipe then '{"buckets": {}, "rows": {}, "gone": {}, "removed": []}'
    else private.pull(cursors, same_epoch, least(greatest(coalesce((request ->> 'limit')::integer, 1000), 1), 2000)) end;
  return jsonb_build_object(
    'epoch', private.epoch(), 'now', private.iso(clock_timestamp()), 'since', private.iso(private.window_start()),
    'last_n', last_n, 'results', results
  ) || pulled || (case when client.wipe then '{"wipe": true}' else '{}' end)::jsonb;
end
$$;
comment on function public.sync is 'One round trip of a phone: applies what it has done, returns what it lacks. See docs: the sync protocol.';

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.my_heads(), private.epoch(), private.pull(jsonb, boolean, integer), private.open_client(uuid, integer),
  private.lock_for_batch(jsonb), private.lock_people(), private.close_batch(), private.recall(uuid, integer, uuid), private.made_by(jsonb),
  private.blocked_by(uuid, text, jsonb), private.record_verdict(uuid, jsonb, text, text, jsonb), private.claimed_instant(text),
  private.apply_item(uuid, jsonb), private.push(uuid, jsonb), private.accepts(integer, integer)
to authenticated;
revoke execute on function public.sync(jsonb) from public, anon;
grant execute on function public.sync(jsonb) to authenticated;
