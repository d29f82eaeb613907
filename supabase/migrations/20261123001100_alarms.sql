-- Alarms: who is told of an emergency, in which order, until a person has answered. The report only leaves an alarm that is due;
-- private.ring_due() does the rest, again and again, from wherever the engine runs. docs/escalation.md says what is promised.

create table public.emergency_receipts (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  emergency_id uuid not null references public.emergencies (id),
  user_id uuid not null,
  user_name text not null,
  user_role text,
  step integer not null,
  channel text not null check (channel in ('push', 'second')),
  state text not null default 'queued' check (state in ('queued', 'accepted', 'shown', 'opened', 'failed', 'dropped')),
  reason text check (reason in ('no_device', 'no_phone', 'gone', 'refused', 'unreachable', 'answered_first', 'told_again')),
  queued_at timestamptz not null,
  accepted_at timestamptz,
  shown_at timestamptz,
  opened_at timestamptz,
  failed_at timestamptz,
  audience text not null check (audience in ('circle', 'staff', 'restricted')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (emergency_id, user_id, channel, step)
);
comment on table public.emergency_receipts is
  'Who was told of an emergency, on which channel, and how far that came: one row a person, channel and step. Only the engine writes it; state never goes back.';
create index emergency_receipts_case on public.emergency_receipts (case_id);
-- What a receipt's state may become: a later word never takes an earlier one back.
create function private.further(was text, now_is text) returns boolean
language sql immutable set search_path = '' as $$
  select array_position(array['queued', 'failed', 'dropped', 'accepted', 'shown', 'opened'], now_is)
    > array_position(array['queued', 'failed', 'dropped', 'accepted', 'shown', 'opened'], was)
$$;

-- Who was told what is a record; only how far it came moves, and never back.
create function private.guard_receipt() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if not private.changed_columns(to_jsonb(old), to_jsonb(new)) <@ array[
      'state', 'reason', 'accepted_at', 'shown_at', 'opened_at', 'failed_at', 'seq', 'relevant_at']
    or (new.state <> old.state and not private.further(old.state, new.state)) then
    raise insufficient_privilege using message = 'append_only';
  end if;
  return new;
end
$$;
create trigger guard before update on public.emergency_receipts for each row execute function private.guard_receipt();
create trigger append_only before delete on public.emergency_receipts for each row execute function private.refuse_change();
select private.make_synced('emergency_receipts', 'case', 'recorded_at');
select private.make_visible('emergency_receipts', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

create table private.alarms (
  emergency_id uuid primary key references public.emergencies (id),
  case_id uuid not null,
  state text not null default 'ringing' check (state in ('ringing', 'answered', 'exhausted')),
  -- Taken when it starts to ring, and anew when the report is raised. Null: not rung yet.
  ladder jsonb,
  started_at timestamptz not null default now(),
  -- Running number of the next step; first_step: of the first one since it (re)started.
  step integer not null default 0,
  first_step integer not null default 0,
  next_at timestamptz not null default now(),
  failures integer not null default 0,
  last_error text
);
comment on table private.alarms is 'One a report. next_at: when the next step of its ladder is due.';
create index alarms_due on private.alarms (next_at) where state = 'ringing';

-- Seeds and imports (nobody signed in) bring history; nobody is to be told of it.
create function private.raise_alarm() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    insert into private.alarms (emergency_id, case_id) values (new.id, new.case_id);
  end if;
  return null;
end
$$;
create trigger raise_alarm after insert on public.emergencies for each row execute function private.raise_alarm();

-- Who reported; of a restricted one the supervisors' list tells it.
create function private.reporter_of(emergency uuid) returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select coalesce(e.created_by, (select r.reporter_id from public.emergency_reporters r where r.emergency_id = e.id))
    from public.emergencies e where e.id = emergency);
end
$$;

-- A person's answer stops it; raised or opened again it starts anew. The reporter knows already: their own "I know" tells nobody
-- else, so only that they closed it counts. Runs under the head of the emergency's bucket (the action stands in it).
create function private.follow_alarm() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  answers constant boolean := new.action = 'close'
    or (new.action in ('acknowledge', 'act') and caller is distinct from private.reporter_of(new.emergency_id));
begin
  if caller is null then
    return null;
  end if;
  if answers then
    update private.alarms a set state = 'answered' where a.emergency_id = new.emergency_id and a.state <> 'answered';
    if found then
      perform private.drop_deliveries(new.emergency_id, null);
      update public.emergency_receipts r set state = 'dropped', reason = 'answered_first', failed_at = now()
      where r.emergency_id = new.emergency_id and r.state = 'queued';
    end if;
  elsif new.action in ('raise', 'reopen') then
    update private.alarms a set state = 'ringing', ladder = null, started_at = now(), first_step = a.step, next_at = now(), failures = 0
    where a.emergency_id = new.emergency_id;
  end if;
  return null;
end
$$;
-- By its name it runs before `follow`, which writes to the report what came of it: one step, one change of the row.
create trigger alarm after insert on public.emergency_actions for each row execute function private.follow_alarm();

-- Whoever has the report before their eyes need not be woken for it any more; they have not answered yet.
create function private.follow_sighting() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.drop_deliveries(new.subject_id, new.user_id);
  update public.emergency_receipts r set state = 'opened', reason = null, opened_at = now()
  where r.emergency_id = new.subject_id and r.user_id = new.user_id and private.further(r.state, 'opened');
  return null;
end
$$;
create trigger ring after insert on public.sightings for each row
  when (new.subject_table = 'emergencies') execute function private.follow_sighting();

-- Whom a report is told to, minute by minute, unless an organisation says otherwise (src/lib/domain/ladders.ts has the same, to be shown). Red
-- ones use the second channel too.
create function private.ladder_of(how_severe text) returns jsonb
language sql immutable set search_path = '' as $$
  select case how_severe
    when 'red' then '{"steps": [{"after": 0, "to": ["circle", "family", "duty"], "second": true},
      {"after": 5, "to": ["duty", "supervisors"], "second": true}, {"after": 10, "to": ["circle", "duty", "supervisors"], "second": true}],
      "repeat_minutes": 10, "repeats": 6}'
    when 'orange' then '{"steps": [{"after": 0, "to": ["circle", "family", "duty"]}, {"after": 15, "to": ["duty", "supervisors"]},
      {"after": 30, "to": ["circle", "supervisors"], "second": true}], "repeat_minutes": 30, "repeats": 4}'
    else '{"steps": [{"after": 0, "to": ["circle", "family"]}, {"after": 120, "to": ["supervisors"]}], "repeat_minutes": 240, "repeats": 0}' end::jsonb
