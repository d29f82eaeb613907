-- Hand-over notes 交班: what one shift tells the next, in the four parts of SBAR. For staff only, and never altered: a correction is a
-- new note that points at the one it corrects. Who has read it, the sightings say.

create table public.handover_notes (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  situation text not null default '',
  background text not null default '',
  assessment text not null default '',
  recommendation text not null default '',
  covers_from timestamptz not null,
  covers_until timestamptz not null,
  corrects_id uuid references public.handover_notes (id),
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
  constraint handover_notes_says_something check (btrim(situation || background || assessment || recommendation, E' \n\r\t') <> ''),
  constraint handover_notes_period check (covers_from <= covers_until)
);
comment on table public.handover_notes is 'Append-only, staff only. What a shift hands over, in SBAR; covers_from and covers_until say which time it tells of, by the writer''s clock.';
create index handover_notes_case on public.handover_notes (case_id, recorded_at);
create index handover_notes_corrects on public.handover_notes (corrects_id);

create function private.guard_handover_note() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  corrected record;
begin
  if caller is not null then
    new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  end if;
  if new.corrects_id is null then
    return new;
  end if;
  select n.case_id, n.created_by into corrected from public.handover_notes n where n.id = new.corrects_id;
  if corrected.case_id is distinct from new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  -- Somebody's words are theirs to correct, and of those who answer for the case.
  if caller is not null and corrected.created_by is distinct from caller
    and coalesce(private.my_role(new.case_id), '') not in ('care_manager', 'supervisor') then
    perform private.deny();
  end if;
  return new;
end
$$;
create trigger guard before insert on public.handover_notes for each row execute function private.guard_handover_note();
create trigger append_only before update or delete on public.handover_notes for each row execute function private.refuse_change();

select private.make_synced('handover_notes', 'case', 'recorded_at');
select private.make_visible('handover_notes', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

grant insert on public.handover_notes to authenticated;
create policy "Staff of the circle write hand-over notes" on public.handover_notes for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
select private.accept_late_work('handover_notes');
create trigger late after insert on public.handover_notes for each row execute function private.notice_late_work();

-- Whoever stands in the circle and works there is told. Supervisors see the notes of all their cases; to be told of each would bury
-- what they must hear of.
create function private.notice_handover_note() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if caller is not null then
    perform private.notify(
      array(
        select m.user_id from public.case_members m
        where m.case_id = new.case_id and m.ended_at is null and m.deleted_at is null and m.role <> 'family' and m.user_id <> caller
          and m.user_id in (select private.viewers_of(new.bucket_id))),
      'handover_note', new.case_id, 'handover_notes', new.id, null, jsonb_build_object('author_name', new.author_name));
  end if;
  return null;
end
$$;
create trigger notice after insert on public.handover_notes for each row execute function private.notice_handover_note();

select private.make_audited('handover_notes');

revoke execute on all functions in schema private from public, anon;
