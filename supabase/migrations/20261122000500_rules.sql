-- Rules: what may be written, by whom, in which state. They are triggers, so they hold against every client and every path, also
-- against a direct REST call. A code word in the message tells the phone what to say; it never carries a value.
-- The state machines are drawn in src/lib/domain/status.ts; tests hold the two together.

-- Helpers -------------------------------------------------------------------------------------------------------------------

-- The row or the step is wrong: no matter of permission.
create function private.refuse(code text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  raise check_violation using message = code;
end
$$;

create function private.deny() returns void
language plpgsql volatile set search_path = '' as $$
begin
  raise insufficient_privilege using message = 'not_allowed';
end
$$;

-- How a person is called towards a case: as in its circle, else as in the organisation, else as they call themselves.
-- In plpgsql, as all small helpers that a push calls many times: the plan of an SQL function with a search_path of its own is made anew at
-- each call.
create function private.name_of(person uuid, of_case uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select coalesce(
      (select m.display_name from public.case_members m where m.case_id = of_case and m.user_id = person order by m.ended_at desc nulls first limit 1),
      (select m.display_name from public.memberships m where m.user_id = person order by m.ended_at desc nulls first, m.received_at desc limit 1),
      (select p.display_name from public.profiles p where p.id = person)));
end
$$;

-- Whether somebody may be given work in a case: stands in its circle, or supervises it.
create function private.works_in(person uuid, of_case uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from public.case_members m where m.case_id = of_case and m.user_id = person and m.ended_at is null and m.role <> 'family'
      and (m.until_at is null or m.until_at > now())
  ) or exists (
    select from public.cases c join public.memberships m on m.org_id = c.org_id
    where c.id = of_case and m.user_id = person and m.role = 'supervisor' and m.ended_at is null
  );
end
$$;

-- Which of the two rows' columns differ.
create function private.changed_columns(before jsonb, after jsonb) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return (
    select coalesce(array_agg(a.key order by a.key), '{}') from jsonb_each(after) a where a.value is distinct from before -> a.key);
end
$$;

-- Append-only ---------------------------------------------------------------------------------------------------------------

create function private.refuse_change() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  raise insufficient_privilege using message = 'append_only', hint = 'A correction is a new row that points at this one.';
end
$$;

do $$
declare
  t text;
begin
  foreach t in array array['visit_records', 'measurements', 'emergency_actions', 'task_comments', 'messages', 'audit_log', 'emergency_reporters'] loop
    execute format('create trigger append_only before update or delete on public.%I for each row execute function private.refuse_change()', t);
  end loop;
  -- Their state moves, but they are never taken away.
  foreach t in array array['emergencies', 'record_history'] loop
    execute format('create trigger append_only before delete on public.%I for each row execute function private.refuse_change()', t);
  end loop;
end
$$;
create trigger refuse_truncate before truncate on public.audit_log for each statement execute function private.refuse_truncate();

-- Cases, contacts, circle ---------------------------------------------------------------------------------------------------

create function private.guard_case() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null and tg_op = 'INSERT' then
    new.status := 'active';
  end if;
  if jsonb_typeof(new.vital_limits) <> 'object' then
    perform private.refuse('invalid');
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.cases for each row execute function private.guard_case();

-- The care manager who opens a case stands in its circle; otherwise nobody could do anything with it.
create function private.join_own_case() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if caller is not null and private.my_role(new.id) is distinct from 'supervisor' then
    insert into public.case_members (id, case_id, user_id, role, display_name, recorded_at)
    values (
      md5('case_member' || new.id || caller)::uuid, new.id, caller, 'care_manager', private.name_of(caller, new.id), new.recorded_at);
  end if;
  return null;
end
$$;
create trigger join_own_case after insert on public.cases for each row execute function private.join_own_case();

create function private.guard_staff_details() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if new.id <> new.case_id then
    perform private.refuse('invalid');
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.case_staff_details for each row execute function private.guard_staff_details();

create function private.guard_case_member() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  known record;
begin
  if tg_op = 'UPDATE' then
    if new.user_id <> old.user_id or new.role <> old.role or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
      raise insufficient_privilege using message = 'immutable', hint = 'End this place and make a new one.';
    end if;
    return new;
  end if;
  if new.role <> 'family' then
    -- Nobody gets into a circle in a role that no organisation has given them.
    if auth.uid() is not null and not exists (
      select from public.memberships m where m.user_id = new.user_id and m.role = new.role and m.ended_at is null
    ) then
      perform private.refuse('not_in_this_role');
    end if;
    select o.name as org_name, m.display_name, m.phone into known
    from public.memberships m join public.organizations o on o.id = m.org_id
    where m.user_id = new.user_id and m.ended_at is null
    order by m.role = new.role desc, m.received_at limit 1;
    new.org_name := coalesce(new.org_name, known.org_name);
    new.display_name := coalesce(known.display_name, new.display_name);
    new.phone := coalesce(new.phone, known.phone);
  elsif auth.uid() is not null and not exists (select from public.profiles p where p.id = new.user_id) then
    perform private.refuse('unknown_person');
  end if;
  if auth.uid() is not null then
    new.ended_at := null;
  end if;
  -- A place for a time gives way to the new one.
  update public.case_members m set ended_at = least(m.until_at, now())
  where m.case_id = new.case_id and m.user_id = new.user_id and m.ended_at is null and m.until_at is not null and new.ended_at is null;
  return new;
end
$$;
create trigger guard before insert or update on public.case_members for each row execute function private.guard_case_member();

-- The heads that move when somebody leaves an organisation: the organisation's, and those of the circles they may have to leave.
create function private.heads_of_leaving(of_org uuid, person uuid) returns integer[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select array(
      select b.id from private.buckets b where b.case_id is null and b.org_id = of_org and b.kind = 'org'
      union all
      select b.id from public.case_members m join private.buckets b on b.case_id = m.case_id and b.kind = 'case_circle'
      where m.user_id = person and m.ended_at is null and m.role <> 'family'));
end
$$;

-- A file sealed with it must stay readable.
create function private.guard_profile() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null and new.file_key <> old.file_key then
    raise insufficient_privilege using message = 'immutable';
  end if;
  return new;
end
$$;
create trigger guard before update on public.profiles for each row execute function private.guard_profile();

create function private.guard_membership() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  ends constant boolean := old.ended_at is null and new.ended_at is not null;
begin
  if new.user_id <> old.user_id or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
    raise insufficient_privilege using message = 'immutable', hint = 'Invite the person again.';
  end if;
  if ends then
    perform private.lock_heads(private.heads_of_leaving(new.org_id, new.user_id));
  end if;
  if auth.uid() is null then
    return new;
  end if;
  if ends then
    -- Access ends when the server hears of it, whatever a phone's clock says.
    new.ended_at := now();
  end if;
  -- An organisation without a supervisor could never let anybody in or out again. Under the lock of its head, so that of two
  -- supervisors who end each other's membership at the same moment one remains.
  if old.role = 'supervisor' and old.ended_at is null and (ends or new.role <> 'supervisor') then
    perform private.lock_bucket('org', null, new.org_id, null);
    if not exists (
      select from public.memberships m
      where m.org_id = new.org_id and m.id <> new.id and m.role = 'supervisor' and m.ended_at is null and m.deleted_at is null
    ) then
      perform private.refuse('last_supervisor');
    end if;
  end if;
  return new;
end
$$;
create trigger guard before update on public.memberships for each row execute function private.guard_membership();

-- Who leaves an organisation leaves the circles of its cases, and every other circle where they stand in a role that no organisation
-- gives them any more; as family they stay. Invitations that they handed out for it let nobody in any more.
create function private.leave_with_membership() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.case_members m set ended_at = new.ended_at
  where m.user_id = new.user_id and m.ended_at is null and m.role <> 'family'
    and (
      exists (select from public.cases c where c.id = m.case_id and c.org_id = new.org_id)
      or not exists (
        select from public.memberships e where e.user_id = new.user_id and e.ended_at is null and e.role = m.role));
  update public.invitations i set revoked_at = now()
  where i.created_by = new.user_id and i.org_id = new.org_id and i.accepted_at is null and i.revoked_at is null;
  return null;
end
$$;
create trigger leave_with_membership after update of ended_at on public.memberships for each row
  when (old.ended_at is null and new.ended_at is not null) execute function private.leave_with_membership();

-- Visits --------------------------------------------------------------------------------------------------------------------

create function private.guard_series() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.worker_id is not null and (tg_op = 'INSERT' or new.worker_id is distinct from old.worker_id)
    and auth.uid() is not null and not private.works_in(new.worker_id, new.case_id) then
    perform private.refuse('worker_not_in_circle');
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.visit_series for each row execute function private.guard_series();

-- A series that ends takes its planned visits after that day with it.
create function private.end_series() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.visits set status = 'cancelled', status_reason = 'series_ended'
  where series_id = new.id and status = 'planned'
    and starts_at >= (new.until_on + 1)::timestamp at time zone 'Asia/Taipei';
  return null;
end
$$;
create trigger end_series after update of until_on on public.visit_series for each row
  when (new.until_on is not null and new.until_on is distinct from old.until_on) execute function private.end_series();

create function private.guard_visit() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  my_role text;
  own boolean;
  changed text[];
begin
  if new.series_id is not null and (tg_op = 'INSERT' or new.series_id is distinct from old.series_id)
    and not exists (select from public.visit_series s where s.id = new.series_id and s.case_id = new.case_id) then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if tg_op = 'INSERT' or new.worker_id is distinct from old.worker_id then
    if new.worker_id is not null and caller is not null and not private.works_in(new.worker_id, new.case_id) then
      perform private.refuse('worker_not_in_circle');
    end if;
    if caller is not null or new.worker_name is null then
      new.worker_name := private.name_of(new.worker_id, new.case_id);
    end if;
  end if;
  if tg_op = 'INSERT' then
    if caller is not null then
      new.status := 'planned';
      new.checked_in_at := null;
      new.checked_out_at := null;
      new.status_reason := null;
    end if;
    return new;
  end if;

  if new.status <> old.status and not (case new.status
    when 'checked_in' then old.status in ('planned', 'missed', 'no_answer')
    when 'done' then old.status = 'checked_in'
    when 'no_answer' then old.status in ('planned', 'checked_in', 'missed')
    when 'missed' then old.status = 'planned'
    when 'cancelled' then old.status = 'planned'
    else false end)
  then
    perform private.refuse('wrong_state');
  end if;
  if caller is null or new is not distinct from old then
    return new;
  end if;

  my_role := private.my_role(new.case_id);
  if my_role is null then
    perform private.deny();
  end if;
  own := old.worker_id is null or old.worker_id = caller;
  changed := private.changed_columns(to_jsonb(old), to_jsonb(new));
  if new.status <> old.status and not (case new.status
    when 'missed' then my_role in ('care_manager', 'supervisor') or own
    when 'cancelled' then my_role in ('care_manager', 'supervisor')
      -- A nurse plans repeating visits, so ending one may cancel what it had planned.
      or (my_role = 'nurse' and new.status_reason = 'series_ended' and exists (
        select from public.visit_series s
        where s.id = old.series_id and old.starts_at >= (s.until_on + 1)::timestamp at time zone 'Asia/Taipei'))
    else my_role = 'supervisor' or own end)
  then
    -- Mostly somebody who was offline while the visit was given to a colleague: no want of permission.
    if my_role <> 'family' and not own and new.status in ('checked_in', 'done', 'no_answer') then
      perform private.refuse('taken');
    end if;
    perform private.deny();
  end if;
  -- A care worker moves the state of a visit; what is planned, planners plan.
  if my_role not in ('nurse', 'care_manager', 'supervisor')
    and not changed <@ array['status', 'status_reason', 'checked_in_at', 'checked_out_at', 'note', 'worker_id', 'worker_name'] then
    perform private.deny();
  end if;
  -- Times and reason belong to the step that sets them; afterwards they are a record.
  if new.status = old.status and changed && array['checked_in_at', 'checked_out_at', 'status_reason'] then
    perform private.deny();
  end if;
  -- Who checks in to a visit that nobody held takes it, and whoever says yes to an offer of it; otherwise only planners give it to somebody.
  if new.worker_id is distinct from old.worker_id and my_role not in ('nurse', 'care_manager', 'supervisor')
    and not (old.worker_id is null and new.worker_id = caller and new.status = 'checked_in')
    and not (new.worker_id = caller and private.is_accepting(new.id)) then
    perform private.deny();
  end if;
  if not own and changed && array['note'] and my_role not in ('nurse', 'care_manager', 'supervisor') then
    perform private.deny();
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.visits for each row execute function private.guard_visit();

-- Records and measurements --------------------------------------------------------------------------------------------------

create function private.guard_record() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  my_role text;
  corrected_case uuid;
  corrected_author uuid;
  visit_case uuid;
  visit_worker uuid;
begin
  if new.visit_id is not null then
    select v.case_id, v.worker_id into visit_case, visit_worker from public.visits v where v.id = new.visit_id;
    if visit_case is distinct from new.case_id then
      raise foreign_key_violation using message = 'missing_reference';
    end if;
  end if;
  if caller is null then
    return new;
  end if;
  my_role := private.my_role(new.case_id);
  new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  -- The record of a visit is its worker's to write; of one that nobody held, whoever went.
  if tg_table_name = 'visit_records' and visit_worker <> caller and coalesce(my_role, '') not in ('care_manager', 'supervisor') then
    perform private.deny();
  end if;
  if new.corrects_id is not null then
    if tg_table_name = 'visit_records' then
      select r.case_id, r.created_by into corrected_case, corrected_author from public.visit_records r where r.id = new.corrects_id;
    else
      select r.case_id, r.created_by into corrected_case, corrected_author from public.measurements r where r.id = new.corrects_id;
    end if;
    if corrected_case is distinct from new.case_id then
      raise foreign_key_violation using message = 'missing_reference';
    end if;
    if corrected_author is distinct from caller and coalesce(my_role, '') not in ('care_manager', 'supervisor') then
      perform private.deny();
    end if;
    -- Only visit records have the column; plpgsql would look for it in a measurement, too.
    if tg_table_name = 'visit_records' and coalesce(to_jsonb(new) ->> 'correction_reason', '') = '' then
      perform private.refuse('reason_required');
    end if;
  end if;
  return new;
end
$$;
create trigger guard before insert on public.visit_records for each row execute function private.guard_record();
create trigger guard before insert on public.measurements for each row execute function private.guard_record();

alter table public.visit_records add constraint visit_records_done_codes_is_a_list check (jsonb_typeof(done_codes) = 'array');
-- Outside these a value cannot be real (src/lib/domain/vital-sign-rules.ts, `reject`).
alter table public.measurements add constraint measurements_possible check (
  case kind
    when 'blood_pressure' then value between 50 and 280 and value2 between 20 and 180 and value2 < value and value2 is not null
    when 'pulse' then value between 20 and 250
    when 'temperature' then value between 30 and 43
    when 'respiration' then value between 4 and 60
    when 'spo2' then value between 50 and 100
    when 'glucose' then value between 20 and 700
    when 'weight' then value between 10 and 300
    when 'pain' then value between 0 and 10
    else true end
);

-- Severity ------------------------------------------------------------------------------------------------------------------
-- How severe a vital sign is, the server says itself: a phone may lack older readings or newer limits, and a client may lie. The same
-- rules as src/lib/domain/vital-signs.ts and vital-sign-trends.ts; tests/db/severity.test.ts holds the two together.

create table private.vital_rules (
  id text primary key,
  effective_from date not null,
  rules jsonb not null
);
comment on table private.vital_rules is 'The numbers of those rules by date: the same as src/lib/domain/vital-sign-rules.ts, which the phones carry.';

-- The rules of a day; of a day before the first rules, the first.
create function private.vital_rules_on(day date) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select r.rules from private.vital_rules r
    order by r.effective_from <= day desc, abs(day - r.effective_from)
    limit 1);
