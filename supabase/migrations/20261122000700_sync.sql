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
  scalars text;
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
      string_agg(format(case when a.atttypid = 'timestamptz'::regtype then '%1$L, private.iso(r.%1$I)' else '%1$L, r.%1$I' end, a.attname), ', ')
        filter (where a.atttypid <> 'jsonb'::regtype),
      -- Nulls inside a jsonb column belong to it and are not stripped.
      string_agg(format('%1$L, r.%1$I', a.attname), ', ') filter (where a.atttypid = 'jsonb'::regtype)
    into scalars, documents
    from pg_catalog.pg_attribute a
    where a.attrelid = ('public.' || quote_ident(t))::regclass and a.attnum > 0 and not a.attisdropped;
    execute format('create or replace function private.as_json(r public.%I) returns jsonb language sql stable as $body$
      select jsonb_strip_nulls(jsonb_build_object(%s))%s $body$', t, scalars,
      case when documents is null then '' else format(' || jsonb_build_object(%s)', documents) end);
    arms := arms || format('select %L::text as table_name, r.id, r.bucket_id, r.seq, r.relevant_at, false as gone, private.as_json(r) as body from public.%I r', t, t);
  end loop;
  -- security_invoker: whoever reads the view is held to the policies of the tables.
  execute 'create view private.synced_rows with (security_invoker = true) as ' || array_to_string(arms, ' union all ');
  -- Also what has left. Not granted to anybody: for functions that hold themselves to the caller's buckets.
  execute 'create view private.changes with (security_invoker = true) as select * from private.synced_rows
    union all select table_name, row_id, bucket_id, seq, ''infinity'', true, null from private.sync_tombstones';
  grant select on private.synced_rows to authenticated;
  revoke execute on all functions in schema private from public, anon;
  for t in select p.oid::regprocedure::text from pg_catalog.pg_proc p where p.pronamespace = 'private'::regnamespace and p.proname in ('as_json', 'iso') loop
    execute format('grant execute on function %s to authenticated', t);
  end loop;
end
$$;

select private.make_readable();

-- The heads of my buckets.
create function private.my_heads() returns table (bucket_id integer, head bigint, kind text, case_id uuid)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query select b.id, b.seq, b.kind, b.case_id from private.buckets b where b.id = any (array(select private.my_buckets()));
end
$$;

create function private.epoch() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select id from private.sync_epoch);
end
$$;

-- Pull ----------------------------------------------------------------------------------------------------------------------

-- Which of my buckets have something that this phone lacks, in the order in which a page takes them, and how much. A cursor, opaque to
-- the phone: absent or 0 = never pulled; c > 0 = has everything up to c; -(s + 1) = its window is arriving and it has the window up to s.
--   pending     rows and tombstones that the bucket still owes; counted to one more than a page holds
--   today_rows  of a bucket never pulled: what stands, and what is about today or tomorrow
--   live, sum   rows of the window and the sum of their seq, by which a phone sees that it differs
-- What a bucket holds is not read for this: figures of the window are kept (private.bucket_days), and changes are found by number.
-- Where the page is full, the rest has no figures and waits for a later page.
create function private.lacking(cursors jsonb, same_epoch boolean, page integer)
returns table (bucket_id integer, head bigint, cursor bigint, reset boolean, pending bigint, today_rows bigint, live bigint, sum numeric)
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
  since constant timestamptz := private.window_start();
  today constant timestamptz := private.today_start();
  after_tomorrow constant timestamptz := private.today_start() + interval '2 days';
  since_day constant date := private.taipei_day(private.window_start());
  this_day constant date := private.taipei_day(private.today_start());
  ids integer[];
  heads bigint[];
  seen bigint[];
  resets boolean[];
  portion constant integer := 50;
  counted integer := 0;
  room bigint := page;
