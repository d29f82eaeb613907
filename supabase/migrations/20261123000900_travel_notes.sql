-- Notes of one's own journeys between visits, for what the agency pays back. They are seen by who made them and by the supervisors of the
-- organisation, and by no colleague: a bucket of its own for each person in an organisation. Why so: docs/decisions/022-own-journeys.md.

create table public.travel_notes (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  user_id uuid not null references public.profiles (id),
  travelled_on date not null check (isfinite(travelled_on)),
  means text not null check (means in ('scooter', 'car', 'walk', 'bus', 'other')),
  minutes integer not null check (minutes between 0 and 600),
  km numeric(5, 1) check (km between 0 and 500),
  note text check (length(btrim(note)) between 1 and 300),
  from_visit_id uuid references public.visits (id),
  to_visit_id uuid references public.visits (id),
  corrects_id uuid references public.travel_notes (id),
  user_name text not null,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint travel_notes_of_no_minutes_correct check (minutes > 0 or corrects_id is not null)
);
comment on table public.travel_notes is
  'Append-only; seen by user_id while they work in org_id, and by its supervisors. A journey of one Taipei day, between two visits where they are named. A correction is a row of its own; corrects_id names the first row of the journey, the newest by seq counts, 0 minutes take it back.';
create index travel_notes_org on public.travel_notes (org_id);
create index travel_notes_user on public.travel_notes (user_id);
create index travel_notes_from_visit on public.travel_notes (from_visit_id);
create index travel_notes_to_visit on public.travel_notes (to_visit_id);
create index travel_notes_corrects on public.travel_notes (corrects_id);

create function private.guard_travel_note() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  today constant date := private.taipei_day(now());
begin
  if new.corrects_id is not null and not exists (
    select from public.travel_notes t
    where t.id = new.corrects_id and t.user_id = new.user_id and t.org_id = new.org_id and t.corrects_id is null)
  then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if caller is null then
    return new;
  end if;
  new.user_name := coalesce(
    (select m.display_name from public.memberships m
     where m.user_id = caller and m.org_id = new.org_id and m.deleted_at is null order by m.ended_at desc nulls first limit 1),
    new.user_name);
  -- A slip of the finger in the year, or a journey that is still to be made. A day of grace: the phone's clock may be ahead.
  if new.travelled_on not between today - 400 and today + 1 then
    perform private.refuse('invalid');
  end if;
  return new;
end
$$;
create trigger guard before insert on public.travel_notes for each row execute function private.guard_travel_note();
create trigger append_only before update or delete on public.travel_notes for each row execute function private.refuse_change();

select private.make_synced('travel_notes', 'org_own', 'recorded_at');
select private.make_visible('travel_notes', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
select private.make_audited('travel_notes');

grant insert on public.travel_notes to authenticated;
create policy "Staff note their own journeys" on public.travel_notes for insert to authenticated
  with check (user_id = (select auth.uid()) and org_id = any (array(select private.my_org_ids(private.staff_roles()))));

-- What was noted offline before one left is owed all the same: it comes in for a week, to the supervisors alone. `at` is what the device
-- claims; it widens nobody's sight.
create function private.travelled_in_time(of_org uuid, on_day date, at timestamptz) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from public.memberships m
    where m.user_id = auth.uid() and m.org_id = of_org and m.deleted_at is null and m.ended_at > now() - interval '7 days'
      and at < m.ended_at and on_day between private.taipei_day(m.received_at) - 1 and private.taipei_day(m.ended_at));
end
$$;
create policy "Also journeys made before one left come in" on public.travel_notes for insert to authenticated
  with check (user_id = (select auth.uid()) and private.travelled_in_time(org_id, travelled_on, recorded_at));

revoke execute on all functions in schema private from public, anon;
grant execute on function private.travelled_in_time(uuid, date, timestamptz) to authenticated;