end
$$;

create function private.worse_of(a text, b text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when array_position(array['none', 'yellow', 'orange', 'red'], a) >= array_position(array['none', 'yellow', 'orange', 'red'], b)
    then a else b end;
end
$$;

-- One level: the home rule's, or the person's own in its place. An own level that is no number is switched off.
create function private.level_of(home jsonb, own jsonb, word text) returns numeric
language plpgsql immutable set search_path = '' as $$
begin
  return (
    select case when jsonb_typeof(l.level) = 'number' then l.level::numeric end
    from (select case when jsonb_typeof(own) = 'object' and own ? word then own -> word else home -> word end) as l (level));
end
$$;

-- Worst first, so that a milder level which a worse one already covers says nothing.
create function private.metric_severity(metric text, value numeric, limits jsonb, rules jsonb) returns text
language plpgsql immutable set search_path = '' as $$
declare
  home constant jsonb := case when metric = 'spo2' and limits -> 'copd' = 'true' then rules -> 'copdSpo2' else rules -> 'metrics' -> metric end;
  own constant jsonb := limits -> metric;
  word text;
begin
  foreach word in array array['red', 'orange', 'yellow'] loop
    if value >= private.level_of(home -> 'high', own -> 'high', word) or value < private.level_of(home -> 'low', own -> 'low', word) then
      return word;
    end if;
  end loop;
  return 'none';
end
$$;

-- Earlier readings of the same person and kind that still stand; those of the same visit are one occasion with this one.
create function private.earlier_readings(m public.measurements) returns table (day date, measured_at timestamptz, value numeric, value2 numeric)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select (e.measured_at at time zone 'Asia/Taipei')::date, e.measured_at, e.value, e.value2
    from public.measurements e
    where e.case_id = m.case_id and e.kind = m.kind and e.deleted_at is null and e.id <> m.id
      and e.id is distinct from m.corrects_id and (m.visit_id is null or e.visit_id is distinct from m.visit_id)
      and e.measured_at > m.measured_at - interval '400 days' and e.measured_at < m.measured_at + interval '1 day'
      and not exists (select from public.measurements k where k.corrects_id = e.id);
end
$$;

create function private.pressure_trend(m public.measurements, day date, rule jsonb) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select case when count(distinct r.day) >= (rule ->> 'minDaysWithReadings')::integer
      and (sum(r.sys) >= (rule ->> 'sbpAtLeast')::numeric * count(*) or sum(r.dia) >= (rule ->> 'dbpAtLeast')::numeric * count(*))
      then 'yellow' else 'none' end
    from (
      select pressure_trend.day, m.value as sys, m.value2 as dia
      union all
      select e.day, e.value, e.value2 from private.earlier_readings(m) e
      where pressure_trend.day - e.day between 0 and (rule ->> 'windowDays')::integer - 1
    ) r);