begin
  select array_agg(l.id order by l.seen < 0, l.urgency, l.id), array_agg(l.head order by l.seen < 0, l.urgency, l.id),
    array_agg(l.seen order by l.seen < 0, l.urgency, l.id), array_agg(l.reset order by l.seen < 0, l.urgency, l.id)
  into ids, heads, seen, resets
  from (
    select k.*, case
      when k.seen > 0 then 0
      when k.kind in ('user', 'org', 'org_supervisors', 'org_own') then 1
      when exists (
        select from public.visits v
        where v.worker_id = me and v.case_id = k.case_id and v.starts_at >= today and v.starts_at < after_tomorrow) then 2
      else 3 end as urgency
    from (
      select h.bucket_id as id, h.head, h.kind, h.case_id,
        case when not same_epoch or a.seen > h.head then 0 else coalesce(a.seen, 0) end as seen,
        coalesce(a.seen <> 0 and (not same_epoch or a.seen > h.head), false) as reset
      from private.my_heads() h
      left join (select c.key::integer as bucket_id, c.value::bigint as seen from jsonb_each_text(cursors) c) a using (bucket_id)
    ) k
    where k.seen <> k.head
  ) l;
  while counted < coalesce(array_length(ids, 1), 0) and room > 0 loop
    for bucket_id, head, cursor, reset, pending, today_rows, live, sum in
      select l.id, l.head, l.seen, l.reset, case
          when l.seen = 0 then w.live
          -- Two statements, so that each keeps to the index by number.
          when l.seen > 0 then (
            select count(*) from (select from private.changes r where r.bucket_id = l.id and r.seq > l.seen limit page + 1) r)
          else (
            select count(*) from (
              select from private.changes r where r.bucket_id = l.id and r.seq >= -l.seen and r.relevant_at >= since limit page + 1) r)
          end, w.today_rows, w.live, w.sum
      from unnest(ids[counted + 1:counted + portion], heads[counted + 1:counted + portion], seen[counted + 1:counted + portion],
        resets[counted + 1:counted + portion]) with ordinality as l (id, head, seen, reset, nr)
      cross join lateral (
        select coalesce(sum(d.live), 0)::bigint as live, coalesce(sum(d.sum), 0) as sum,
          coalesce(sum(d.live) filter (where d.day in ('infinity', this_day, this_day + 1)), 0)::bigint as today_rows
        from private.bucket_days d
        where d.bucket_id = l.id and d.day >= since_day
      ) w
      order by l.nr
    loop
      room := room - case when cursor = 0 then today_rows else pending end;
      return next;
    end loop;
    counted := counted + portion;
  end loop;
  return query
    select l.id, l.head, l.seen, l.reset, null::bigint, null::bigint, null::bigint, null::numeric
    from unnest(ids[counted + 1:], heads[counted + 1:], seen[counted + 1:], resets[counted + 1:]) with ordinality as l (id, head, seen, reset, nr)
    order by l.nr;
end
$$;

-- For a database that was filled without triggers or set right by hand: makes the figures of the days anew. Returns how many were
-- wrong. Whoever writes waits meanwhile.
create function private.recount() returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  wrong bigint;
begin
  perform private.lock_heads(array(select id from private.buckets));
  with counted as (
    select r.bucket_id, private.taipei_day(r.relevant_at) as day, count(*) as live, sum(r.seq) as sum
    from private.synced_rows r group by 1, 2
  ), mended as (
    insert into private.bucket_days as kept (bucket_id, day, live, sum)
    select bucket_id, day, coalesce(c.live, 0), coalesce(c.sum, 0)
    from counted c full join private.bucket_days k using (bucket_id, day)
    where (coalesce(c.live, 0), coalesce(c.sum, 0)) is distinct from (k.live, k.sum)
    -- The days of a bucket are read together.
    order by bucket_id, day
    on conflict (bucket_id, day) do update set live = excluded.live, sum = excluded.sum
    returning 1
  )
  select count(*) into wrong from mended;
  return wrong;
end
$$;
comment on function private.recount is 'To be called by the operator after rows were written without triggers. Returns how many figures were wrong.';

-- Reads what a page takes: of each bucket the rows after a number, about a time, at most so many, and whether it is to hear what has
-- left; a phone that has nothing of a bucket is not. Returns the rows by table, what has left, and of the buckets in `cut` the last number.
-- With the owner's rights, and held to the caller's buckets once for all tables: policies would ask each table anew who may see what,
-- which costs more than reading a change.
create function private.read_page(
  buckets integer[], after_seqs bigint[], from_instants timestamptz[], until_instants timestamptz[], at_most bigint[], hear_gone boolean[],
  cut jsonb, out rows jsonb, out gone jsonb, out ends jsonb)
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
declare
  mine constant integer[] := array(select private.my_buckets());
  buried jsonb;