$$;

-- The case's own ladder, else that of the organisation that holds it, else the built-in one.
create function private.ladder_for(of_case uuid, how_severe text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((
    select jsonb_build_object('steps', l.steps, 'repeat_minutes', l.repeat_minutes, 'repeats', l.repeats)
    from public.escalation_ladders l join public.cases c on c.org_id = l.org_id
    where c.id = of_case and l.severity = how_severe and l.active and l.deleted_at is null and (l.case_id = of_case or l.case_id is null)
    order by l.case_id nulls last limit 1),
    private.ladder_of(how_severe));
end
$$;

-- The people of one step, never who reported it. Of a restricted report only those who may see it anyway; of another one, those on duty or named
-- who do not see it yet are let in (is_viewer false).
create function private.people_of_step(emergency public.emergencies, step jsonb)
returns table (user_id uuid, user_name text, user_role text, is_viewer boolean)
language plpgsql stable security definer set search_path = '' as $$
declare
  groups constant jsonb := coalesce(step -> 'to', '[]');
  of_org constant uuid := (select c.org_id from public.cases c where c.id = emergency.case_id);
  viewers constant uuid[] := array(select private.viewers_of(emergency.bucket_id));
begin
  return query
    with wanted as (
      select m.user_id, m.display_name, m.role
      from public.case_members m
      where m.case_id = emergency.case_id and m.ended_at is null and m.user_id = any (viewers)
        and case when m.role = 'family' then groups ? 'family'
          else groups ? 'circle' or (groups ? 'nurses' and m.role = 'nurse') or (groups ? 'managers' and m.role = 'care_manager') end
      union all
      select s.user_id, s.display_name, s.role
      from public.memberships s
      where s.org_id = of_org and s.ended_at is null and s.deleted_at is null
        and ((groups ? 'supervisors' and s.role = 'supervisor')
          or (groups ? 'duty' and s.user_id in (select private.on_duty(of_org, now())))
          or coalesce(step -> 'people', '[]') ? s.user_id::text))
    select distinct on (w.user_id) w.user_id, w.display_name, w.role, w.user_id = any (viewers)
    from wanted w
    where w.user_id is distinct from private.reporter_of(emergency.id)
      and (emergency.audience <> 'restricted' or w.user_id = any (viewers))
    order by w.user_id, w.role;
end
$$;

-- Who is on duty, or named, and not in the circle sees the case from now on, for a day.
create function private.let_in_for_alarm(emergency public.emergencies, step jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.case_members as m (id, case_id, user_id, role, display_name, until_at, recorded_at)
  select gen_random_uuid(), emergency.case_id, p.user_id, p.user_role, p.user_name, now() + interval '24 hours', now()
  from private.people_of_step(emergency, step) p where not p.is_viewer and p.user_role <> 'supervisor'
  on conflict (case_id, user_id) where ended_at is null
  do update set until_at = greatest(m.until_at, excluded.until_at) where m.until_at is not null;
end
$$;

-- Minutes since the start at which a step is due; of the one after the last repeat, when waiting ends. Null beyond.
create function private.step_after(ladder jsonb, nr integer) returns numeric
language sql immutable set search_path = '' as $$
  select case
    when nr < s.count then (ladder -> 'steps' -> nr ->> 'after')::numeric
    when nr <= s.count + (ladder ->> 'repeats')::integer then
      (ladder -> 'steps' -> -1 ->> 'after')::numeric + (nr - s.count + 1) * (ladder ->> 'repeat_minutes')::numeric
  end
  from (select jsonb_array_length(ladder -> 'steps') as count) s
$$;

-- When the step after this one is due. Steps that are late (the server was away) follow in their order, a minute apart and repeats as far
-- apart as ever, so that people have time to answer. One that reached nobody is not waited for.
create function private.next_step_at(alarm private.alarms, plan jsonb, nr integer, told integer) returns timestamptz
language sql stable set search_path = '' as $$
  select case when told = 0 then now() else greatest(
    alarm.started_at + make_interval(secs => (private.step_after(plan, nr + 1) * 60)::double precision),
    now() + case when nr + 1 < jsonb_array_length(plan -> 'steps') then interval '1 minute'
      else make_interval(mins => (plan ->> 'repeat_minutes')::integer) end) end
$$;

-- One step of one alarm. The caller holds the heads of the case.
create function private.ring(alarm private.alarms, second_channel boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  nr constant integer := alarm.step - alarm.first_step;
  emergency public.emergencies;
  plan jsonb;
  doing jsonb;
  last integer;
  told integer;
  due timestamptz;
begin
  select * into emergency from public.emergencies e where e.id = alarm.emergency_id;
  plan := coalesce(alarm.ladder, private.ladder_for(emergency.case_id, emergency.severity));
  last := jsonb_array_length(plan -> 'steps') + (plan ->> 'repeats')::integer - 1;
  if nr > last then
    update private.alarms a set state = 'exhausted' where a.emergency_id = emergency.id;
    update public.emergencies e set alarm_state = 'exhausted', alarm_next_at = null where e.id = emergency.id;
    return;
  end if;
  doing := plan -> 'steps' -> least(nr, jsonb_array_length(plan -> 'steps') - 1);
  perform private.let_in_for_alarm(emergency, doing);
  perform private.supersede_deliveries(emergency.id, array(select p.user_id from private.people_of_step(emergency, doing) p));
  with asked as (
    insert into public.emergency_receipts
      (id, case_id, emergency_id, user_id, user_name, user_role, step, channel, state, reason, queued_at, failed_at, audience, recorded_at)
    select gen_random_uuid(), emergency.case_id, emergency.id, p.user_id, p.user_name, p.user_role, alarm.step, c.channel,
      case when w.wrong is null then 'queued' else 'failed' end, w.wrong, now(), case when w.wrong is not null then now() end,
      emergency.audience, now()
    from private.people_of_step(emergency, doing) p
    cross join lateral (values ('push'), ('second')) c (channel)
    cross join lateral (select case
      when c.channel = 'push' and not exists (select from private.push_subscriptions s where s.user_id = p.user_id) then 'no_device'
      when c.channel = 'second' and private.phone_of(p.user_id) is null then 'no_phone' end) w (wrong)
    where (c.channel = 'push' or (doing -> 'second' = 'true' and p.user_role <> 'family' and second_channel))
      -- That nothing can reach somebody is said once, not at every step.
      and not exists (
        select from public.emergency_receipts r
        where r.emergency_id = emergency.id and r.user_id = p.user_id and r.channel = c.channel and r.step >= alarm.first_step and r.reason = w.wrong)
    returning state)
  select count(*) filter (where a.state = 'queued') into told from asked a;
  -- A phone without signal is told as long as the ladder lasts, and an hour more.
  perform private.queue_deliveries(emergency, alarm.step,
    now() + make_interval(secs => (private.step_after(plan, last + 1) * 60 + 3600)::double precision));
  due := private.next_step_at(alarm, plan, nr, told);
  -- Where the last step reaches nobody, no repeat would.
  update private.alarms a set ladder = plan, next_at = due, failures = 0, last_error = null,
    step = case when told = 0 and nr >= jsonb_array_length(plan -> 'steps') - 1 then alarm.first_step + last + 1 else alarm.step + 1 end
  where a.emergency_id = emergency.id;
  update public.emergencies e set alarm_state = 'ringing', alarm_step = nr, alarm_next_at = due, alarm_ladder = plan where e.id = emergency.id;
end
$$;

-- Rings what is due. Heads first, and only those that are free: who would wait for them holding an alarm would wait for a phone's batch
-- that waits for the alarm. What is not free comes with the next tick. One that fails does not hold up the others.
create function private.ring_due(at_most integer, second_channel boolean) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  free integer[];
  alarm private.alarms;
  rung integer := 0;
begin
  free := array(
    select b.id from private.buckets b
    where b.case_id in (
      select a.case_id from private.alarms a where a.state = 'ringing' and a.next_at <= now() order by a.next_at limit at_most)
    order by b.lock_rank, b.id for update skip locked);
  for alarm in
    select a.* from private.alarms a
    where a.state = 'ringing' and a.next_at <= now()
      and not exists (select from private.buckets b where b.case_id = a.case_id and b.id <> all (free))
    -- A savepoint each: past 64 subtransactions Postgres slows down.
    order by a.next_at limit least(at_most, 50) for update skip locked
  loop
    begin
      perform private.ring(alarm, second_channel);
      rung := rung + 1;
    exception when others then
      update private.alarms a set failures = a.failures + 1, last_error = sqlstate || ' ' || sqlerrm,
        next_at = now() + make_interval(secs => least(30, 2 ^ least(a.failures, 5)))
      where a.emergency_id = alarm.emergency_id;
    end;
  end loop;
  return rung;
end
$$;

revoke execute on all functions in schema private from public, anon;
