-- Traces: every overwritten value, every notice that somebody should hear of, and who did what. Triggers leave them, whoever writes.

-- History -------------------------------------------------------------------------------------------------------------------

-- The columns of a table that people edit: what a patch may name, and what leaves its earlier value in record_history.
create function private.patchable(of_table text) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return case of_table
    when 'organizations' then array['name', 'phone', 'duty_phone', 'remote_area']
    when 'profiles' then array['display_name', 'phone', 'locale', 'quiet_from', 'quiet_until', 'silent_groups', 'digest_at']
    when 'memberships' then array['role', 'display_name', 'title', 'phone']
    when 'cases' then array[
      'name', 'sex', 'born_on', 'cms_level', 'status', 'phone', 'address', 'village', 'living_situation', 'conditions', 'allergies',
      'alerts', 'vital_limits', 'admitted_on', 'discharged_on', 'note']
    when 'case_staff_details' then array['national_id', 'copay_class', 'staff_alerts', 'household_note']
    when 'case_contacts' then array['name', 'relation', 'phone', 'is_primary', 'note', 'audience']
    when 'case_members' then array['display_name', 'relation', 'phone']
    when 'visit_series' then array[
      'worker_id', 'weekdays', 'interval_weeks', 'starts_on', 'until_on', 'start_time', 'duration_minutes', 'planned_codes', 'except_on', 'note']
    when 'case_medications' then array[
      'name', 'strength', 'dose', 'times', 'route', 'directions', 'reason', 'prescriber', 'bag_on', 'starts_on', 'ends_on', 'help', 'note']
    when 'case_devices' then array['kind', 'size', 'placed_on', 'change_due_on', 'changed_by', 'note']
    when 'case_plan_codes' then array['units_month', 'times_week', 'valid_from', 'valid_until', 'provider', 'note']
    when 'visits' then array['worker_id', 'starts_at', 'ends_at', 'planned_codes', 'note']
    when 'escalation_ladders' then array['steps', 'repeat_minutes', 'repeats', 'active']
    when 'duty_shifts' then array['weekdays', 'on_holidays', 'starts_at_time', 'ends_at_time', 'valid_from', 'valid_until', 'note']
    when 'task_rules' then array['active', 'title', 'params', 'for_role', 'priority', 'due_hours', 'reply_minutes']
    when 'task_templates' then array['active', 'title', 'body', 'steps', 'for_role', 'priority', 'due_days', 'reply_minutes']
    when 'task_series' then array[
      'active', 'title', 'body', 'steps', 'priority', 'assignee_id', 'reply_minutes', 'frequency', 'spacing', 'weekdays', 'month_day', 'starts_on',
      'until_on', 'due_time', 'lead_days']
    when 'tasks' then array['title', 'body', 'priority', 'due_at', 'assignee_id', 'audience', 'reply_minutes', 'steps']
    else '{}'::text[] end;
end
$$;