begin
  if not private.session_ok() then
    perform private.deny();
  end if;
  with taken as materialized (
    select t.bucket, c.*
    from unnest(buckets, after_seqs, from_instants, until_instants, read_page.at_most, hear_gone)
      as t (bucket, after_seq, from_instant, until_instant, at_most, hears_gone)
    cross join lateral (
      select r.table_name, r.id, r.seq, r.gone, r.body
      from private.changes r
      where r.bucket_id = t.bucket and r.seq > t.after_seq
        and r.relevant_at >= t.from_instant and (r.relevant_at < t.until_instant or r.relevant_at = 'infinity')
        and (t.hears_gone or not r.gone)
      order by r.seq
      limit t.at_most
    ) c
    where t.bucket = any (mine)
  )
  select
    (select jsonb_object_agg(x.table_name, x.bodies) from (
      select k.table_name, jsonb_agg(k.body) as bodies from taken k where not k.gone group by k.table_name) x),
    (select jsonb_agg(jsonb_build_array(k.table_name, k.id)) from taken k where k.gone),
    (select jsonb_object_agg(x.bucket, x.last_seq) from (
      select k.bucket, max(k.seq) as last_seq from taken k where cut ? k.bucket::text group by k.bucket) x)
  into rows, buried, ends;
  -- An id that has only moved, to a bucket that the caller sees as well, is not gone.
  if buried is not null then
    select jsonb_object_agg(x.table_name, x.ids) into gone
    from (
      select b ->> 0 as table_name, jsonb_agg(distinct b -> 1) as ids
      from jsonb_array_elements(buried) b
      where not exists (
        select from private.synced_rows v where v.table_name = b ->> 0 and v.id = (b ->> 1)::uuid and v.bucket_id = any (mine))
      group by b ->> 0
    ) x;
  end if;
end
$$;

-- What the phone lacks, a page of it: first what has changed; then of buckets that it never pulled what stands and what is about
-- today and tomorrow (the whole window where that fits: cursor = head; else cursor = -1 and the window follows); then windows, in
-- order of seq, where a page may end anywhere.
-- STABLE matters: all statements in here read the snapshot of the one statement that calls it, so heads and rows are of one moment.
create function private.pull(cursors jsonb, same_epoch boolean, page integer) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  since constant timestamptz := private.window_start();
  today constant timestamptz := private.today_start();
  after_tomorrow constant timestamptz := private.today_start() + interval '2 days';
  lack record;
  room integer := page;
  left_over bigint := page;
  -- What this page takes: bucket, rows after which seq, about which time, at most how many, and whether it is to hear what has left
  -- the bucket: a phone that has nothing of it is not.
  take_bucket integer[] := '{}';
  take_after bigint[] := '{}';
  take_from timestamptz[] := '{}';
  take_until timestamptz[] := '{}';
  take_rows bigint[] := '{}';
  take_gone boolean[] := '{}';
  wants bigint;
  -- What the page says of each bucket; appended to, because a jsonb is copied whole with each entry.
  said_of integer[] := '{}';
  said jsonb[] := '{}';
  buckets jsonb;
  cut jsonb := '{}'; -- buckets that the page cuts short, with the sign of their cursor
  rows jsonb;
  gone jsonb;
  ends jsonb;
  lacks jsonb;