end
$$;

create function private.weight_trend(m public.measurements, day date, rule jsonb, heart_failure boolean) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select case
      when (h.month - m.value) * 100 >= (rule ->> 'monthLossPercent')::numeric * h.month then 'orange'
      when heart_failure and m.value - h.recent >= (rule ->> 'heartFailureGainKg')::numeric then 'orange'
      when (h.year - m.value) * 100 >= (rule ->> 'yearLossPercent')::numeric * h.year then 'yellow'
      else 'none' end
    from (
      select
        max(e.value) filter (where weight_trend.day - e.day <= (rule ->> 'monthDays')::integer) as month,
        max(e.value) filter (where weight_trend.day - e.day <= (rule ->> 'yearDays')::integer) as year,
        min(e.value) filter (where weight_trend.day - e.day <= (rule ->> 'heartFailureDays')::integer) as recent
      from private.earlier_readings(m) e
      where e.measured_at < m.measured_at
    ) h);
end
$$;

create function private.measured_severity(m public.measurements, limits jsonb) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  day constant date := (m.measured_at at time zone 'Asia/Taipei')::date;
  rules constant jsonb := private.vital_rules_on(day);
begin
  return case
    when m.kind = 'blood_pressure' then private.worse_of(
      private.worse_of(private.metric_severity('sbp', m.value, limits, rules), private.metric_severity('dbp', m.value2, limits, rules)),
      private.pressure_trend(m, day, rules -> 'mean'))
    when m.kind = 'weight' then private.worse_of(
      private.metric_severity('weight', m.value, limits, rules),
      private.weight_trend(m, day, rules -> 'weight', coalesce(limits -> 'heartFailure' = 'true', false)))
    -- A meter beyond its range: the true value is unknown.
    when m.kind = 'glucose' and m.context in ('above_range', 'below_range') then 'red'
    else private.metric_severity(m.kind, m.value, limits, rules) end;