-- A clinical value is never replaced by a later arrival: two that differ wait for a person to decide.
create function private.is_clinical(of_table text, field text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return case of_table
    when 'cases' then field in ('allergies', 'conditions', 'vital_limits', 'cms_level')
    when 'case_medications' then field in ('name', 'strength', 'dose', 'times', 'route', 'directions')
    else false end;
end
$$;

-- The mutation that is being applied; null for direct writes.
create function private.current_mid() returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return nullif(current_setting('connect10.mid', true), '')::uuid;
end
$$;

-- Within a mutation, ids of what the server adds follow from the mutation, so that a replay after a restore makes the same rows.
create function private.derived_id(variadic words text[]) returns uuid
language plpgsql volatile set search_path = '' as $$
begin
  return case when private.current_mid() is null then gen_random_uuid()
    else md5(concat_ws('/', private.current_mid(), array_to_string(words, '/')))::uuid end;
end
$$;

-- The time zone is fixed so that instants in jsonb read the same whoever wrote them.
create function private.keep_history() returns trigger
language plpgsql volatile security definer set search_path = '' set timezone = 'UTC' as $$
declare
  before constant jsonb := to_jsonb(old);
  after constant jsonb := to_jsonb(new);
  caller constant uuid := auth.uid();
  -- Who takes up a task becomes its assignee: a step, not an edit.
  stepped constant boolean := before -> 'status' is distinct from after -> 'status' and tg_table_name in ('tasks', 'visits');
begin
  insert into public.record_history (id, case_id, table_name, row_id, field, kept, other, kind, author_name, mid, created_by, recorded_at)
  select
    private.derived_id(tg_table_name, new.id::text, f.field),
    case when tg_table_name = 'cases' then new.id else (after ->> 'case_id')::uuid end,
    tg_table_name, new.id, f.field, after -> f.field, before -> f.field, 'overwritten',
    private.name_of(caller, case when tg_table_name = 'cases' then new.id else (after ->> 'case_id')::uuid end),
    private.current_mid(), caller, now()
  from unnest(private.patchable(tg_table_name)) as f (field)
  where before -> f.field is distinct from after -> f.field
    and not (stepped and f.field in ('assignee_id', 'worker_id'))
  on conflict (id) do nothing;
  return null;
end
$$;

do $$
declare
  t text;
begin
  foreach t in array array[
    'organizations', 'profiles', 'memberships', 'cases', 'case_staff_details', 'case_contacts', 'case_members', 'visit_series', 'visits', 'tasks'
  ] loop
    execute format('create trigger keep_history after update on public.%I for each row execute function private.keep_history()', t);
  end loop;
end
$$;

-- Notices -------------------------------------------------------------------------------------------------------------------

-- Everybody who sees the rows of a bucket of a case, as my_buckets() says it of the caller: staff who have left their last
-- organisation see none, in whichever circle they still stand.
create function private.viewers_of(of_bucket integer) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select m.user_id
    from private.buckets b join public.case_members m on m.case_id = b.case_id
    where b.id = of_bucket and m.ended_at is null and (m.until_at is null or m.until_at > now())
      and case b.kind
        when 'case_circle' then true
        when 'case_staff' then m.role <> 'family'
        when 'case_restricted' then m.role = 'social_worker'
        else false end
      and (m.role = 'family' or exists (
        select from public.memberships e where e.user_id = m.user_id and e.ended_at is null and e.deleted_at is null))
    union
    select m.user_id
    from private.buckets b join public.memberships m on m.org_id = b.org_id
    where b.id = of_bucket and b.case_id is not null and m.role = 'supervisor' and m.ended_at is null;
end
$$;

-- Stores notices, having locked the heads of all their readers in order.
create function private.store_notices(list jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_heads(array(
    select b.id from private.buckets b where b.user_id in (select (n ->> 'user_id')::uuid from jsonb_array_elements(list) n)));
  insert into public.notices (id, user_id, kind, case_id, subject_table, subject_id, severity, data, recorded_at)
  select
    (n ->> 'id')::uuid, b.user_id, n ->> 'kind', (n ->> 'case_id')::uuid, n ->> 'subject_table', (n ->> 'subject_id')::uuid,
    n ->> 'severity', coalesce(n -> 'data', '{}'), now()
  from jsonb_array_elements(list) n
  join private.buckets b on b.user_id = (n ->> 'user_id')::uuid
  order by b.id
  on conflict (id) do nothing;
end
$$;

-- Tells people of something. Within a sync batch notices wait for its end: they lock the heads of other people's buckets, and those
-- come after all heads of cases in the order of locks.
create function private.notify(
  recipients uuid[], about text, of_case uuid, of_table text, of_row uuid, how_severe text, details jsonb
) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  list constant jsonb := (
    select jsonb_agg(jsonb_build_object(
      'id', private.derived_id('notice', about, of_row::text, r.person::text), 'user_id', r.person, 'kind', about, 'case_id', of_case,
      'subject_table', of_table, 'subject_id', of_row, 'severity', how_severe, 'data', details))
    from (select distinct u as person from unnest(recipients) u where u is not null) r);
begin
  if list is null then
    return;
  end if;
  if current_setting('connect10.batch', true) = 'on' then
    perform set_config('connect10.notices',
      (coalesce(nullif(current_setting('connect10.notices', true), ''), '[]')::jsonb || list)::text, true);
  else
    perform private.store_notices(list);
  end if;
end
$$;

-- Seeds and imports (nobody signed in) bring history; nobody is to be told of it.
create function private.notice_emergency() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  viewers constant uuid[] := array(select private.viewers_of(new.bucket_id));
begin
  if caller is null then
    return null;
  end if;
  perform private.notify(array_remove(viewers, caller), 'emergency_reported', new.case_id, 'emergencies', new.id, new.severity,
    jsonb_build_object('incident_type', new.incident_type));
  if new.audience = 'restricted' and not caller = any (viewers) then
    perform private.notify(array[caller], 'restricted_report_received', new.case_id, 'emergencies', new.id, null,
      jsonb_build_object('incident_type', new.incident_type));
  end if;
  return null;
end
$$;
create trigger notice after insert on public.emergencies for each row execute function private.notice_emergency();

create function private.notice_emergency_action() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.notify(array_remove(array(select private.viewers_of(new.bucket_id)), auth.uid()), 'emergency_action',
      new.case_id, 'emergency_actions', new.id, new.severity,
      jsonb_build_object('action', new.action, 'emergency_id', new.emergency_id));
  end if;
  return null;
end
$$;
create trigger notice after insert on public.emergency_actions for each row execute function private.notice_emergency_action();

create function private.notice_task() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if caller is null then
    return null;
  end if;
  -- One that is offered again to the same person is news again.
  if new.assignee_id <> caller
    and (tg_op = 'INSERT' or new.assignee_id is distinct from old.assignee_id or jsonb_array_length(new.handed_on) > jsonb_array_length(old.handed_on)) then
    perform private.notify(array[new.assignee_id], 'task_offered', new.case_id, 'tasks', new.id, null, '{}');
  end if;
  if tg_op = 'UPDATE' and new.status <> old.status and new.created_by <> caller then
    perform private.notify(array[new.created_by], 'task_answered', new.case_id, 'tasks', new.id, null, jsonb_build_object('status', new.status));
  end if;
  return null;
end
$$;
create trigger notice after insert or update on public.tasks for each row execute function private.notice_task();

create function private.notice_access() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null and new.user_id <> auth.uid() then
    perform private.notify(array[new.user_id], 'access_granted', new.case_id, 'case_members', new.id, null, jsonb_build_object('role', new.role));
  end if;
  return null;
end
$$;
create trigger notice after insert on public.case_members for each row execute function private.notice_access();

-- Audit ---------------------------------------------------------------------------------------------------------------------

create function private.claimed_session() returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return case when auth.jwt() ->> 'session_id' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then (auth.jwt() ->> 'session_id')::uuid end;
end
$$;

-- Why the caller does what is written now; set by the mutation that asks for a reason.
create function private.current_reason() returns text
language plpgsql stable set search_path = '' as $$
begin
  return nullif(current_setting('connect10.reason', true), '');
end
$$;

-- Names of changed columns, not their values: those stand in the row, or in record_history.
create function private.audit() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into public.audit_log (actor, session_id, mid, org_id, case_id, table_name, row_id, operation)
    select auth.uid(), private.claimed_session(), private.current_mid(), b.org_id, b.case_id, tg_table_name, c.id, 'insert'
    from changed c join private.buckets b on b.id = c.bucket_id;
  else
    insert into public.audit_log (actor, session_id, mid, org_id, case_id, table_name, row_id, operation, changed, reason)
    select auth.uid(), private.claimed_session(), private.current_mid(), b.org_id, b.case_id, tg_table_name, c.id, 'update', d.names,
      private.current_reason()
    from changed c
    join former f on f.id = c.id
    join private.buckets b on b.id = c.bucket_id
    cross join lateral (
      select array(select unnest(private.changed_columns(to_jsonb(f), to_jsonb(c))) except select unnest(array['seq', 'relevant_at', 'bucket_id'])) as names
    ) d
    where d.names <> '{}';
  end if;
  return null;
end
$$;

create function private.audit_delete() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.audit_log (actor, session_id, org_id, case_id, table_name, row_id, operation)
  select auth.uid(), private.claimed_session(), b.org_id, b.case_id, tg_table_name, old.id, 'delete'
  from private.buckets b where b.id = old.bucket_id;
  return null;
end
$$;

create function private.make_audited(of_table text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  execute format('create trigger audit_insert after insert on public.%I referencing new table as changed for each statement execute function private.audit()', of_table);
  execute format('create trigger audit_update after update on public.%I referencing old table as former new table as changed for each statement execute function private.audit()', of_table);
  execute format('create trigger audit_delete after delete on public.%I for each row execute function private.audit_delete()', of_table);
end
$$;

-- Not audited: read marks and notices (no record of care), and the history (itself a trace).
select private.make_audited(t)
from unnest(array[
  'organizations', 'profiles', 'memberships', 'cases', 'case_staff_details', 'case_contacts', 'case_members', 'visit_series', 'visits',
  'visit_records', 'measurements', 'emergencies', 'emergency_reporters', 'emergency_actions', 'tasks', 'task_comments', 'messages'
]) t;

revoke execute on all functions in schema private from public, anon;
