-- Tasks that rules make: which facts call for one is data that a supervisor switches and tunes, per organisation. The preview and the engine
-- ask the same function what a rule finds. docs/decisions/032.

-- What may be tuned. Refuses what could not be followed, with a word that the screen knows.
create function private.check_whole(given jsonb, lowest integer, highest integer) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(given) is distinct from 'number' or (given #>> '{}')::numeric % 1 <> 0 or (given #>> '{}')::numeric not between lowest and highest then
    perform private.refuse('task_rule_number');
  end if;
end
$$;

create function private.check_task_rule(of_kind text, params jsonb) returns void
language plpgsql immutable set search_path = '' as $$
declare
  known constant text[] := case of_kind
    when 'missed_visit' then array['hours']
    when 'measurement_overdue' then array['vitals', 'days']
    when 'abnormal_values' then array['count', 'days']
    when 'plan_ends' then array['days']
    when 'discharge' then array['on_days'] end;
begin
  if known is null or jsonb_typeof(params) is distinct from 'object'
    or exists (select from jsonb_object_keys(params) k where k <> all (known)) then
    perform private.refuse('task_rule_malformed');
  end if;
  case of_kind
    when 'missed_visit' then
      perform private.check_whole(params -> 'hours', 1, 72);
    when 'measurement_overdue' then
      perform private.check_whole(params -> 'days', 1, 60);
      if jsonb_typeof(params -> 'vitals') is distinct from 'array' or params -> 'vitals' = '[]' or exists (
        select from jsonb_array_elements(params -> 'vitals') v
        where v #>> '{}' not in ('blood_pressure', 'pulse', 'temperature', 'respiration', 'spo2', 'glucose', 'weight', 'pain')) then
        perform private.refuse('task_rule_empty');
      end if;
    when 'abnormal_values' then
      perform private.check_whole(params -> 'count', 2, 20);
      perform private.check_whole(params -> 'days', 1, 30);
    when 'plan_ends' then
      perform private.check_whole(params -> 'days', 1, 90);
    when 'discharge' then
      if jsonb_typeof(params -> 'on_days') is distinct from 'array' or jsonb_array_length(params -> 'on_days') not between 1 and 6 then
        perform private.refuse('task_rule_empty');
      end if;
      perform private.check_whole(d, 0, 90) from jsonb_array_elements(params -> 'on_days') d;
  end case;
end
$$;

create table public.task_rules (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  kind text not null check (kind in ('missed_visit', 'measurement_overdue', 'abnormal_values', 'plan_ends', 'discharge')),
  active boolean not null default false,
  title text not null check (length(btrim(title)) between 1 and 120),
  params jsonb not null,
  for_role text check (for_role in ('worker', 'nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager')),
  priority text not null default 'normal' check (priority in ('normal', 'high')),
  due_hours integer check (due_hours between 1 and 720),
  reply_minutes integer check (reply_minutes in (30, 120, 240, 1440)),
  active_since_at timestamptz,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.task_rules is
  'Which facts make a task, of an organisation, as many of a kind as it likes. params by kind: missed_visit { hours }, measurement_overdue { vitals, days }, abnormal_values { count, days }, plan_ends { days }, discharge { on_days }.';
create index task_rules_org on public.task_rules (org_id);
comment on column public.task_rules.for_role is 'Who is asked: whoever of this role has been in the circle longest. Empty, or nobody there: anyone of the circle''s staff may take it.';
comment on column public.task_rules.active_since_at is 'Set here. What happened before it was switched on makes no task.';

create table private.rule_runs (
  rule_id uuid primary key references public.task_rules (id),
  next_at timestamptz not null default now(),
  seen_seq bigint not null default 0
);
comment on table private.rule_runs is
  'When the engine asks next what a rule finds, and which state of the rule it asked last: one that was changed is asked at once. Beside the rule, which is synced: looking is no news. Nobody but the engine writes here once the row is there, so that no phone waits for it.';

create table private.rule_tasks (
  rule_id uuid not null references public.task_rules (id),
  case_id uuid not null references public.cases (id),
  occasion text not null,
  task_id uuid not null,
  primary key (rule_id, case_id, occasion)
);
comment on table private.rule_tasks is 'For what a rule has made a task: never twice for the same, however many engines run, and whatever became of the task.';
create index rule_tasks_case on private.rule_tasks (case_id);

create function private.guard_task_rule() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and (new.org_id <> old.org_id or new.kind <> old.kind) then
    raise insufficient_privilege using message = 'immutable', hint = 'Another kind is a rule of its own.';
  end if;
  perform private.check_task_rule(new.kind, new.params);
  new.title := btrim(new.title);
  new.active_since_at := case
    when not new.active then null
    when tg_op = 'UPDATE' and old.active then old.active_since_at
    else now() end;
  return new;
end
$$;
create trigger guard before insert or update on public.task_rules for each row execute function private.guard_task_rule();

create function private.schedule_rule() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into private.rule_runs (rule_id) values (new.id);
  return null;
end
$$;
create trigger schedule after insert on public.task_rules for each row execute function private.schedule_rule();

create trigger append_only before delete on public.task_rules for each row execute function private.refuse_change();
select private.make_synced('task_rules', 'org', 'standing');
select private.make_visible('task_rules', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
grant insert, update on public.task_rules to authenticated;
create policy "Supervisors write the rules of their organisation" on public.task_rules for insert to authenticated
  with check (org_id = any (array(select private.my_org_ids(array['supervisor']))));
create policy "Supervisors change the rules of their organisation" on public.task_rules for update to authenticated
  using (org_id = any (array(select private.my_org_ids(array['supervisor']))))
  with check (org_id = any (array(select private.my_org_ids(array['supervisor']))));
create trigger keep_history after update on public.task_rules for each row execute function private.keep_history();
select private.make_audited('task_rules');

alter table public.cases add column discharged_on date;
comment on column public.cases.discharged_on is 'When the person last came home from hospital; whoever cares for them writes it down.';
select private.make_readable();

-- What a rule finds --------------------------------------------------------------------------------------------------------------

-- Every occasion of a rule in [since, until): of which person, what tells it from all others, when it came, and the facts. Whom an
-- organisation does not serve now (suspended, closed) calls for nothing.
create function private.rule_occasions(of_org uuid, of_kind text, params jsonb, since timestamptz, until timestamptz)
returns table (case_id uuid, occasion text, at timestamptz, because jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare
  days constant integer := (params ->> 'days')::integer;
  span constant interval := make_interval(days => coalesce(days, 0));
  served constant uuid[] := array(select c.id from public.cases c where c.org_id = of_org and c.status = 'active' and c.deleted_at is null);
begin
  case of_kind
    -- A visit that nobody began, or that was said to have failed.
    when 'missed_visit' then
      return query
        select v.case_id, v.id::text, x.at, jsonb_build_object(
          'visit_id', v.id, 'starts_at', private.iso(v.starts_at), 'status', v.status, 'worker_name', v.worker_name)
        from public.visits v
        cross join lateral (
          select case when v.status = 'planned' then v.ends_at + make_interval(hours => (params ->> 'hours')::integer) else v.ends_at end as at) x
        where v.case_id = any (served) and v.deleted_at is null and v.status in ('planned', 'missed', 'no_answer')
          and v.starts_at between since - interval '5 days' and until and x.at >= since and x.at < until;
    -- Nobody has measured what was measured before: asked again each time that as many days have passed, four times at most.
    when 'measurement_overdue' then
      return query
        select m.case_id, m.kind || ':' || m.id || ':' || k.times, m.measured_at + span * k.times, jsonb_build_object(
          'vital', m.kind, 'last_at', private.iso(m.measured_at), 'days', days * k.times)
        from (
          select r.id, r.case_id, r.kind, r.measured_at,
            lead(r.measured_at) over (partition by r.case_id, r.kind order by r.measured_at, r.id) as next_at
          from public.measurements r
          where r.case_id = any (served) and r.deleted_at is null and params -> 'vitals' ? r.kind
            and r.measured_at >= since - span * 4 and r.measured_at < until) m
        cross join generate_series(1, 4) as k (times)
        where m.measured_at + span * k.times >= since and m.measured_at + span * k.times < until
          and (m.next_at is null or m.next_at > m.measured_at + span * k.times);
    -- So many orange or red values of a kind within so many days: once in each such stretch of days.
    when 'abnormal_values' then
      return query
        select distinct on (b.case_id, b.stretch) b.case_id, b.stretch, b.measured_at, jsonb_build_object(
          'vital', b.kind, 'count', b.found, 'days', days, 'last_at', private.iso(b.measured_at), 'value', b.value, 'value2', b.value2)
        from (
          select r.case_id, r.kind, r.measured_at, r.value, r.value2,
            r.kind || ':' || floor(extract(epoch from r.measured_at) / (days * 86400)) as stretch,
            count(*) over (partition by r.case_id, r.kind order by r.measured_at range between span preceding and current row) as found
          from public.measurements r
          where r.case_id = any (served) and r.deleted_at is null and r.severity in ('orange', 'red')
            and r.measured_at >= since - span and r.measured_at < until
            -- What was corrected counts as what it was corrected to.
            and not exists (select from public.measurements n where n.corrects_id = r.id and n.deleted_at is null)) b
        where b.found >= (params ->> 'count')::integer and b.measured_at >= since
        order by b.case_id, b.stretch, b.measured_at;
    -- The last of the codes of an approved plan runs out.
    when 'plan_ends' then
      return query
        select p.case_id, 'plan:' || p.last_on, x.at, jsonb_build_object('valid_until', p.last_on, 'days', days)
        from (
          select c.case_id, nullif(max(coalesce(c.valid_until, 'infinity')), 'infinity') as last_on
          from public.case_plan_codes c
          where c.case_id = any (served) and c.deleted_at is null and c.ended_at is null
          group by c.case_id) p
        cross join lateral (select (p.last_on - days + time '08:00') at time zone 'Asia/Taipei' as at) x
        where p.last_on is not null and x.at >= since and x.at < until;
    -- Home from hospital: so many days after it.
    when 'discharge' then
      return query
        select c.id, 'discharge:' || c.discharged_on || ':' || d.after, x.at, jsonb_build_object('discharged_on', c.discharged_on, 'days', d.after)
        from public.cases c
        cross join lateral (select distinct e::integer as after from jsonb_array_elements_text(params -> 'on_days') e) d
        cross join lateral (select (c.discharged_on + d.after + time '08:00') at time zone 'Asia/Taipei' as at) x
        where c.id = any (served) and x.at >= since and x.at < until;
  end case;
end
$$;

-- { org_id, kind, params } → { count, items: [{ case_id, case_name, at, because }] }: what it would have made in the last 30 days, newest first.
create function public.preview_task_rule(request jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  of_org constant uuid := (request ->> 'org_id')::uuid;
begin
  perform private.signed_in();
  if of_org is null or of_org not in (select private.my_org_ids(array['supervisor'])) then
    perform private.deny();
  end if;
  perform private.check_task_rule(request ->> 'kind', request -> 'params');
  return (
    with found as (
      select o.case_id, o.at, o.because
      from private.rule_occasions(of_org, request ->> 'kind', request -> 'params', now() - interval '30 days', now()) o)
    select jsonb_build_object(
      'count', (select count(*) from found),
      'items', coalesce((
        select jsonb_agg(jsonb_build_object('case_id', f.case_id, 'case_name', c.name, 'at', private.iso(f.at),
          'because', f.because || jsonb_build_object('kind', request ->> 'kind')) order by f.at desc)
        from (select * from found order by at desc limit 50) f join public.cases c on c.id = f.case_id), '[]')));
end
$$;
comment on function public.preview_task_rule is 'For supervisors: what a rule, as it is tuned on the screen, would have made in the last 30 days.';

-- The engine's part ----------------------------------------------------------------------------------------------------------------

-- What one rule has found since it was switched on, a week back at most (for phones that were without signal), and made nothing of yet, becomes
-- tasks. Takes only heads of cases that are free, then those of the people told, in one go. @returns how many
create function private.run_rule(rule public.task_rules, at_most integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  org_name constant text := (select o.name from public.organizations o where o.id = rule.org_id);
  wanted jsonb;
  free integer[];
  made uuid[];
  more boolean;
begin
  wanted := (
    select jsonb_agg(jsonb_build_object('case_id', f.case_id, 'occasion', f.occasion, 'because', f.because))
    from (
      select o.case_id, o.occasion, o.because
      from private.rule_occasions(rule.org_id, rule.kind, rule.params, greatest(rule.active_since_at, now() - interval '7 days'), now()) o
      where not exists (
        select from private.rule_tasks t where t.rule_id = rule.id and t.case_id = o.case_id and t.occasion = o.occasion)
      order by o.at limit at_most) f);
  if wanted is null then
    update private.rule_runs set next_at = now() + interval '10 minutes', seen_seq = rule.seq where rule_id = rule.id;
    return 0;
  end if;
  free := array(
    select b.id from private.buckets b
    where b.kind = 'case_staff' and b.case_id in (select (w ->> 'case_id')::uuid from jsonb_array_elements(wanted) w)
    order by b.lock_rank, b.id for update skip locked);
  with due as (
    select gen_random_uuid() as id, (w ->> 'case_id')::uuid as case_id, w ->> 'occasion' as occasion,
      w -> 'because' || jsonb_build_object('kind', rule.kind) as because
    from jsonb_array_elements(wanted) w
    join private.buckets b on b.case_id = (w ->> 'case_id')::uuid and b.kind = 'case_staff' and b.id = any (free)
  ), noted as (
    insert into private.rule_tasks (rule_id, case_id, occasion, task_id)
    select rule.id, d.case_id, d.occasion, d.id from due d
    on conflict do nothing
    returning task_id
  ), stored as (
    insert into public.tasks (id, case_id, title, priority, due_at, assignee_id, reply_minutes, reply_due_at, author_name, audience, source, source_id,
      because, recorded_at)
    select d.id, d.case_id, rule.title, rule.priority, now() + make_interval(hours => rule.due_hours), p.user_id, rule.reply_minutes,
      case when p.user_id is not null then now() + make_interval(mins => rule.reply_minutes) end, org_name, 'staff', 'rule', rule.id,
      d.because, now()
    from due d
    join noted n on n.task_id = d.id
    left join lateral (
      select m.user_id from public.case_members m
      join private.buckets b on b.case_id = m.case_id and b.kind = 'case_staff'
      where m.case_id = d.case_id and m.role = rule.for_role and m.ended_at is null and (m.until_at is null or m.until_at > now()) and m.deleted_at is null
        and m.user_id in (select private.viewers_of(b.id))
      order by m.received_at, m.id limit 1) p on true
    returning id
  )
  select array_agg(s.id) into made from stored s;
  more := coalesce(array_length(made, 1), 0) < jsonb_array_length(wanted) or jsonb_array_length(wanted) = at_most;
  update private.rule_runs set next_at = now() + case when more then interval '5 seconds' else interval '10 minutes' end, seen_seq = rule.seq
  where rule_id = rule.id;
  perform private.store_notices((
    select jsonb_agg(jsonb_build_object(
      'id', gen_random_uuid(), 'user_id', t.assignee_id, 'kind', 'task_offered', 'case_id', t.case_id, 'subject_table', 'tasks',
      'subject_id', t.id, 'severity', null, 'data', '{}'::jsonb))
    from public.tasks t where t.id = any (made) and t.assignee_id is not null));
  return coalesce(array_length(made, 1), 0);
end
$$;

-- One rule a round, each every ten minutes, and at once when it was changed. One that fails waits its ten minutes, too, and holds up no other.
create function private.make_rule_tasks(at_most integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  rule public.task_rules;
begin
  select r.* into rule
  from private.rule_runs n
  join public.task_rules r on r.id = n.rule_id
  where (n.next_at <= now() or n.seen_seq <> r.seq) and r.active and r.deleted_at is null
  order by n.next_at limit 1 for update of n skip locked;
  if not found then
    return 0;
  end if;
  begin
    return private.run_rule(rule, at_most);
  exception when others then
    raise warning 'rule % failed: % %', rule.id, sqlstate, sqlerrm;
    update private.rule_runs set next_at = now() + interval '10 minutes', seen_seq = rule.seq where rule_id = rule.id;
    return 0;
  end;
end
$$;

revoke execute on all functions in schema private from public, anon;
revoke execute on function public.preview_task_rule(jsonb) from public, anon;
grant execute on function public.preview_task_rule(jsonb) to authenticated;