end
$$;

-- A seed or an import brings its history as it was judged then.
create function private.judge_measurement() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    new.severity := private.measured_severity(new, (select c.vital_limits from public.cases c where c.id = new.case_id));
  end if;
  return new;
end
$$;
create trigger judge before insert on public.measurements for each row execute function private.judge_measurement();

-- Emergencies ---------------------------------------------------------------------------------------------------------------

create function private.guard_emergency() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  at_least text;
begin
  if tg_op = 'UPDATE' then
    -- What was reported is a record. Status, severity and who did what move through emergency_actions only.
    if not private.changed_columns(to_jsonb(old), to_jsonb(new)) <@ array[
      'status', 'severity', 'acknowledged_at', 'acknowledged_by_name', 'closed_at', 'closed_by_name', 'outcome',
      'alarm_state', 'alarm_step', 'alarm_next_at', 'alarm_ladder', 'seq', 'relevant_at'] then
      raise insufficient_privilege using message = 'append_only';
    end if;
    return new;
  end if;
  if new.measurement_id is not null and not exists (
    select from public.measurements m where m.id = new.measurement_id and m.case_id = new.case_id
  ) then
    -- An emergency is never held up by what it refers to.
    new.measurement_id := null;
  end if;
  select i.audience into at_least from public.incident_types i where i.code = new.incident_type;
  new.audience := case
    when 'restricted' in (new.audience, at_least) then 'restricted'
    when 'staff' in (new.audience, at_least) and private.my_role(new.case_id) is distinct from 'family' then 'staff'
    else 'circle' end;
  new.reported_severity := new.severity;
  if caller is not null then
    new.status := 'open';
    new.acknowledged_at := null;
    new.acknowledged_by_name := null;
    new.closed_at := null;
    new.closed_by_name := null;
    new.outcome := null;
    new.alarm_state := null;
    new.alarm_step := null;
    new.alarm_next_at := null;
    new.alarm_ladder := null;
    new.reporter_name := private.name_of(caller, new.case_id);
  end if;
  if new.audience = 'restricted' then
    new.reporter_name := null;
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.emergencies for each row execute function private.guard_emergency();