begin
  select jsonb_agg(to_jsonb(l)), page - coalesce(sum(case when l.cursor = 0 then l.today_rows when l.cursor > 0 then least(l.pending, page) end), 0)
  into lacks, left_over
  from private.lacking(cursors, same_epoch, page) l;

  -- Lacking buckets come with changes first (urgency 0), so the page fills in the order that is meant; windows wait for a second round.
  for windows in 0 .. 1 loop
    for lack in
      select l.* from jsonb_to_recordset(lacks) as l (
        bucket_id integer, head bigint, cursor bigint, reset boolean, pending bigint, today_rows bigint, live bigint, sum numeric)
      where (l.cursor < 0) = (windows = 1)
    loop
      wants := case when lack.cursor = 0 and lack.pending - lack.today_rows > greatest(left_over, 0) then lack.today_rows else lack.pending end;
      if lack.cursor = 0 and lack.pending is not null and (lack.today_rows <= room or room = page) then
        take_bucket := take_bucket || lack.bucket_id;
        take_after := take_after || 0::bigint;
        take_from := take_from || case when wants = lack.pending then since else today end;
        take_until := take_until || case when wants = lack.pending then 'infinity' else after_tomorrow end;
        take_rows := take_rows || wants;
        take_gone := take_gone || false;
        left_over := left_over - (wants - lack.today_rows);
      elsif lack.cursor <> 0 and lack.pending is not null and room > 0 then
        wants := least(lack.pending, room);
        take_bucket := take_bucket || lack.bucket_id;
        take_after := take_after || case when lack.cursor > 0 then lack.cursor else -lack.cursor - 1 end;
        take_from := take_from || case when lack.cursor > 0 then '-infinity' else since end;
        take_until := take_until || 'infinity'::timestamptz;
        take_rows := take_rows || wants;
        take_gone := take_gone || true;
      else
        -- No room: the phone asks again with the cursor that it has.
        said_of := said_of || lack.bucket_id;
        said := said || (jsonb_build_object('seq', lack.cursor, 'more', true)
          || (case when lack.reset then '{"reset": true}' else '{}' end)::jsonb);
        continue;
      end if;
      room := room - wants;
      said_of := said_of || lack.bucket_id;
      said := said || (case when wants = lack.pending then jsonb_build_object('seq', lack.head, 'more', false, 'live', lack.live, 'sum', lack.sum)
          else jsonb_build_object('seq', -1, 'more', true) end
        || (case when lack.reset then '{"reset": true}' else '{}' end)::jsonb);
      if lack.cursor <> 0 and wants < lack.pending then
        cut := cut || jsonb_build_object(lack.bucket_id, sign(lack.cursor));
      end if;
    end loop;
  end loop;

  if take_bucket <> '{}' then
    select p.rows, p.gone, p.ends into rows, gone, ends
    from private.read_page(take_bucket, take_after, take_from, take_until, take_rows, take_gone, cut) p;
  end if;

  select coalesce(jsonb_object_agg(s.bucket, s.entry), '{}') into buckets from unnest(said_of, said) as s (bucket, entry);

  -- Where the page ended within a bucket, its cursor is the last number that the page took.
  if ends is not null then
    select buckets || jsonb_object_agg(e.key, jsonb_set(buckets -> e.key, '{seq}',
      case when (cut ->> e.key)::integer > 0 then e.value else to_jsonb(-(e.value::bigint) - 1) end))
    into buckets
    from jsonb_each(ends) e;
  end if;

  return jsonb_build_object(
    'buckets', buckets,
    'rows', coalesce(rows, '{}'),
    'gone', coalesce(gone, '{}'),
    'removed', coalesce((
      select jsonb_agg(k.bucket_id order by k.bucket_id)
      from (select key::integer as bucket_id from jsonb_object_keys(cursors) key) k
      where k.bucket_id <> all (array(select private.my_buckets()))), '[]'));
end
$$;

-- Push ----------------------------------------------------------------------------------------------------------------------

