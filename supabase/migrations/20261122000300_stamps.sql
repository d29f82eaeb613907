-- Stamps: whoever writes a synced row (a phone, an import, the dashboard's SQL editor), the row gets its bucket, its number under
-- the lock of the bucket's head, its author and the instant it is about; the head moves once a statement; phones are poked.

-- Buckets and locks ---------------------------------------------------------------------------------------------------------

-- Locks the head of the bucket and returns its id. The lock is held to the end of the transaction: that is what makes the order
-- of numbers the order of commits.
create function private.lock_bucket(of_kind text, of_case uuid, of_org uuid, of_user uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_id integer;
begin
  if of_case is not null then
    select id into found_id from private.buckets where case_id = of_case and kind = of_kind for update;
  elsif of_kind = 'org_own' then
    select id into found_id from private.buckets where owner_id = of_user and org_id = of_org for update;
  elsif of_org is not null then
    select id into found_id from private.buckets where case_id is null and owner_id is null and org_id = of_org and kind = of_kind for update;
  else
    select id into found_id from private.buckets where user_id = of_user for update;
  end if;
  if found_id is null then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  return found_id;
end
$$;

-- Locks several heads in the one order that everybody keeps.
create function private.lock_heads(ids integer[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform 1 from private.buckets where id = any (ids) order by lock_rank, id for update;
end
$$;

-- Pokes ---------------------------------------------------------------------------------------------------------------------

-- A phone joins one topic a case: families `case:`, staff `staff:`; so that a family's phone is not woken by what staff write,
-- nor anybody's by a restricted report that is not theirs to know of.
create function private.topics_of(ids integer[]) returns table (topic text, bucket integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select t.topic, b.id
    from private.buckets b
    cross join lateral (
      select 'case:' || b.case_id where b.kind = 'case_circle'
      union all select 'staff:' || b.case_id where b.kind in ('case_circle', 'case_staff')
      union all select 'supervise:' || b.org_id where b.kind like 'case%' or b.kind in ('org_supervisors', 'org_own')
      union all select 'org:' || b.org_id where b.kind = 'org'
      union all select 'user:' || b.user_id where b.kind = 'user'
      union all select 'user:' || b.owner_id where b.kind = 'org_own'
      union all
      select 'user:' || m.user_id from public.case_members m
      where b.kind = 'case_restricted' and m.case_id = b.case_id and m.role = 'social_worker' and m.ended_at is null
        and (m.until_at is null or m.until_at > now())
    ) as t (topic)
    where b.id = any (ids);
end
$$;

-- Says on the realtime channels that these buckets moved. Within a sync batch (see sync()) it is only noted, and said once at the
-- end: each realtime.send() is a subtransaction, and past 64 of them Postgres slows down.
create function private.poke(moved integer[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  message record;
begin
  if moved is null then
    return;
  end if;
  if current_setting('connect10.batch', true) = 'on' then
    perform set_config('connect10.moved',
      concat_ws(',', nullif(current_setting('connect10.moved', true), ''), array_to_string(moved, ',')), true);
    return;
  end if;
  for message in
    select t.topic, jsonb_build_object('buckets', jsonb_agg(distinct t.bucket)) as payload
    from private.topics_of(moved) t group by t.topic order by t.topic
  loop
    perform realtime.send(message.payload, 'moved', message.topic, true);
  end loop;
end
$$;

-- Stamps --------------------------------------------------------------------------------------------------------------------

-- BEFORE INSERT OR UPDATE of each synced table. Arguments: which bucket (scope), and what relevant_at is taken from (about).
create function private.stamp() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  scope constant text := tg_argv[0];
  about constant text := tg_argv[1];
  -- Nobody signed in: the operator, a seed or an import, who may say when and by whom a row was written.
  caller constant uuid := auth.uid();
  of_kind text;
  of_case uuid;
  of_org uuid;
  of_user uuid;
  fixed boolean := true;
begin
  if tg_op = 'INSERT' then
    new.received_at := case when caller is null then coalesce(new.received_at, now()) else now() end;
    new.created_by := case when caller is null then new.created_by else caller end;
    new.deleted_at := case when caller is null then new.deleted_at end;
  else
    if new is not distinct from old then
      return new;
    end if;
    fixed := new.id = old.id;
    new.created_by := old.created_by;
    new.recorded_at := old.recorded_at;
    new.clock_offset_ms := old.clock_offset_ms;
    new.received_at := old.received_at;
    -- Contacts are taken away and may come back; nothing else that a client writes is.
    if caller is not null and tg_table_name <> 'case_contacts' then
      new.deleted_at := old.deleted_at;
    end if;
  end if;

  case scope
    when 'case' then
      of_kind := 'case_' || new.audience;
      of_case := new.case_id;
      fixed := fixed and (tg_op = 'INSERT' or new.case_id = old.case_id);
    when 'case_self' then
      of_kind := 'case_circle';
      of_case := new.id;
      -- A case follows its buckets, which no client writes (migration 000850).
      fixed := fixed and (tg_op = 'INSERT' or new.org_id = old.org_id
        or exists (select from private.buckets b where b.case_id = new.id and b.kind = of_kind and b.org_id = new.org_id));
      if tg_op = 'INSERT' then
        insert into private.buckets (kind, case_id, org_id)
        values ('case_circle', new.id, new.org_id), ('case_staff', new.id, new.org_id), ('case_restricted', new.id, new.org_id)
        on conflict do nothing;
      end if;
    when 'org_self' then
      of_kind := 'org';
      of_org := new.id;
      if tg_op = 'INSERT' then
        insert into private.buckets (kind, org_id) values ('org', new.id), ('org_supervisors', new.id) on conflict do nothing;
      end if;
    when 'org', 'org_supervisors' then
      of_kind := scope;
      of_org := new.org_id;
      fixed := fixed and (tg_op = 'INSERT' or new.org_id = old.org_id);
    when 'org_own' then
      of_kind := scope;
      of_org := new.org_id;
      of_user := new.user_id;
      fixed := fixed and (tg_op = 'INSERT' or (new.org_id = old.org_id and new.user_id = old.user_id));
      -- Made with the first row: most people never write one, and every bucket is a line in each answer to each supervisor. One that a
      -- policy refuses takes its bucket with it.
      if tg_op = 'INSERT' then
        insert into private.buckets (kind, org_id, owner_id) values ('org_own', new.org_id, new.user_id) on conflict do nothing;
      end if;
    when 'user_self' then
      of_user := new.id;
      if tg_op = 'INSERT' then
        insert into private.buckets (kind, user_id) values ('user', new.id) on conflict do nothing;
      end if;
    when 'user' then
      of_user := new.user_id;
      fixed := fixed and (tg_op = 'INSERT' or new.user_id = old.user_id);
    when 'message' then
      of_kind := case when new.audience = 'organization' then 'org' else 'case_' || new.audience end;
      of_case := new.case_id;
      of_org := new.org_id;
    when 'history' then
      -- Of a case: its staff. Of an organisation and who works there: its supervisors. Of a profile: the person.
      of_kind := case when new.case_id is not null then 'case_staff' else 'org_supervisors' end;
      of_case := new.case_id;
      of_org := case new.table_name
        when 'organizations' then new.row_id
        when 'memberships' then (select m.org_id from public.memberships m where m.id = new.row_id)
        when 'duty_shifts' then (select d.org_id from public.duty_shifts d where d.id = new.row_id)
        when 'escalation_ladders' then (select l.org_id from public.escalation_ladders l where l.id = new.row_id)
        when 'task_rules' then (select r.org_id from public.task_rules r where r.id = new.row_id)
        when 'task_templates' then (select t.org_id from public.task_templates t where t.id = new.row_id) end;
      of_user := case when new.table_name = 'profiles' then new.row_id end;
  end case;
  if not fixed then
    raise insufficient_privilege using message = 'immutable', hint = 'A row keeps its id, case, organisation and person.';
  end if;
  -- What the server made for somebody, and a report whose author must stay unknown, with its pictures, bear no author.
  if tg_table_name = 'notices' then
    new.created_by := null;
  elsif tg_table_name in ('emergencies', 'attachments') then
    new.created_by := case when new.audience <> 'restricted' then new.created_by end;
  end if;

  case about
    when 'standing' then
      new.relevant_at := case when new.deleted_at is null then 'infinity' else coalesce(private.sane_instant(new.deleted_at), now()) end;
    when 'series' then
      new.relevant_at := coalesce((new.until_on + 1)::timestamp at time zone 'Asia/Taipei', 'infinity');
    when 'starts_at' then
      new.relevant_at := new.starts_at;
    when 'until' then
      new.relevant_at := least(new.ends_at, new.ended_at);
    when 'recorded_at' then
      new.relevant_at := case when caller is null then new.recorded_at else private.sane_instant(new.recorded_at) end;
    when 'measured_at' then
      new.relevant_at := case when caller is null then new.measured_at else private.sane_instant(new.measured_at) end;
    when 'received_at' then
      new.relevant_at := new.received_at;
    when 'open_task' then
      if new.status in ('open', 'accepted', 'doing', 'expired') then
        new.relevant_at := 'infinity';
      elsif tg_op = 'INSERT' or new.status <> old.status then
        new.relevant_at := case when caller is null then coalesce(new.finished_at, now()) else private.sane_instant(new.finished_at) end;
      end if;
    when 'open_emergency' then
      if new.status <> 'closed' then
        new.relevant_at := 'infinity';
      elsif tg_op = 'INSERT' or new.status <> old.status then
        new.relevant_at := case when caller is null then coalesce(new.closed_at, now()) else private.sane_instant(new.closed_at) end;
      end if;
    when 'open_proposal' then
      new.relevant_at := case
        when new.kind = 'proposal' and new.decision is null then 'infinity'
        else coalesce(new.decided_at, new.received_at) end;
  end case;

  if tg_op = 'INSERT' then
    new.bucket_id := private.lock_bucket(of_kind, of_case, of_org, of_user);
  else
    new.bucket_id := old.bucket_id;
    if scope = 'case' then
      if new.audience <> old.audience then
        select id into new.bucket_id from private.buckets where case_id = of_case and kind = of_kind;
        if new.bucket_id is null then
          raise check_violation using message = 'unknown_audience';
        end if;
      end if;
    end if;
    perform private.lock_heads(array[old.bucket_id, new.bucket_id]);
    if new.bucket_id <> old.bucket_id then
      -- The old bucket remembers that the row has left, for phones that see only that one.
      perform private.bury(old.bucket_id, tg_table_name, old.id);
    end if;
  end if;
  new.seq := nextval('private.sync_seq');
  return new;
end
$$;

-- Leaves a tombstone. The caller holds the lock of the bucket's head.
create function private.bury(in_bucket integer, of_table text, of_row uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  at_seq constant bigint := nextval('private.sync_seq');
begin
  insert into private.sync_tombstones (bucket_id, seq, table_name, row_id) values (in_bucket, at_seq, of_table, of_row);
  update private.buckets set seq = at_seq where id = in_bucket;
  perform private.poke(array[in_bucket]);
end
$$;

-- BEFORE DELETE of each synced table; only the operator ever gets here, clients have no policy for it.
create function private.stamp_delete() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_heads(array[old.bucket_id]);
  perform private.bury(old.bucket_id, tg_table_name, old.id);
  return old;
end
$$;

-- AFTER INSERT, AFTER UPDATE, once a statement: moves the head of each bucket that was written to, and pokes.
create function private.move_heads() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update private.buckets b set seq = m.seq
  from (select c.bucket_id, max(c.seq) as seq from changed c group by c.bucket_id) m
  where b.id = m.bucket_id and b.seq < m.seq;
  perform private.poke((select array_agg(distinct c.bucket_id) from changed c));
  return null;
end
$$;

-- AFTER INSERT, UPDATE, DELETE, once a statement: what came and what went is added to the figures of the days that it is about. The
-- writer holds the lock of the bucket's head by then (stamp, stamp_delete), so that two writers never wait for each other here.
create function private.keep_days() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  case tg_op
    when 'INSERT' then
      insert into private.bucket_days as kept (bucket_id, day, live, sum)
      select c.bucket_id, private.taipei_day(c.relevant_at), count(*), sum(c.seq) from changed c group by 1, 2
      on conflict (bucket_id, day) do update set live = kept.live + excluded.live, sum = kept.sum + excluded.sum;
    when 'UPDATE' then
      insert into private.bucket_days as kept (bucket_id, day, live, sum)
      select d.bucket_id, d.day, sum(d.live), sum(d.sum)
      from (
        select c.bucket_id, private.taipei_day(c.relevant_at) as day, 1 as live, c.seq as sum from changed c
        union all select w.bucket_id, private.taipei_day(w.relevant_at), -1, -w.seq from was w
      ) d
      group by 1, 2
      on conflict (bucket_id, day) do update set live = kept.live + excluded.live, sum = kept.sum + excluded.sum;
    else
      insert into private.bucket_days as kept (bucket_id, day, live, sum)
      select w.bucket_id, private.taipei_day(w.relevant_at), -count(*), -sum(w.seq) from was w group by 1, 2
      on conflict (bucket_id, day) do update set live = kept.live + excluded.live, sum = kept.sum + excluded.sum;
  end case;
  return null;
end
$$;

-- TRUNCATE leaves no tombstones, and records of care are never emptied.
create function private.refuse_truncate() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  raise insufficient_privilege using message = 'append_only';
end
$$;

-- Every synced table: which bucket its rows are in, and what they are about. A new synced table needs a line like these in its
-- own migration (docs/recipes/add-a-synced-table.md).
create function private.make_synced(of_table text, scope text, about text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  execute format('create trigger stamp before insert or update on public.%I for each row execute function private.stamp(%L, %L)', of_table, scope, about);
  execute format('create trigger stamp_delete before delete on public.%I for each row execute function private.stamp_delete()', of_table);
  execute format('create trigger move_heads_insert after insert on public.%I referencing new table as changed for each statement execute function private.move_heads()', of_table);
  execute format('create trigger move_heads_update after update on public.%I referencing new table as changed for each statement execute function private.move_heads()', of_table);
  execute format('create trigger keep_days_insert after insert on public.%I referencing new table as changed for each statement execute function private.keep_days()', of_table);
  execute format('create trigger keep_days_update after update on public.%I referencing old table as was new table as changed for each statement execute function private.keep_days()', of_table);
  execute format('create trigger keep_days_delete after delete on public.%I referencing old table as was for each statement execute function private.keep_days()', of_table);
  execute format('create trigger refuse_truncate before truncate on public.%I for each statement execute function private.refuse_truncate()', of_table);
  -- Deltas read a bucket by number; first pulls read it by what its rows are about.
  execute format('create index %I on public.%I (bucket_id, seq)', of_table || '_bucket_seq', of_table);
  execute format('create index %I on public.%I (bucket_id, relevant_at, seq)', of_table || '_bucket_relevant', of_table);
end
$$;

select private.make_synced(t.of_table, t.scope, t.about)
from (values
  ('organizations', 'org_self', 'standing'),
  ('profiles', 'user_self', 'standing'),
  ('memberships', 'org', 'standing'),
  ('cases', 'case_self', 'standing'),
  ('case_staff_details', 'case', 'standing'),
  ('case_contacts', 'case', 'standing'),
  ('case_members', 'case', 'standing'),
  ('visit_series', 'case', 'series'),
  ('visits', 'case', 'starts_at'),
  ('visit_records', 'case', 'recorded_at'),
  ('measurements', 'case', 'measured_at'),
  ('emergencies', 'case', 'open_emergency'),
  ('emergency_reporters', 'org_supervisors', 'standing'),
  ('emergency_actions', 'case', 'recorded_at'),
  ('tasks', 'case', 'open_task'),
  ('task_comments', 'case', 'recorded_at'),
  ('messages', 'message', 'recorded_at'),
  ('message_reads', 'case', 'standing'),
  ('notices', 'user', 'received_at'),
  ('record_history', 'history', 'open_proposal')
) as t (of_table, scope, about);

-- Somebody was let in, or out: their phone should ask at once, whichever buckets it knows.
create function private.poke_person() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.poke((select array_agg(id) from private.buckets where user_id = new.user_id));
  return null;
end
$$;
create trigger poke_person after insert or update on public.memberships for each row execute function private.poke_person();
create trigger poke_person after insert or update on public.case_members for each row execute function private.poke_person();

revoke execute on all functions in schema private from public, anon;
