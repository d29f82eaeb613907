-- What the worker says of the time of a visit: why they come later, or that a check-in or check-out was tapped at another time than it
-- happened. The visit keeps what was tapped; a remark stands beside it. Why so: docs/decisions/020-late-visits.md.

create table public.visit_remarks (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  visit_id uuid not null references public.visits (id),
  kind text not null check (kind in ('late', 'times')),
  reason text check (reason in ('traffic', 'visit_before', 'called_away', 'unwell', 'other')),
  note text check (length(btrim(note)) between 1 and 300),
  checked_in_at timestamptz check (isfinite(checked_in_at)),
  checked_out_at timestamptz check (isfinite(checked_out_at)),
  corrects_id uuid references public.visit_remarks (id),
  author_name text not null,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint visit_remarks_late_has_a_reason check ((kind = 'late') = (reason is not null)),
  constraint visit_remarks_other_is_explained check (reason is distinct from 'other' or note is not null),
  constraint visit_remarks_times_are_explained check (kind = 'late' or note is not null),
  constraint visit_remarks_times_has_times check ((kind = 'times') = (checked_in_at is not null)),
  constraint visit_remarks_out_after_in check (checked_out_at is null or (kind = 'times' and checked_in_at < checked_out_at))
);
comment on table public.visit_remarks is
  'Append-only, staff only. late: why a visit begins later than planned. times: when it really began and ended, and why the check-in or check-out says otherwise; corrects_id names the earlier correction that it replaces, and the newest counts.';
create index visit_remarks_case on public.visit_remarks (case_id);
create index visit_remarks_visit on public.visit_remarks (visit_id);
create index visit_remarks_corrects on public.visit_remarks (corrects_id);

create function private.guard_visit_remark() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  visit record;
begin
  select v.case_id, v.worker_id, v.starts_at, v.ends_at into visit from public.visits v where v.id = new.visit_id;
  if visit.case_id is distinct from new.case_id or (new.corrects_id is not null and not exists (
    select from public.visit_remarks r where r.id = new.corrects_id and r.visit_id = new.visit_id and r.kind = new.kind))
  then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if caller is null then
    return new;
  end if;
  new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  -- Whose visit it is says when they were there; who answers for the case may say it for them.
  if visit.worker_id is distinct from caller and coalesce(private.my_role(new.case_id), '') not in ('care_manager', 'supervisor') then
    perform private.deny();
  end if;
  -- A slip of the finger in a date, not a visit that took long: nobody works through a day and a night.
  if new.checked_in_at < visit.starts_at - interval '1 day' or new.checked_in_at > visit.ends_at + interval '1 day'
    or new.checked_out_at > new.checked_in_at + interval '1 day' then
    perform private.refuse('invalid');
  end if;
  return new;
end
$$;
create trigger guard before insert on public.visit_remarks for each row execute function private.guard_visit_remark();
create trigger append_only before update or delete on public.visit_remarks for each row execute function private.refuse_change();

select private.make_synced('visit_remarks', 'case', 'recorded_at');
select private.make_visible('visit_remarks', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
select private.make_audited('visit_remarks');

grant insert on public.visit_remarks to authenticated;
create policy "Staff of the circle say when they were there" on public.visit_remarks for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
select private.accept_late_work('visit_remarks');

revoke execute on all functions in schema private from public, anon;
