-- The office's calendar: weeks planned as earlier ones, and days on which offices are closed or open otherwise than the weekday says.

-- A visit that two planners make from the same week or series, each on a phone without signal, has the same id
-- (src/lib/domain/repeat-visits.ts). Whose phone comes second has nothing to do: the visit stands as the first one planned it, and as
-- it was changed since.
create function private.plan_visit(given jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (
    select from public.visits v where v.id = (given ->> 'id')::uuid and v.case_id = (given ->> 'case_id')::uuid
  ) and private.my_role((given ->> 'case_id')::uuid) in ('nurse', 'care_manager', 'supervisor') then
    return;
  end if;
  perform private.insert_row('visits', given, at, offset_ms);
end
$$;

-- Days ----------------------------------------------------------------------------------------------------------------------

create table public.office_days (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  day date not null check (day between '2000-01-01' and '2199-12-31'),
  kind text not null check (kind in ('holiday', 'workday', 'none')),
  name text check (length(name) <= 60),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint office_days_once_a_day unique (org_id, day)
);
comment on table public.office_days is
  'A day of the office''s calendar that is otherwise than its weekday says: a holiday, a make-up working day; none: as any other again. Says, never forbids.';

create function private.guard_office_day() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.org_id <> old.org_id or new.day <> old.day then
    raise insufficient_privilege using message = 'immutable', hint = 'Another day is a row of its own.';
  end if;
  return new;
end
$$;
create trigger guard before update on public.office_days for each row execute function private.guard_office_day();
create trigger append_only before delete on public.office_days for each row execute function private.refuse_change();
create trigger audit_insert after insert on public.office_days referencing new table as changed for each statement execute function private.audit();
create trigger audit_update after update on public.office_days referencing old table as former new table as changed for each statement
  execute function private.audit();
create trigger audit_delete after delete on public.office_days for each row execute function private.audit_delete();

select private.make_synced('office_days', 'org', 'standing');
select private.make_visible('office_days', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

grant insert, update on public.office_days to authenticated;
create policy "Supervisors keep the calendar of their organisation" on public.office_days for insert to authenticated
  with check (org_id = any (array(select private.my_org_ids(array['supervisor']))));
create policy "Supervisors change the calendar of their organisation" on public.office_days for update to authenticated
  using (org_id = any (array(select private.my_org_ids(array['supervisor']))))
  with check (org_id = any (array(select private.my_org_ids(array['supervisor']))));

-- Two supervisors import the same calendar, each without signal: the day has one id (src/lib/domain/office-days.ts), and the later word stands.
create function private.set_office_day(given jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from public.office_days d where d.id = (given ->> 'id')::uuid) then
    perform private.update_row('office_days', (given ->> 'id')::uuid, jsonb_build_object(
      'org_id', given -> 'org_id', 'day', given -> 'day', 'kind', given -> 'kind', 'name', given -> 'name'));
  else
    perform private.insert_row('office_days', given, at, offset_ms);
  end if;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.plan_visit(jsonb, timestamptz, integer), private.set_office_day(jsonb, timestamptz, integer)
to authenticated;