-- The phone's own row, locked: two requests of one phone wait for each other. `taken`: the id belongs to somebody else. Answers are
-- numbered (turn). No phone has heard more than were given, unless the database was set back since (`set_back`); it says so at every
-- request until it has heard the number at which this one stands.
create function private.open_client(client uuid, app_schema integer, heard integer)
returns table (last_n integer, turn integer, taken boolean, wipe boolean, set_back boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
begin
  insert into private.sync_clients as c (id, user_id, app_schema, turn)
  values (client, me, open_client.app_schema, case when heard > 0 then 0 else 1 end)
  on conflict (id) do update set seen_at = now(), app_schema = excluded.app_schema,
    turn = case when heard > c.turn then c.turn else c.turn + 1 end
  where c.user_id = me;
  return query
    select c.last_n, c.turn, c.user_id <> me, c.user_id = me and c.wipe_requested_at is not null and c.wiped_at is null,
      c.user_id = me and heard > c.turn
    from private.sync_clients c where c.id = client for update;
end
$$;

-- Up to where this phone has its answers, once a batch. A repeat that the ledger knows by another number (dup, after the server was set
-- back) counts too: else the phone's next `acked` is above what the server says, and it sends its whole journal again, for ever.
create function private.note_answered(client uuid, n integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update private.sync_clients c set last_n = n where c.id = client and c.user_id = auth.uid() and c.last_n < n;
end
$$;

-- Locks, in order, the heads of all buckets of cases and organisations that the batch may write to.
create function private.lock_for_batch(push jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  named constant uuid[] := private.ids_in(jsonb_path_query_array(push, '$[*].args'));
  cases uuid[];
begin
  if named = '{}' then
    return;
  end if;
  cases := array(
    select distinct b.case_id
    from private.buckets b
    where b.case_id in (select private.my_case_ids(private.staff_roles() || array['family']) union select private.cases_left())
      and (b.case_id = any (named) or b.id in (
        select bucket_id from public.case_contacts where id = any (named)
        union all select bucket_id from public.case_medications where id = any (named)
        union all select bucket_id from public.case_devices where id = any (named)
        union all select bucket_id from public.case_plan_codes where id = any (named)
        union all select bucket_id from public.case_members where id = any (named)
        union all select bucket_id from public.visit_series where id = any (named)
        union all select bucket_id from public.visits where id = any (named)
        union all select bucket_id from public.visit_offers where id = any (named)
        union all select bucket_id from public.emergencies where id = any (named)
        union all select bucket_id from public.tasks where id = any (named)
        union all select bucket_id from public.task_series where id = any (named)
        union all select bucket_id from public.questions where id = any (named)
        union all select bucket_id from public.record_history where id = any (named)
        union all select bucket_id from public.case_consents where push @> '[{"name": "case_consent.withdraw"}]' and id = any (named)
        union all select bucket_id from public.attachments where push @> '[{"name": "attachment.remove"}]' and id = any (named)
      )));
  -- Who is asked to go to a visit answers without standing in its circle.
  cases := cases || array(select o.case_id from public.visit_offers o where o.id = any (named) and o.user_id = auth.uid());
  perform private.lock_heads(array(
    select b.id from private.buckets b where b.case_id = any (cases)
    union
    select b.id from private.buckets b
    where b.case_id is null and b.owner_id is null and b.org_id = any (named) and b.org_id in (select private.my_org_ids(private.staff_roles()))
    union
    -- Also of who has left: what they noted before comes in.
    select b.id from private.buckets b where b.owner_id = auth.uid() and b.org_id = any (named)
    union
    select a.bucket_id from public.staff_absences a
    where push @> '[{"name": "absence.end"}]' and a.id = any (named) and a.org_id in (select private.my_org_ids(private.staff_roles()))
    union
    select b.id from public.duty_shifts d join private.buckets b on b.org_id = d.org_id and b.case_id is null and b.owner_id is null
    where push @> '[{"name": "duty.change"}]' and d.id = any (named) and d.org_id in (select private.my_org_ids(array['supervisor']))
    union
    -- A restricted report leaves its reporter's name with the supervisors.
    select s.id from private.buckets c join private.buckets s on s.org_id = c.org_id and s.kind = 'org_supervisors'
    where c.case_id = any (cases) and push @> '[{"name": "emergency.report"}]'
    union
    -- Who leaves an organisation leaves circles with it.
    select h from public.memberships m cross join lateral unnest(private.heads_of_leaving(m.org_id, m.user_id)) h
    where push @> '[{"name": "membership.end"}]' and m.id = any (named) and m.org_id in (select private.my_org_ids(array['supervisor']))));
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
      select (n ->> 'user_id')::uuid from jsonb_array_elements(coalesce(nullif(current_setting('connect10.notices', true), ''), '[]')::jsonb) n)
      or b.user_id in (select o.user_id from public.visit_offers o where o.id = any (private.offers_to_show()))));
end
$$;

