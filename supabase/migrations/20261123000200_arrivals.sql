-- Coming to the door: the code of a household, and what says that somebody was there. It raises confidence and never
-- refuses anything. Why so, and what it cannot show: docs/decisions/013-coming-to-the-door.md.

create table public.household_codes (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  author_name text not null,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.household_codes is
  'Append-only, staff only. The sheet at a door: SHA-256 of the proof that its code gives (src/lib/domain/household-code.ts). The code itself stands on the sheet alone. The newest counts; a new sheet is a new row.';
create index household_codes_case on public.household_codes (case_id);

create function private.guard_household_code() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    new.author_name := coalesce(private.name_of(auth.uid(), new.case_id), new.author_name);
  end if;
  return new;
end
$$;
create trigger guard before insert on public.household_codes for each row execute function private.guard_household_code();
create trigger append_only before update or delete on public.household_codes for each row execute function private.refuse_change();

create table public.visit_places (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  visit_id uuid not null references public.visits (id),
  via text not null check (via in ('camera', 'nfc', 'typed')),
  proof text check (proof is null),
  verdict text check (verdict in ('matches', 'older', 'differs')),
  author_name text not null,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.visit_places is
  'Append-only, staff only. What says that somebody was at the door of a visit. proof is compared when it arrives and never stored; verdict is what came of it: the code that counted then, an older one, none of this household.';
create index visit_places_case on public.visit_places (case_id);
create index visit_places_visit on public.visit_places (visit_id);

-- The server compares codes, not the phone: a phone that says "matches" could say so without having been there. Of a position it can
-- compare nothing, because it does not get one.
create function private.guard_visit_place() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  shown record;
begin
  if not exists (select from public.visits v where v.id = new.visit_id and v.case_id = new.case_id) then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if caller is null then
    return new;
  end if;
  new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  if new.via = 'position' then
    new.proof := null;
    new.verdict := null;
    return new;
  end if;
  if new.proof is null or new.proof !~ '^[0-9a-f]{64}$' then
    perform private.refuse('invalid');
  end if;
  select c.seq into shown from public.household_codes c
  where c.case_id = new.case_id and c.digest = encode(sha256(decode(new.proof, 'hex')), 'hex')
  order by c.seq desc limit 1;
  new.verdict := case
    when shown.seq is null then 'differs'
    -- A sheet that was renewed after the door was reached counted when it was shown.
    when exists (
      select from public.household_codes c
      where c.case_id = new.case_id and c.seq > shown.seq and c.received_at <= private.sane_instant(new.recorded_at)) then 'older'
    else 'matches' end;
  new.proof := null;
  return new;
end
$$;
create trigger guard before insert on public.visit_places for each row execute function private.guard_visit_place();
create trigger append_only before update or delete on public.visit_places for each row execute function private.refuse_change();

select private.make_synced('household_codes', 'case', 'standing');
select private.make_synced('visit_places', 'case', 'recorded_at');
do $$
declare
  t text;
begin
  foreach t in array array['household_codes', 'visit_places'] loop
    perform private.make_visible(t, 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
    execute format('grant insert on public.%I to authenticated', t);
    perform private.make_audited(t);
  end loop;
end
$$;
select private.make_readable();

create policy "Nurses, care managers and supervisors make the sheet" on public.household_codes for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));
create policy "Staff of the circle say where they were" on public.visit_places for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
select private.accept_late_work('visit_places');

revoke execute on all functions in schema private from public, anon;
