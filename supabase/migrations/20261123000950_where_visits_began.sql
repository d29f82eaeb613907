-- Where a visit began and ended, as confidence: how far the phone was from the house, computed on the phone. No place of a worker reaches
-- the server. And the code of the door may be shown later than at the check-in. Why so: docs/decisions/023-where-a-visit-began.md.

create table public.household_points (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  accuracy_m integer check (accuracy_m between 1 and 100),
  author_name text not null,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint household_points_whole_or_none check (num_nonnulls(latitude, longitude, accuracy_m) in (0, 3))
);
comment on table public.household_points is
  'Append-only, staff only. Where the house is (WGS 84, degrees), measured by somebody of the staff who stood there; accuracy_m is the radius at 95 %. The newest of a case counts; one without a place takes it away.';
create index household_points_case on public.household_points (case_id);

create trigger guard before insert on public.household_points for each row execute function private.guard_household_code();
create trigger append_only before update or delete on public.household_points for each row execute function private.refuse_change();
select private.make_synced('household_points', 'case', 'standing');
select private.make_visible('household_points', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_audited('household_points');
grant insert on public.household_points to authenticated;
create policy "Staff of the circle measure where the house is" on public.household_points for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));

alter table public.visit_places
  add column step text check (step in ('check_in', 'check_out')),
  add column position text check (position in ('measured', 'denied', 'unavailable', 'timeout')),
  add column distance_m integer check (distance_m between 0 and 5000),
  add column accuracy_m integer check (accuracy_m between 1 and 5000),
  drop constraint visit_places_via_check,
  add constraint visit_places_via_check check (via in ('camera', 'nfc', 'typed', 'position')),
  add constraint visit_places_position_has_a_step check ((via = 'position') = (step is not null) and (via = 'position') = (position is not null)),
  add constraint visit_places_measured_or_not check (num_nonnulls(distance_m, accuracy_m) = case when position = 'measured' then 2 else 0 end);
comment on table public.visit_places is
  'Append-only, staff only. What says that somebody was at the door of a visit. A code: proof is compared when it arrives and never stored; verdict is what came of it: the code that counted then, an older one, none of this household. via position: how far the phone said it was from the house at that step, rounded, with the radius of what it knows (src/lib/domain/visit-position.ts).';

select private.make_readable();
revoke execute on all functions in schema private from public, anon;