-- The reporter of a restricted emergency is known to the organisation's supervisors alone.
create function private.keep_reporter() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if new.audience = 'restricted' and caller is not null then
    insert into public.emergency_reporters (id, emergency_id, org_id, reporter_id, reporter_name, recorded_at)
    select md5('emergency_reporter' || new.id)::uuid, new.id, c.org_id, caller, coalesce(private.name_of(caller, new.case_id), '?'), new.recorded_at
    from public.cases c where c.id = new.case_id;
  end if;
  return null;
end
$$;
create trigger keep_reporter after insert on public.emergencies for each row execute function private.keep_reporter();

-- Each step is a row that stays; the emergency follows it.
create function private.guard_emergency_action() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  emergency record;
begin
  select e.case_id, e.audience, e.status into emergency from public.emergencies e where e.id = new.emergency_id;
  if emergency.case_id is null or emergency.case_id <> new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  new.audience := emergency.audience;
  if caller is null then
    return new;
  end if;
  new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  if new.action in ('close', 'reopen') and private.my_role(new.case_id) not in ('care_manager', 'supervisor') then
    perform private.deny();
  end if;
  if new.action = 'close' and emergency.status = 'closed' or new.action = 'reopen' and emergency.status <> 'closed' then
    perform private.refuse('wrong_state');
  end if;
  if new.action in ('note', 'notify', 'close') and coalesce(new.note, '') = '' then
    perform private.refuse('reason_required');
  end if;
  if new.action = 'raise' and new.severity is null then
    perform private.refuse('invalid');
  end if;
  return new;
