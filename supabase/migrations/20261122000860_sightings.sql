-- Sightings: who has had a record before their eyes, so that its author knows. Of records that somebody should act on or learn from:
-- visit records, emergencies, tasks, hand-over notes. (Messages have read marks.)

create table public.sightings (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  subject_table text not null check (subject_table in ('visit_records', 'emergencies', 'tasks', 'handover_notes')),
  subject_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  user_role text,
  audience text not null check (audience in ('circle', 'staff', 'restricted')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (subject_id, user_id)
);
comment on table public.sightings is 'Who has seen a record on a lit screen, once a person; in the bucket of the record.';
create index sightings_case on public.sightings (case_id);

-- Whoever cannot see the record cannot have seen it; where it belongs, the record says, not the phone.
create function private.guard_sighting() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  subject record;
begin
  select s.case_id, s.audience, s.bucket_id into subject from (
    select r.case_id, r.audience, r.bucket_id from public.visit_records r where new.subject_table = 'visit_records' and r.id = new.subject_id
    union all
    select e.case_id, e.audience, e.bucket_id from public.emergencies e where new.subject_table = 'emergencies' and e.id = new.subject_id
    union all
    select t.case_id, t.audience, t.bucket_id from public.tasks t where new.subject_table = 'tasks' and t.id = new.subject_id
    union all
    select n.case_id, n.audience, n.bucket_id from public.handover_notes n where new.subject_table = 'handover_notes' and n.id = new.subject_id) s;
  if subject.case_id is null then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if auth.uid() is not null and subject.bucket_id <> all (array(select private.my_buckets())) then
    raise insufficient_privilege using message = 'not_allowed';
  end if;
  new.case_id := subject.case_id;
  new.audience := subject.audience;
  if auth.uid() is not null then
    new.user_name := coalesce(private.name_of(new.user_id, new.case_id), new.user_name);
    new.user_role := private.my_role(new.case_id);
  end if;
  return new;
end
$$;
create trigger guard before insert on public.sightings for each row execute function private.guard_sighting();
create trigger append_only before update or delete on public.sightings for each row execute function private.refuse_change();

select private.make_synced('sightings', 'case', 'recorded_at');
select private.make_visible('sightings', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

grant insert on public.sightings to authenticated;
create policy "People say what they themselves have seen" on public.sightings for insert to authenticated
  with check (user_id = (select auth.uid()) and bucket_id = any (array(select private.my_buckets())));

-- The first phone of a person that says so is enough.
create function private.mark_seen(given jsonb, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into public.sightings (id, case_id, subject_table, subject_id, user_id, user_name, audience, recorded_at)
  values (
    (given ->> 'id')::uuid, (given ->> 'case_id')::uuid, given ->> 'subject_table', (given ->> 'subject_id')::uuid, (select auth.uid()), '',
    given ->> 'audience', at)
  on conflict do nothing;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function private.mark_seen(jsonb, timestamptz) to authenticated;