-- Says at the end of a batch what was held back: notices, then pokes.
create function private.close_batch() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  notices constant jsonb := coalesce(nullif(current_setting('connect10.notices', true), ''), '[]')::jsonb;
begin
  perform set_config('connect10.mid', '', true);
  perform private.show_offers(private.offers_to_show());
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
language plpgsql immutable set search_path = '' as $$
begin
  return (
    select coalesce(array_agg((v #>> '{}')::uuid), '{}')
    from (
      select args -> 'row' -> 'id' union all select args -> 'action_id'
      union all select jsonb_path_query(args, '$.contacts[*].id') union all select jsonb_path_query(args, '$.visits[*].id')
      union all select jsonb_path_query(args, '$.measurements[*].id')
    ) as ids (v)
    where jsonb_typeof(v) = 'string' and v #>> '{}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$');
end
$$;

-- The number of the refused mutation of this phone without which this one cannot be: it names a row that the other should have made.
-- To make that row again is not held up; that is how refused work is repaired. Nor is an emergency, ever.
create function private.blocked_by(client uuid, name text, args jsonb) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
  if blocked_by.name = 'emergency.report' or not exists (select from private.sync_debts d where d.client_id = client) then
    return null;
  end if;
  return (
    select min(d.n)
    from private.sync_debts d
    where d.client_id = client and d.row_id = any (array(
      select unnest(private.ids_in(blocked_by.args)) except select unnest(private.made_by(blocked_by.args)))));
end
$$;

-- Whether this names a row that somebody's refused mutation would have made: nobody else will bring it.
create function private.rests_on_refused(args jsonb) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from private.sync_debts d where d.row_id = any (private.ids_in(args)));
end
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
  insert into private.sync_mutations (client_id, n, mid, user_id, name, args, base, device_at, offset_ms, verdict, code, result)
  values (
    client, (item ->> 'n')::integer, (item ->> 'mid')::uuid, auth.uid(), item ->> 'name', coalesce(item -> 'args', '{}'),
    private.claimed_number(item -> 'base', 9e15), private.claimed_instant(item ->> 'at'), private.claimed_number(item -> 'offset_ms', 2e9),
    record_verdict.verdict, record_verdict.code, record_verdict.result);
  if record_verdict.verdict in ('rejected', 'blocked') then
    insert into private.sync_debts (client_id, row_id, mid, n)
    select client, r, (item ->> 'mid')::uuid, (item ->> 'n')::integer from unnest(made) r
    on conflict do nothing;
  else
    delete from private.sync_debts d
    where d.client_id = client and d.mid in (select o.mid from private.sync_debts o where o.client_id = client and o.row_id = any (made));
  end if;
end
$$;

-- A number that is none, or is too large for its column, is kept out of the way, too. 'NaN' and 'infinity' would else end the whole batch.
create function private.claimed_number(claim jsonb, most numeric) returns bigint
language plpgsql immutable set search_path = '' as $$
begin
  return case when jsonb_typeof(claim) = 'number' and abs(claim::numeric) <= most then claim::numeric::bigint end;
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
  -- Refused before the server was set back: written down again and not tried, because its author was told, and may have acted on it.
  if item ? 'refused' then
    code := coalesce(substring(item ->> 'refused' from '^[a-z_]{1,40}$'), 'invalid');
    verdict := case code when 'depends_on_rejected' then 'blocked' else 'rejected' end;
  elsif blocker is not null then
    verdict := 'blocked';
    code := 'depends_on_rejected';
    data := jsonb_build_object('n', blocker);
  else
    begin
      perform set_config('connect10.mid', item ->> 'mid', true);
      outcome := private.apply_mutation(item ->> 'name', item -> 'args', (item ->> 'at')::timestamptz,
        private.claimed_number(item -> 'offset_ms', 2e9)::integer, private.claimed_number(item -> 'base', 9e15));
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
      if code in ('not_allowed', 'not_found', 'missing_reference') and private.has_left(item -> 'args') then
        code := 'access_ended';
      -- Done once already, before the server was set back: what it rests on is still to come from another phone, unless that was
      -- refused. Nothing is recorded, so that the phone sends it again.
      elsif item -> 'again' = 'true' and code in ('not_found', 'missing_reference') and not private.rests_on_refused(item -> 'args') then
        return jsonb_build_object('verdict', 'later', 'code', code);
      end if;
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
language plpgsql immutable set search_path = '' as $$
begin
  return v = 1 and app_schema = 1;
end
$$;

-- Plans are made once a connection and kept: planning the read of all synced tables takes longer than reading. They must hold for tables
-- of any size: one that is learned while the ledger is empty would read it from end to end for the rest of the day. Every access is by key,
-- so whole tables are out of the question; and what little cannot go by an index is not worth compiling.
create function public.sync(request jsonb) returns jsonb
language plpgsql volatile security invoker set search_path = '' set timezone = 'UTC' set plan_cache_mode = 'force_generic_plan'
  set enable_seqscan = off set jit = off as $$
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
    perform private.fail(401, 'unauthenticated');
  end if;
  if not coalesce(private.accepts((request ->> 'v')::integer, (request ->> 'schema')::integer), false) then
    perform private.fail(426, 'upgrade_required');
  end if;
  client_id := request ->> 'client';
  items := coalesce(nullif(request -> 'push', 'null'), '[]');
  cursors := coalesce(nullif(request -> 'cursors', 'null'), '{}');
  if client_id is null or jsonb_typeof(items) <> 'array' or jsonb_typeof(cursors) <> 'object'
    or exists (select from jsonb_array_elements(items) i where i ->> 'n' is null or i ->> 'mid' is null or i ->> 'name' is null) then
    perform private.fail(400, 'bad_request');
  end if;
  if jsonb_array_length(items) > 50 then
    perform private.fail(413, 'batch_too_large');
  end if;

  select * into client from private.open_client(client_id, (request ->> 'schema')::integer,
    coalesce((request ->> 'turn')::integer, 0));
  perform private.end_lapsed_places();
  if client.taken then
    results := (select coalesce(jsonb_agg(jsonb_build_object('n', i -> 'n', 'verdict', 'fork')), '[]') from jsonb_array_elements(items) i);
  -- Set back to a backup from before what this phone was told: the phone, which sees it by last_n, sends that again first, in its order.
  elsif items <> '[]' and client.last_n >= coalesce((request ->> 'acked')::integer, 0) then
    results := private.push(client_id, items);
  end if;
  last_n := case when client.taken then 0 else greatest(client.last_n, (
    select max((r ->> 'n')::integer) from jsonb_array_elements(results) r where r ->> 'verdict' not in ('fork', 'later'))) end;
  if last_n > client.last_n then
    perform private.note_answered(client_id, last_n);
  end if;

  -- What a phone was told by a database that has been set back since is no ground to build on, though the epoch is the same.
  same_epoch := not client.set_back and (request ->> 'epoch')::uuid is not distinct from private.epoch();
  pulled := case when client.wipe then '{"buckets": {}, "rows": {}, "gone": {}, "removed": []}'
    else private.pull(cursors, same_epoch, least(greatest(coalesce((request ->> 'limit')::integer, 1000), 1), 2000)) end;
  return jsonb_build_object(
    'epoch', private.epoch(), 'now', private.iso(clock_timestamp()), 'since', private.iso(private.window_start()),
    'turn', case when client.taken then 0 else client.turn end, 'last_n', last_n, 'results', results
  ) || pulled || (case when client.wipe then '{"wipe": true}' else '{}' end)::jsonb;
end
$$;
comment on function public.sync is 'One round trip of a phone: applies what it has done, returns what it lacks. See docs: the sync protocol.';

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.my_heads(), private.epoch(), private.lacking(jsonb, boolean, integer),
  private.read_page(integer[], bigint[], timestamptz[], timestamptz[], bigint[], boolean[], jsonb), private.pull(jsonb, boolean, integer), private.open_client(uuid, integer, integer),
  private.note_answered(uuid, integer),
  private.lock_for_batch(jsonb), private.lock_people(), private.close_batch(), private.recall(uuid, integer, uuid), private.made_by(jsonb),
  private.blocked_by(uuid, text, jsonb), private.rests_on_refused(jsonb), private.record_verdict(uuid, jsonb, text, text, jsonb), private.claimed_instant(text), private.claimed_number(jsonb, numeric),
  private.apply_item(uuid, jsonb), private.push(uuid, jsonb), private.accepts(integer, integer)
to authenticated;
revoke execute on function public.sync(jsonb) from public, anon;
grant execute on function public.sync(jsonb) to authenticated;