end
$$;
create trigger guard before insert on public.emergency_actions for each row execute function private.guard_emergency_action();

-- That somebody heard or acted is kept even if it arrives after the closing, from a phone without signal; the state then stays.
create function private.follow_emergency_action() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  -- What the same step has just done to the alarm (migration 001100); null where there is none.
  alarm constant text := (select a.state from private.alarms a where a.emergency_id = new.emergency_id);
  rings_anew constant boolean := alarm is not null and new.action in ('raise', 'reopen');
begin
  if auth.uid() is null then
    return null; -- A seed or an import brings its emergencies in their final state.
  end if;
  update public.emergencies e set
    status = case
      when new.action = 'acknowledge' and e.status = 'open' then 'acknowledged'
      when new.action = 'act' and e.status in ('open', 'acknowledged') then 'acting'
      when new.action = 'close' then 'closed'
      when new.action = 'reopen' then 'open'
      else e.status end,
    severity = case
      when new.action = 'raise' and array_position(array['yellow', 'orange', 'red'], new.severity) > array_position(array['yellow', 'orange', 'red'], e.severity)
      then new.severity else e.severity end,
    acknowledged_at = case when new.action in ('acknowledge', 'act') then coalesce(e.acknowledged_at, new.recorded_at) else e.acknowledged_at end,
    acknowledged_by_name = case when new.action in ('acknowledge', 'act') then coalesce(e.acknowledged_by_name, new.author_name) else e.acknowledged_by_name end,
    closed_at = case when new.action = 'close' then new.recorded_at when new.action = 'reopen' then null else e.closed_at end,
    closed_by_name = case when new.action = 'close' then new.author_name when new.action = 'reopen' then null else e.closed_by_name end,
    outcome = case when new.action = 'close' then new.note when new.action = 'reopen' then null else e.outcome end,
    alarm_state = case when rings_anew then 'ringing' when alarm = 'answered' then 'answered' else e.alarm_state end,
    alarm_next_at = case when rings_anew then now() when alarm = 'answered' then null else e.alarm_next_at end
  where e.id = new.emergency_id;
  return null;
