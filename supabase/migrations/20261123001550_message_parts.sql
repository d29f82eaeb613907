-- What goes with words: pictures of a message or of a task, and voice notes of a message. All are rows of `attachments` with the same bytes
-- beside them (20261122001700_photos.sql). Why so: docs/decisions/031-parts-of-messages.md.

alter table public.attachments
  add column message_id uuid references public.messages (id),
  add column task_id uuid references public.tasks (id),
  add column duration_ms integer,
  drop constraint attachments_kind_check,
  drop constraint attachments_mime_check,
  drop constraint attachments_picture_has_pixels,
  drop constraint attachments_document_stands_alone,
  add constraint attachments_kind_check check (kind in ('photo', 'wound', 'document', 'voice')),
  add constraint attachments_mime_check check (case kind
    when 'voice' then mime in ('audio/webm', 'audio/mp4')
    when 'document' then mime in ('image/jpeg', 'application/pdf')
    else mime = 'image/jpeg' end),
  add constraint attachments_picture_has_pixels check (
    case when mime = 'image/jpeg' then num_nulls(width, height, thumb_size, thumb_sha256) = 0
    else num_nonnulls(width, height, thumb_size, thumb_sha256) = 0 end),
  -- Two minutes, and what a recorder takes to stop.
  add constraint attachments_voice_has_a_length check ((kind = 'voice') = (duration_ms is not null) and duration_ms between 1 and 125000),
  add constraint attachments_voice_is_said_in_a_message check (kind <> 'voice' or message_id is not null),
  add constraint attachments_document_stands_alone check (kind <> 'document' or num_nonnulls(visit_id, emergency_id, message_id, task_id) = 0),
  add constraint attachments_belongs_to_one check (num_nonnulls(emergency_id, message_id, task_id) <= 1);
comment on column public.attachments.message_id is 'The message that it was sent with, by who wrote that; then it is seen by no more people than the message.';
comment on column public.attachments.task_id is 'The task that it belongs to; then it is seen by no more people than the task.';
comment on column public.attachments.duration_ms is 'Of voice notes: how long they are, in milliseconds.';
create index attachments_message on public.attachments (message_id);
create index attachments_task on public.attachments (task_id);

-- What goes with a message or a task is of the same case, and seen by no more people than that. To a message only its author adds.
create function private.narrow_to_words(given public.attachments) returns public.attachments
language plpgsql stable security definer set search_path = '' as $$
declare
  subject record;
  -- Each of them waits for the line of everybody who reads along.
  most constant integer := case when given.message_id is null then 12 else 4 end;
begin
  if given.message_id is not null then
    select m.case_id, m.audience, m.created_by into subject from public.messages m where m.id = given.message_id;
  else
    select t.case_id, t.audience, null::uuid as created_by into subject from public.tasks t where t.id = given.task_id;
  end if;
  if subject.case_id is distinct from given.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if auth.uid() is not null and given.message_id is not null and subject.created_by is distinct from auth.uid() then
    perform private.deny();
  end if;
  if (
    select count(*) from public.attachments a
    where a.message_id is not distinct from given.message_id and a.task_id is not distinct from given.task_id
      and a.id <> given.id and a.removed_at is null
  ) >= most then
    perform private.refuse('too_many');
  end if;
  if subject.audience = 'staff' then
    given.audience := 'staff';
  end if;
  return given;
end
$$;

-- Corrections ---------------------------------------------------------------------------------------------------------------

-- Nothing that was said is altered or taken back: who wrote it says what was meant, and both stay to be read.
alter table public.messages add column corrects_id uuid references public.messages (id) check (corrects_id <> id);
comment on column public.messages.corrects_id is
  'The message of the same author that this one corrects, always the first one; the newest correction counts, and all stay to be read.';
create index messages_corrects on public.messages (corrects_id);

create function private.guard_correction() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  first record;
begin
  select m.case_id, m.org_id, m.audience, m.created_by, m.corrects_id into first
  from public.messages m where m.id = new.corrects_id;
  if first.audience is distinct from new.audience or first.case_id is distinct from new.case_id or first.org_id is distinct from new.org_id
    or first.corrects_id is not null then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if auth.uid() is not null and first.created_by is distinct from auth.uid() then
    perform private.deny();
  end if;
  return new;
end
$$;
create trigger guard_correction before insert on public.messages
  for each row when (new.corrects_id is not null) execute function private.guard_correction();

-- sync() and history() carry the new columns, too.
select private.make_readable();
revoke execute on all functions in schema private from public, anon;

-- The family shows and says things, too: with words of their own in the circle's thread, and takes their own back. docs/decisions/037.
create policy "The family adds to what it says to the circle" on public.attachments for insert to authenticated
  with check (
    message_id is not null and kind in ('photo', 'voice') and audience = 'circle'
    and case_id = any (array(select private.my_case_ids(array['family'])))
  );
create policy "The family removes what it has added" on public.attachments for update to authenticated
  using (message_id is not null and created_by = (select auth.uid()) and case_id = any (array(select private.my_case_ids(array['family']))))
  with check (message_id is not null and created_by = (select auth.uid()) and case_id = any (array(select private.my_case_ids(array['family']))));
