-- Who is told of an emergency, in which order, and who is on duty. A supervisor writes both; everybody who works there reads them, so that a
-- phone without signal can say who is told. Without a row the built-in order holds (src/lib/domain/ladders.ts).

-- Ladders --------------------------------------------------------------------------------------------------------------------

-- Refuses an order that could not be followed: who waits for it would wait for nobody.
create function private.check_ladder_steps(steps jsonb) returns void
language plpgsql immutable set search_path = '' as $$
declare
  step jsonb;
  groups jsonb;
  people jsonb;
  before numeric := 0;
begin
  if jsonb_typeof(steps) is distinct from 'array' or jsonb_array_length(steps) not between 1 and 8 then
    perform private.refuse('ladder_malformed');
  end if;
  if steps -> 0 -> 'after' is distinct from '0' then
    perform private.refuse('ladder_starts_late');
  end if;
  for step in select s from jsonb_array_elements(steps) s loop
    groups := coalesce(step -> 'to', '[]');
    people := coalesce(step -> 'people', '[]');
    if jsonb_typeof(step) <> 'object'
      or exists (select from jsonb_object_keys(step) key where key not in ('after', 'to', 'people', 'second'))
      or jsonb_typeof(step -> 'after') is distinct from 'number'
      or jsonb_typeof(groups) <> 'array' or jsonb_typeof(people) <> 'array'
      or jsonb_typeof(coalesce(step -> 'second', 'false')) <> 'boolean' then
      perform private.refuse('ladder_malformed');
    end if;
    if (step ->> 'after')::numeric not between before and 1440 or (step ->> 'after')::numeric % 1 <> 0 then
      perform private.refuse('ladder_times');
    end if;
    before := (step ->> 'after')::numeric;
    if jsonb_array_length(groups) + jsonb_array_length(people) = 0 then
      perform private.refuse('ladder_step_empty');
    end if;
    if jsonb_array_length(people) > 20
      or exists (
        select from jsonb_array_elements(groups) g
        where g not in ('"circle"', '"family"', '"nurses"', '"managers"', '"duty"', '"supervisors"')
        union all
        select from jsonb_array_elements(people) p
        where jsonb_typeof(p) <> 'string' or p #>> '{}' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') then
      perform private.refuse('ladder_malformed');
    end if;
  end loop;
end
$$;

create table public.escalation_ladders (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  case_id uuid references public.cases (id),
  severity text not null check (severity in ('yellow', 'orange', 'red')),
  steps jsonb not null,
  repeat_minutes integer not null check (repeat_minutes between 5 and 240),
  repeats integer not null check (repeats between 0 and 24),
  active boolean not null default true,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint escalation_ladders_once unique nulls not distinct (org_id, case_id, severity)
);
comment on table public.escalation_ladders is
  'Who is told of an emergency of this severity: of an organisation, or of one of its cases. steps [{ after: minutes since the report, to: groups, people: users, second: also by the second channel }]; the last is repeated. Not active: the organisation''s holds, else the built-in one.';
create index escalation_ladders_case on public.escalation_ladders (case_id);

create function private.guard_ladder() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and (new.org_id <> old.org_id or new.case_id is distinct from old.case_id or new.severity <> old.severity) then
    raise insufficient_privilege using message = 'immutable', hint = 'Another case or severity is a ladder of its own.';
  end if;
  -- Of somebody whom the organisation does not hold, it cannot say who is told.
  if tg_op = 'INSERT' and new.case_id is not null
    and not exists (select from public.cases c where c.id = new.case_id and c.org_id = new.org_id) then
    perform private.deny();
  end if;
  perform private.check_ladder_steps(new.steps);
  return new;
end
$$;
create trigger guard before insert or update on public.escalation_ladders for each row execute function private.guard_ladder();

-- Duty -----------------------------------------------------------------------------------------------------------------------

create table public.duty_shifts (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  user_id uuid not null references public.profiles (id),
  user_name text not null,
  weekdays smallint[] not null default '{}' check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  on_holidays boolean not null default false,
  starts_at_time time not null,
  ends_at_time time not null,
  valid_from date not null check (valid_from between '2000-01-01' and '2199-12-31'),
  valid_until date check (valid_until between '2000-01-01' and '2199-12-31'),
  note text check (length(note) <= 200),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint duty_shifts_some_day check (cardinality(weekdays) > 0 or on_holidays),
  constraint duty_shifts_whole_minutes check (
    extract(second from starts_at_time) = 0 and extract(second from ends_at_time) = 0 and starts_at_time < '24:00' and ends_at_time < '24:00'),
  -- The day before it would begin: taken back before it ran.
  constraint duty_shifts_period check (valid_until >= valid_from - 1)
);
comment on table public.duty_shifts is
  'Somebody is on duty, each week: weekdays 1 = Monday … 7; on a holiday of the office''s calendar only shifts with on_holidays. Taipei time; ends_at_time not after starts_at_time: past midnight, and the whole night belongs to the day on which it began. valid_until is the last such day.';
create index duty_shifts_org on public.duty_shifts (org_id);
create index duty_shifts_user on public.duty_shifts (user_id);

create function private.guard_duty() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if tg_op = 'UPDATE' then
    if new.user_id <> old.user_id or new.user_name <> old.user_name then
      raise insufficient_privilege using message = 'immutable', hint = 'End this shift and enter one for the other person.';
    end if;
    return new;
  end if;
  if caller is not null then
    select m.display_name into new.user_name from public.memberships m
    where m.org_id = new.org_id and m.user_id = new.user_id and m.ended_at is null and m.deleted_at is null;
    if new.user_name is null then
      -- Only who may enter shifts there is told who works there.
      if new.org_id in (select private.my_org_ids(array['supervisor'])) then
        perform private.refuse('unknown_person');
      end if;
      perform private.deny();
    end if;
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.duty_shifts for each row execute function private.guard_duty();

-- Who is on duty in an organisation at an instant; src/lib/domain/duty.ts says the same (tests/db/duty.test.ts compares them). Who has left
-- the organisation is not.
create function private.on_duty(of_org uuid, at timestamptz) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  local constant timestamp := at at time zone 'Asia/Taipei';
begin
  return query
    select distinct s.user_id
    from public.duty_shifts s
    cross join (values (local::date), (local::date - 1)) as d (day)
    where s.org_id = of_org and s.deleted_at is null
      and d.day >= s.valid_from and (s.valid_until is null or d.day <= s.valid_until)
      and case when exists (select from public.office_days o where o.org_id = of_org and o.day = d.day and o.kind = 'holiday' and o.deleted_at is null)
        then s.on_holidays else extract(isodow from d.day) = any (s.weekdays) end
      and local >= d.day + s.starts_at_time
      and local < d.day + s.ends_at_time + case when s.ends_at_time <= s.starts_at_time then interval '1 day' else interval '0' end
      and exists (
        select from public.memberships m
        where m.org_id = of_org and m.user_id = s.user_id and m.ended_at is null and m.deleted_at is null);
end
$$;

-- Both ------------------------------------------------------------------------------------------------------------------------

do $$
declare
  t text;
begin
  foreach t in array array['escalation_ladders', 'duty_shifts'] loop
    execute format('create trigger append_only before delete on public.%I for each row execute function private.refuse_change()', t);
    perform private.make_synced(t, 'org', 'standing');
    perform private.make_visible(t, 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
    execute format('grant insert, update on public.%I to authenticated', t);
    execute format('create policy "Supervisors say who is told in their organisation" on public.%I for insert to authenticated
      with check (org_id = any (array(select private.my_org_ids(array[''supervisor'']))))', t);
    execute format('create policy "Supervisors change who is told in their organisation" on public.%I for update to authenticated
      using (org_id = any (array(select private.my_org_ids(array[''supervisor'']))))
      with check (org_id = any (array(select private.my_org_ids(array[''supervisor'']))))', t);
    execute format('create trigger keep_history after update on public.%I for each row execute function private.keep_history()', t);
    perform private.make_audited(t);
  end loop;
end
$$;
select private.make_readable();

-- Two supervisors set the same ladder, each without signal: it has one id (src/lib/domain/ladders.ts); the later word stands, and the
-- history keeps the earlier one.
create function private.set_ladder(given jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from public.escalation_ladders l where l.id = (given ->> 'id')::uuid) then
    perform private.update_row('escalation_ladders', (given ->> 'id')::uuid, jsonb_build_object(
      'org_id', given -> 'org_id', 'case_id', given -> 'case_id', 'severity', given -> 'severity', 'steps', given -> 'steps',
      'repeat_minutes', given -> 'repeat_minutes', 'repeats', given -> 'repeats', 'active', given -> 'active'));
  else
    perform private.insert_row('escalation_ladders', given, at, offset_ms);
  end if;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function private.set_ladder(jsonb, timestamptz, integer) to authenticated;