end
$$;
create trigger follow after insert on public.emergency_actions for each row execute function private.follow_emergency_action();

-- Tasks ---------------------------------------------------------------------------------------------------------------------

create function private.guard_task() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  my_role text;
  own boolean;
  author boolean;
  planner boolean;
  changed text[];
  -- Handed to somebody with a word (give_task), which is no reopening.
  given constant boolean := tg_op = 'UPDATE' and jsonb_array_length(new.handed_on) > jsonb_array_length(old.handed_on);
begin
  if tg_op = 'INSERT' or new.assignee_id is distinct from old.assignee_id then
    if new.assignee_id is not null and caller is not null and not private.works_in(new.assignee_id, new.case_id)
      and not (new.audience = 'circle' and exists (
        select from public.case_members m
        where m.case_id = new.case_id and m.user_id = new.assignee_id and m.role = 'family' and m.ended_at is null))
    then
      perform private.refuse('assignee_cannot_see_it');
    end if;
    if caller is not null or new.assignee_name is null then
      new.assignee_name := private.name_of(new.assignee_id, new.case_id);
    end if;
  end if;
  if tg_op = 'INSERT' then
    if caller is not null then
      new.status := 'open';
      new.decline_reason := null;
      new.finished_at := null;
      new.finished_by_name := null;
      new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
    end if;
    return new;
  end if;

  if new.status <> old.status and not (case new.status
    when 'accepted' then old.status in ('open', 'expired')
    when 'declined' then old.status in ('open', 'accepted', 'expired')
    when 'doing' then old.status in ('open', 'accepted', 'expired')
    when 'done' then old.status in ('open', 'accepted', 'doing', 'expired')
    when 'open' then old.status in ('done', 'declined') or (given and old.status in ('accepted', 'doing', 'expired'))
    -- Time does it, nobody else (001450).
    when 'expired' then old.status = 'open' and caller is null
    else false end)
  then
    perform private.refuse('wrong_state');
  end if;
  if new.status = 'declined' and old.status <> 'declined' and coalesce(new.decline_reason, '') = '' then
    perform private.refuse('reason_required');
  end if;
  if caller is null or new is not distinct from old then
    return new;
  end if;

  my_role := private.my_role(new.case_id);
  if my_role is null then
    perform private.deny();
  end if;
  own := old.assignee_id = caller or ((old.assignee_id is null or old.status = 'expired') and my_role <> 'family');
  author := old.created_by = caller and my_role <> 'family';
  planner := my_role in ('care_manager', 'supervisor');
  changed := private.changed_columns(to_jsonb(old), to_jsonb(new));
  if given then
    if old.status = 'done' or new.status <> 'open' then
      perform private.refuse('wrong_state');
    end if;
    if not (planner or author or (old.assignee_id = caller and my_role <> 'family')) then
      if my_role <> 'family' and old.assignee_id is not null then
        perform private.refuse('taken');
      end if;
      perform private.deny();
    end if;
  elsif new.status <> old.status then
    if not (my_role = 'supervisor' or own or (new.status = 'open' and (planner or author))) then
      -- Mostly somebody who was offline while a colleague took it up: no want of permission.
      if my_role <> 'family' and old.assignee_id <> caller then
        perform private.refuse('taken');
      end if;
      perform private.deny();
    end if;
    if new.status = 'open' and not (planner or author or my_role in ('nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker')) then
      perform private.deny();
    end if;
    if new.status = 'done' then
      new.finished_by_name := private.name_of(caller, new.case_id);
    end if;
  elsif changed && array['decline_reason', 'finished_at', 'finished_by_name'] then
    perform private.deny();
  end if;
  if changed && array['author_name'] then
    perform private.deny();
  end if;
  -- Nobody gives themselves more time to answer.
  if changed && array['reply_minutes'] and new.assignee_id is not distinct from old.assignee_id and not (planner or author or given) then
    perform private.deny();
  end if;
  -- Title, time and assignee: author, assignee and planners. Whoever takes up a task becomes its assignee.
  if changed && array['title', 'body', 'priority', 'due_at', 'audience', 'assignee_id', 'reply_minutes', 'steps']
    and not (planner or author or (old.assignee_id is not distinct from caller and my_role <> 'family'))
    and not (new.assignee_id is not distinct from caller and own and new.status <> old.status and not changed && array['title', 'body', 'priority', 'due_at', 'audience', 'reply_minutes', 'steps'])
  then
    perform private.deny();
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.tasks for each row execute function private.guard_task();

