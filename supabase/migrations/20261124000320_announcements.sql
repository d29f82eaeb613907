-- Announcements that want an answer: everybody of the organisation says that they have read it, who asked sees who has not, and reminds
-- them. Why so: docs/decisions/038-announcements-that-ask.md.

alter table public.messages
  add column needs_confirmation boolean not null default false,
  add constraint messages_only_announcements_ask check (not needs_confirmation or audience = 'organization');
comment on column public.messages.needs_confirmation is 'Of announcements: everybody of the organisation is asked to say that they have read it.';

create table public.announcement_marks (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  message_id uuid not null references public.messages (id),
  user_id uuid not null references public.profiles (id),
  kind text not null check (kind in ('read', 'reminder')),
  user_name text not null,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.announcement_marks is
  'Append-only; seen by user_id and by the supervisors of the organisation. read: user_id has read the announcement (id derived from both, domain/ids.ts). reminder: user_id, a supervisor, reminded whoever had not.';
create index announcement_marks_org on public.announcement_marks (org_id);
create index announcement_marks_user on public.announcement_marks (user_id);
create unique index announcement_marks_read_once on public.announcement_marks (message_id, user_id) where kind = 'read';
create index announcement_marks_reminders on public.announcement_marks (message_id, received_at) where kind = 'reminder';

create function private.guard_announcement_mark() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if not exists (select from public.messages m where m.id = new.message_id and m.org_id = new.org_id and m.needs_confirmation) then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if caller is null then
    return new;
  end if;
  if new.kind = 'reminder' and new.org_id not in (select private.my_org_ids(array['supervisor'])) then
    perform private.deny();
  end if;
  new.user_name := coalesce(
    (select m.display_name from public.memberships m
     where m.user_id = caller and m.org_id = new.org_id and m.ended_at is null and m.deleted_at is null limit 1),
    new.user_name);
  return new;
end
$$;
create trigger guard before insert on public.announcement_marks for each row execute function private.guard_announcement_mark();
create trigger append_only before update or delete on public.announcement_marks for each row execute function private.refuse_change();

select private.make_synced('announcement_marks', 'org_own', 'recorded_at');
select private.make_visible('announcement_marks', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
select private.make_audited('announcement_marks');

grant insert on public.announcement_marks to authenticated;
create policy "Staff say what they have read, supervisors remind" on public.announcement_marks for insert to authenticated
  with check (user_id = (select auth.uid()) and org_id = any (array(select private.my_org_ids(private.staff_roles()))));

-- Whoever works there, has not said so and did not write it is asked.
create function private.ask_to_confirm(announcement uuid, about_row uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  asked record;
begin
  select m.org_id, m.created_by, m.author_name into asked from public.messages m where m.id = announcement;
  perform private.notify(
    array(
      select m.user_id from public.memberships m
      where m.org_id = asked.org_id and m.ended_at is null and m.deleted_at is null
        and m.user_id is distinct from asked.created_by and m.user_id is distinct from auth.uid()
        and not exists (
          select from public.announcement_marks r where r.message_id = announcement and r.user_id = m.user_id and r.kind = 'read')),
    'announcement_asked', null, 'messages', announcement, null,
    jsonb_build_object('author_name', asked.author_name, 'again', about_row <> announcement));
end
$$;

create function private.notice_announcement() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.ask_to_confirm(new.id, new.id);
  end if;
  return null;
end
$$;
create trigger ask after insert on public.messages for each row when (new.needs_confirmation) execute function private.notice_announcement();

-- Once an hour, however many supervisors remind: a second one is kept, and tells nobody.
create function private.notice_reminder() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (
    select from public.announcement_marks r
    where r.message_id = new.message_id and r.kind = 'reminder' and r.id <> new.id and r.received_at > now() - interval '1 hour')
  then
    perform private.ask_to_confirm(new.message_id, new.id);
  end if;
  return null;
end
$$;
create trigger remind after insert on public.announcement_marks for each row when (new.kind = 'reminder') execute function private.notice_reminder();

revoke execute on all functions in schema private from public, anon;
