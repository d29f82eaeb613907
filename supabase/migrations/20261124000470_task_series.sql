-- Tasks that come again: a pattern of days of one person, from which the engine makes a task each time. docs/decisions/039.

create table public.task_series (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  active boolean not null default true,
  title text not null check (length(btrim(title)) between 1 and 200),
  body text check (length(body) <= 4000),
  steps text[] not null default '{}' check (private.are_steps(steps)),
  priority text not null default 'normal' check (priority in ('normal', 'high')),
  assignee_id uuid,
  assignee_name text,
  reply_minutes integer check (reply_minutes in (30, 120, 240, 1440)),
  frequency text not null check (frequency in ('weekly', 'monthly')),
  spacing smallint not null default 1 check (spacing between 1 and 12),
  weekdays smallint[] not null default '{}' check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  month_day smallint check (month_day between 1 and 31),
  starts_on date not null,
  until_on date,
  due_time text not null check (due_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  lead_days smallint not null default 0 check (lead_days between 0 and 14),
  counts_since_at timestamptz,
  author_name text not null,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint task_series_days check (case frequency when 'weekly' then weekdays <> '{}' and month_day is null else weekdays = '{}' and month_day is not null end)
);
comment on table public.task_series is
  'A task that comes again, Taipei days: of every spacing-th week (ISO weekdays, counted from the week of starts_on) or month (month_day, or the last day of a shorter month).';
comment on column public.task_series.lead_days is 'So many days before its day each task is made, in the morning.';
comment on column public.task_series.counts_since_at is 'Set here. What was due before it is nobody''s: before the series was written, switched on again, or its days were changed.';
create index task_series_case on public.task_series (case_id);

create table private.series_runs (
  series_id uuid primary key references public.task_series (id),
  next_at timestamptz not null default now(),
  seen_seq bigint not null default 0
);
comment on table private.series_runs is 'When the engine looks at a series next, and which state of it it looked at last. Beside the series, as private.rule_runs.';

create table private.series_tasks (
  series_id uuid not null references public.task_series (id),
  day date not null,
  task_id uuid,
  primary key (series_id, day)
);
comment on table private.series_tasks is 'For which days a series has made its task, never twice; without one: the person was not served then.';

-- The days of a pattern from `first` to `last`, both included. As dueDays in src/lib/domain/task-series.ts.
create function private.series_days(series public.task_series, first date, last date) returns setof date
language plpgsql stable set search_path = '' as $$
begin
  return query
    select d::date
    from generate_series(greatest(first, series.starts_on)::timestamp, least(last, series.until_on)::timestamp, '1 day') d
    where case series.frequency
      when 'weekly' then extract(isodow from d)::smallint = any (series.weekdays)
        and (date_trunc('week', d)::date - date_trunc('week', series.starts_on::timestamp)::date) / 7 % series.spacing = 0
      else extract(day from d) = least(series.month_day, extract(day from date_trunc('month', d) + interval '1 month - 1 day'))
        and ((extract(year from d) - extract(year from series.starts_on)) * 12 + extract(month from d) - extract(month from series.starts_on))::integer % series.spacing = 0
      end;
end
$$;

-- When the task of each day is due, and when it is made: in the morning so many days before, and an hour before it is due at the latest.
create function private.series_occasions(series public.task_series, first date, last date)
returns table (day date, due_at timestamptz, made_at timestamptz)
language plpgsql stable set search_path = '' as $$
begin
  return query
    select s.d, x.due_at, least((s.d - series.lead_days::integer + time '07:00') at time zone 'Asia/Taipei', x.due_at - interval '1 hour')
    from private.series_days(series, first, last) as s (d)
    cross join lateral (select (s.d + series.due_time::time) at time zone 'Asia/Taipei' as due_at) x;
end
$$;

create function private.guard_task_series() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if tg_op = 'INSERT' or new.assignee_id is distinct from old.assignee_id then
    if new.assignee_id is not null and caller is not null and not exists (
      select from private.buckets b cross join lateral private.viewers_of(b.id) v (person)
      where b.case_id = new.case_id and b.kind = 'case_circle' and v.person = new.assignee_id)
    then
      perform private.refuse('assignee_cannot_see_it');
    end if;
    if caller is not null or new.assignee_name is null then
      new.assignee_name := private.name_of(new.assignee_id, new.case_id);
    end if;
  end if;
  new.title := btrim(new.title);
  if tg_op = 'INSERT' then
    -- Written without signal, it counts from when it was written.
    new.counts_since_at := least(now(), greatest(coalesce(new.recorded_at, now()), now() - interval '7 days'));
    if caller is not null then
      new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
    end if;
    return new;
  end if;
  if private.changed_columns(to_jsonb(old), to_jsonb(new)) && array['case_id', 'author_name'] then
    raise insufficient_privilege using message = 'immutable', hint = 'Who wrote a series, and about whom, stays.';
  end if;
  new.counts_since_at := case
    when private.changed_columns(to_jsonb(old), to_jsonb(new))
      && array['active', 'frequency', 'spacing', 'weekdays', 'month_day', 'starts_on', 'due_time'] then now()
    else old.counts_since_at end;
  if caller is not null and new is distinct from old and old.created_by is distinct from caller
    and private.my_role(new.case_id) not in ('care_manager', 'supervisor') then
    perform private.deny();
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.task_series for each row execute function private.guard_task_series();
create trigger append_only before delete on public.task_series for each row execute function private.refuse_change();

create function private.schedule_series() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into private.series_runs (series_id) values (new.id);
  return null;
end
$$;
create trigger schedule after insert on public.task_series for each row execute function private.schedule_series();

select private.make_synced('task_series', 'case', 'standing');
select private.make_visible('task_series', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
grant insert, update on public.task_series to authenticated;
create policy "Staff but care workers make tasks come again" on public.task_series for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager', 'supervisor']))));
create policy "Staff but care workers change what comes again" on public.task_series for update to authenticated
  using (case_id = any (array(select private.my_case_ids(array['nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager', 'supervisor']))))
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager', 'supervisor']))));
create trigger keep_history after update on public.task_series for each row execute function private.keep_history();
select private.make_audited('task_series');

-- The engine's part ----------------------------------------------------------------------------------------------------------------

-- What a series owes by now: all that is still to come, and of what was due while no engine ran only the newest. Days that have had theirs are left out.
create function private.series_owes(series public.task_series) returns table (day date, due_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  today constant date := (now() at time zone 'Asia/Taipei')::date;
begin
  return query
    with due as (
      select o.day, o.due_at, row_number() over (partition by o.due_at <= now() order by o.due_at desc) as from_newest
      from private.series_occasions(series, today - 62, today + 16) o
      where o.made_at <= now() and o.due_at > series.counts_since_at)
    select d.day, d.due_at from due d
    where (d.due_at > now() or d.from_newest = 1)
      and not exists (select from private.series_tasks t where t.series_id = series.id and t.day = d.day)
    order by d.day;
end
$$;

-- Makes what one series owes. For somebody who is not served now (suspended, closed) the days pass without. @returns the tasks
create function private.run_series(series public.task_series) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare
  is_served constant boolean := exists (select from public.cases c where c.id = series.case_id and c.status = 'active' and c.deleted_at is null);
  for_family constant boolean := exists (
    select from public.case_members m where m.case_id = series.case_id and m.user_id = series.assignee_id and m.role = 'family' and m.ended_at is null);
  -- Who cannot see it any more is not asked: then anyone of the circle's staff may take it.
  holder constant uuid := (
    select v.person from private.buckets b cross join lateral private.viewers_of(b.id) v (person)
    where b.case_id = series.case_id and b.kind = case when for_family then 'case_circle' else 'case_staff' end and v.person = series.assignee_id);
  made uuid[];
begin
  with owed as (
    select o.day, o.due_at, case when is_served then gen_random_uuid() end as id from private.series_owes(series) o
  ), noted as (
    insert into private.series_tasks (series_id, day, task_id) select series.id, o.day, o.id from owed o
    on conflict do nothing
    returning task_id
  ), stored as (
    insert into public.tasks (id, case_id, title, body, steps, priority, due_at, assignee_id, reply_minutes, reply_due_at, author_name, audience,
      source, source_id, recorded_at)
    select o.id, series.case_id, series.title, series.body, series.steps, series.priority, o.due_at, holder, series.reply_minutes,
      case when holder is not null then now() + make_interval(mins => series.reply_minutes) end, series.author_name,
      case when for_family and holder is not null then 'circle' else 'staff' end, 'recurrence', series.id, now()
    from owed o join noted n on n.task_id = o.id
    returning id
  )
  select array_agg(s.id) into made from stored s;
  update private.series_runs set seen_seq = series.seq, next_at = coalesce((
    select min(o.made_at) from private.series_occasions(series, (now() at time zone 'Asia/Taipei')::date, (now() at time zone 'Asia/Taipei')::date + 400) o
    where o.made_at > now()), now() + interval '300 days')
  where series_id = series.id;
  return coalesce(made, '{}');
end
$$;

-- Every series whose time has come, or that was changed. Takes only heads of cases that are free (both: a task for the family is the whole
-- circle's), then those of the people told, in one go.
-- One that fails waits ten minutes and holds up no other. @returns how many tasks
create function private.make_series_tasks(at_most integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  free integer[];
  series public.task_series;
  made uuid[] := '{}';
begin
  free := array(
    select b.id from private.buckets b
    where b.kind in ('case_circle', 'case_staff') and b.case_id in (
      select s.case_id from private.series_runs n join public.task_series s on s.id = n.series_id
      where (n.next_at <= now() or n.seen_seq <> s.seq) and s.active and s.deleted_at is null order by n.next_at limit at_most)
    order by b.lock_rank, b.id for update skip locked);
  if free = '{}' then
    return 0;
  end if;
  for series in
    select s.* from private.series_runs n join public.task_series s on s.id = n.series_id
    where (n.next_at <= now() or n.seen_seq <> s.seq) and s.active and s.deleted_at is null
      and 2 = (select count(*) from private.buckets b where b.case_id = s.case_id and b.kind in ('case_circle', 'case_staff') and b.id = any (free))
    order by n.next_at limit at_most for update of n skip locked
  loop
    begin
      made := made || private.run_series(series);
    exception when others then
      raise warning 'task series % failed: % %', series.id, sqlstate, sqlerrm;
      update private.series_runs set next_at = now() + interval '10 minutes', seen_seq = series.seq where series_id = series.id;
    end;
  end loop;
  perform private.store_notices((
    select jsonb_agg(jsonb_build_object(
      'id', gen_random_uuid(), 'user_id', t.assignee_id, 'kind', 'task_offered', 'case_id', t.case_id, 'subject_table', 'tasks',
      'subject_id', t.id, 'severity', null, 'data', '{}'::jsonb))
    from public.tasks t where t.id = any (made) and t.assignee_id is not null));
  return coalesce(array_length(made, 1), 0);
end
$$;

revoke execute on all functions in schema private from public, anon;