create function private.guard_comment() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  task record;
begin
  select t.case_id, t.audience into task from public.tasks t where t.id = new.task_id;
  if task.case_id is null or task.case_id <> new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  new.audience := task.audience;
  if auth.uid() is not null then
    new.author_name := coalesce(private.name_of(auth.uid(), new.case_id), new.author_name);
  end if;
  return new;
end
$$;
create trigger guard before insert on public.task_comments for each row execute function private.guard_comment();

-- Messages, read marks, notices ---------------------------------------------------------------------------------------------

create function private.guard_message() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if new.reply_to_id is not null and not exists (
    select from public.messages m
    where m.id = new.reply_to_id and m.audience = new.audience
      and m.case_id is not distinct from new.case_id and m.org_id is not distinct from new.org_id
  ) then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if caller is not null then
    new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
    new.author_role := case when new.case_id is null then 'supervisor' else private.my_role(new.case_id) end;
  end if;
  return new;
end
$$;
create trigger guard before insert on public.messages for each row execute function private.guard_message();

create function private.guard_read_mark() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if new.user_id <> old.user_id or new.audience <> old.audience then
      raise insufficient_privilege using message = 'immutable';
    end if;
    new.read_through := greatest(old.read_through, new.read_through);
    new.user_name := old.user_name;
    return new;
  end if;
  if auth.uid() is not null then
    new.user_name := coalesce(private.name_of(new.user_id, new.case_id), new.user_name);
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.message_reads for each row execute function private.guard_read_mark();

create function private.guard_notice() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.changed_columns(to_jsonb(old), to_jsonb(new)) <@ array['read_at', 'seq', 'relevant_at'] then
    raise insufficient_privilege using message = 'append_only';
  end if;
  new.read_at := coalesce(old.read_at, new.read_at);
  return new;
end
$$;
create trigger guard before update on public.notices for each row execute function private.guard_notice();

create function private.guard_history() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.changed_columns(to_jsonb(old), to_jsonb(new)) <@ array['decision', 'decided_by_name', 'decided_at', 'seq', 'relevant_at'] then
    raise insufficient_privilege using message = 'append_only';
  end if;
  if old.decision is not null and new.decision is distinct from old.decision then
    perform private.refuse('wrong_state');
  end if;
  if auth.uid() is not null then
    new.decided_by_name := private.name_of(auth.uid(), new.case_id);
    new.decided_at := coalesce(new.decided_at, now());
  end if;
  return new;
end
$$;
create trigger guard before update on public.record_history for each row execute function private.guard_history();

revoke execute on all functions in schema private from public, anon;
