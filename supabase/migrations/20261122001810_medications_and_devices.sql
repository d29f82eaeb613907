-- What a person takes and wears: the medication list as it stands on the bags 藥袋, and the tubes and devices. Nobody in home care
-- prescribes: an entry is a copy of a bag, and says of which one and of which day. Care workers read: what the law lets them do with
-- medicines is to remind and to fill the pill box as they are told (BA17e), so those who answer for the plan copy the list.

create table public.case_medications (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  name text not null check (length(btrim(name)) between 1 and 80),
  strength text,
  dose text,
  times text[] not null default '{}' check (times <@ array['morning', 'noon', 'evening', 'bedtime', 'as_needed']),
  route text check (route in ('oral', 'tube', 'skin', 'eye_ear', 'inhaled', 'injection', 'other')),
  directions text,
  reason text,
  prescriber text,
  bag_on date,
  starts_on date,
  ends_on date,
  help text check (help in ('self', 'reminded', 'pill_box', 'family', 'nurse')),
  note text,
  ended_at timestamptz,
  end_reason text,
  ended_by_name text,
  author_name text not null,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint case_medications_period check (starts_on <= ends_on)
);
comment on table public.case_medications is
  'A medicine as copied from its bag: prescriber and bag_on say from which. help: how it is taken. Stopped (ended_at), never erased; taken again, it is a new row.';
create index case_medications_case on public.case_medications (case_id);

create table public.case_devices (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  kind text not null check (kind ~ '^[a-z_]{2,30}$'),
  size text,
  placed_on date,
  change_due_on date,
  changed_by text,
  note text,
  ended_at timestamptz,
  end_reason text,
  ended_by_name text,
  author_name text not null,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint case_devices_due_after_placing check (placed_on <= change_due_on)
);
comment on table public.case_devices is
  'A tube or a device (src/lib/domain/device-kinds.ts). placed_on: put in, or changed last; changed_by: by whom and where. Ended, never erased.';
create index case_devices_case on public.case_devices (case_id);

-- What was stopped stays as it was read then; the reason says why it is not taken any more.
create function private.guard_kept_list() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if caller is null then
    return new;
  end if;
  if tg_op = 'INSERT' then
    new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
    new.ended_at := null;
    new.end_reason := null;
    new.ended_by_name := null;
    return new;
  end if;
  if old.ended_at is not null and new is distinct from old then
    perform private.refuse('wrong_state');
  end if;
  new.author_name := old.author_name;
  if new.ended_at is null then
    new.end_reason := null;
    new.ended_by_name := null;
    return new;
  end if;
  if coalesce(btrim(new.end_reason), '') = '' then
    perform private.refuse('reason_required');
  end if;
  new.ended_at := private.sane_instant(new.ended_at);
  new.ended_by_name := private.name_of(caller, new.case_id);
  return new;
end
$$;

do $$
declare
  t text;
begin
  foreach t in array array['case_medications', 'case_devices'] loop
    execute format('create trigger guard before insert or update on public.%I for each row execute function private.guard_kept_list()', t);
    execute format('create trigger append_only before delete on public.%I for each row execute function private.refuse_change()', t);
    perform private.make_synced(t, 'case', 'standing');
    perform private.make_visible(t, 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
    execute format('grant insert, update on public.%I to authenticated', t);
    execute format('create policy "Nurses, care managers and supervisors write the list" on public.%I for insert to authenticated
      with check (case_id = any (array(select private.my_case_ids(array[''nurse'', ''care_manager'', ''supervisor'']))))', t);
    execute format('create policy "Nurses, care managers and supervisors edit the list" on public.%I for update to authenticated
      using (case_id = any (array(select private.my_case_ids(array[''nurse'', ''care_manager'', ''supervisor'']))))
      with check (case_id = any (array(select private.my_case_ids(array[''nurse'', ''care_manager'', ''supervisor'']))))', t);
    execute format('create trigger keep_history after update on public.%I for each row execute function private.keep_history()', t);
    perform private.make_audited(t);
  end loop;
end
$$;
select private.make_readable();

revoke execute on all functions in schema private from public, anon;
