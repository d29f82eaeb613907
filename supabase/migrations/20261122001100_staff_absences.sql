-- Absences: who does not come, and when, so that no visit is planned that cannot happen. Colleagues need that much and no more: the
-- reason of a leave is personal data (of a sick leave, health data), so there is no column for it. Leave itself is asked for and granted
-- where the agency has always done it.

create table public.staff_absences (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  user_id uuid not null references public.profiles (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint absence_takes_time check (starts_at < ends_at and isfinite(starts_at) and isfinite(ends_at))
);
comment on table public.staff_absences is
  'That somebody of an organisation does not come, from starts_at until ends_at (not included). Never why. ended_at: taken back, or back at work, from then on.';
create index staff_absences_org on public.staff_absences (org_id);
create index staff_absences_user on public.staff_absences (user_id);

-- What was said stands; the one step is to end it. Other dates are an absence of their own.
create function private.guard_absence() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if tg_op = 'INSERT' then
    if caller is not null then
      new.ended_at := null;
      if not exists (
        select from public.memberships m
        where m.org_id = new.org_id and m.user_id = new.user_id and m.ended_at is null and m.deleted_at is null
      ) then
        -- Only who may enter absences there is told who works there.
        if new.org_id in (select private.my_org_ids(array['care_manager', 'supervisor'])) then
          perform private.refuse('unknown_person');
        end if;
        perform private.deny();
      end if;
    end if;
    return new;
  end if;
  if new.user_id <> old.user_id or new.starts_at <> old.starts_at or new.ends_at <> old.ends_at
    or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
    raise insufficient_privilege using message = 'immutable', hint = 'End this absence and enter another.';
  end if;
  if caller is not null and old.ended_at is null and new.ended_at is not null then
    new.ended_at := private.sane_instant(new.ended_at);
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.staff_absences for each row execute function private.guard_absence();
create trigger append_only before delete on public.staff_absences for each row execute function private.refuse_change();
select private.make_audited('staff_absences');

select private.make_synced('staff_absences', 'org', 'until');
select private.make_visible('staff_absences', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

grant insert, update on public.staff_absences to authenticated;
create policy "People enter their own absences, care managers and supervisors those of their organisation" on public.staff_absences
  for insert to authenticated
  with check (
    org_id = any (array(select private.my_org_ids(array['care_manager', 'supervisor'])))
    or (user_id = (select auth.uid()) and org_id = any (array(select private.my_org_ids(private.staff_roles())))));
create policy "Who may enter an absence may end it" on public.staff_absences for update to authenticated
  using (
    org_id = any (array(select private.my_org_ids(array['care_manager', 'supervisor'])))
    or (user_id = (select auth.uid()) and org_id = any (array(select private.my_org_ids(private.staff_roles())))))
  with check (
    org_id = any (array(select private.my_org_ids(array['care_manager', 'supervisor'])))
    or (user_id = (select auth.uid()) and org_id = any (array(select private.my_org_ids(private.staff_roles())))));

-- Somebody who is back already is back: another phone said so first, and nothing is refused.
create function private.end_absence(absence uuid, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from public.staff_absences a where a.id = absence and a.ended_at is not null) then
    return;
  end if;
  perform private.update_row('staff_absences', absence, jsonb_build_object('ended_at', at));
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function private.end_absence(uuid, timestamptz) to authenticated;
