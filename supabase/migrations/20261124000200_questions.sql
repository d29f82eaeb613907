-- 跨專業支持: a question to a profession of the circle, with the facts that it is about, an agreed time to answer, and whom it goes to when
-- nobody does. Staff only. docs/decisions/033.

create table public.questions (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  asked_role text not null check (asked_role in ('nurse', 'therapist', 'dietitian', 'social_worker', 'pharmacist')),
  body text not null check (length(btrim(body)) between 1 and 2000),
  facts jsonb not null default '[]' check (jsonb_typeof(facts) = 'array' and jsonb_array_length(facts) <= 12 and length(facts::text) <= 12000),
  subject_table text check (subject_table in ('visit_records', 'emergencies', 'measurements', 'handover_notes', 'attachments')),
  subject_id uuid,
  answer_minutes integer not null default 1440 check (answer_minutes in (120, 240, 1440, 4320)),
  answer_due_at timestamptz,
  status text not null default 'open' check (status in ('open', 'answered', 'unanswered', 'withdrawn')),
  holder_id uuid,
  holder_name text,
  handed_on jsonb not null default '[]' check (jsonb_typeof(handed_on) = 'array' and jsonb_array_length(handed_on) <= 20),
  author_name text not null,
  author_role text,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint questions_subject check ((subject_table is null) = (subject_id is null))
);
comment on table public.questions is
  'Staff only. What somebody asks a profession of the circle. Words and facts are never altered; the server says who holds it (holder_id), until when (answer_due_at) and through whose hands it went.';
comment on column public.questions.facts is 'What the phone attached, as it stood then: [{ kind: measurement | record | emergency | handover | wound, id, at, … }]; said in words by whoever reads it.';
comment on column public.questions.handed_on is 'Append-only, oldest first: { at, from_id, from_name, to_id, to_name }.';
create index questions_case on public.questions (case_id);
create index questions_due on public.questions (answer_due_at) where status = 'open';

create table public.question_answers (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  question_id uuid not null references public.questions (id),
  body text not null check (length(btrim(body)) between 1 and 4000),
  author_name text not null,
  author_role text,
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
comment on table public.question_answers is 'Append-only, staff only. What was answered, and asked back; the first by anybody but who asked answers the question.';
create index question_answers_case on public.question_answers (case_id);
create index question_answers_question on public.question_answers (question_id);

-- Who of a profession answers for this person now: of those in the circle who can see the case, whoever is on duty, then whoever has been in it longest.
create function private.next_to_answer(of_case uuid, of_role text, without uuid[]) returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select m.user_id
    from public.case_members m
    join public.cases c on c.id = m.case_id
    join private.buckets b on b.case_id = c.id and b.kind = 'case_staff'
    where m.case_id = of_case and m.role = of_role and m.ended_at is null and m.deleted_at is null and (m.until_at is null or m.until_at > now())
      -- Who has left their organisation still stands in a circle, and sees nothing.
      and m.user_id <> all (without) and m.user_id in (select private.viewers_of(b.id))
    order by m.user_id in (select private.on_duty(c.org_id, now())) desc, m.received_at, m.id
    limit 1);
end
$$;

create function private.guard_question() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if tg_op = 'INSERT' then
    if caller is null then
      return new;
    end if;
    new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
    new.author_role := private.my_role(new.case_id);
    new.status := 'open';
    new.handed_on := '[]';
    new.holder_id := private.next_to_answer(new.case_id, new.asked_role, array[caller]);
    if new.holder_id is null then
      perform private.refuse('nobody_to_ask');
    end if;
    new.holder_name := private.name_of(new.holder_id, new.case_id);
    -- From the arrival: a phone without signal lets nobody's time run before they could know.
    new.answer_due_at := now() + make_interval(mins => new.answer_minutes);
    return new;
  end if;
  if private.changed_columns(to_jsonb(old), to_jsonb(new)) && array[
    'case_id', 'asked_role', 'body', 'facts', 'subject_table', 'subject_id', 'answer_minutes', 'author_name', 'author_role', 'audience'] then
    raise insufficient_privilege using message = 'immutable', hint = 'What was asked stays; ask again, or withdraw it.';
  end if;
  if caller is null or current_setting('connect10.answering', true) = new.id::text then
    return new;
  end if;
  -- Whoever asked may say that it is settled.
  if old.created_by is distinct from caller or new.status <> 'withdrawn'
    or private.changed_columns(to_jsonb(old), to_jsonb(new)) && array['holder_id', 'holder_name', 'handed_on', 'answer_due_at'] then
    perform private.deny();
  end if;
  if old.status not in ('open', 'unanswered') then
    perform private.refuse('wrong_state');
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.questions for each row execute function private.guard_question();
create trigger append_only before delete on public.questions for each row execute function private.refuse_change();

create function private.guard_answer() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if not exists (select from public.questions q where q.id = new.question_id and q.case_id = new.case_id) then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if caller is not null then
    new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
    new.author_role := private.my_role(new.case_id);
  end if;
  return new;
end
$$;
create trigger guard before insert on public.question_answers for each row execute function private.guard_answer();
create trigger append_only before update or delete on public.question_answers for each row execute function private.refuse_change();

do $$
declare
  t text;
begin
  foreach t in array array['questions', 'question_answers'] loop
    perform private.make_synced(t, 'case', case t when 'questions' then 'standing' else 'recorded_at' end);
    perform private.make_visible(t, 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
    perform private.make_audited(t);
    execute format('create policy "Staff of the circle ask and answer" on public.%I for insert to authenticated
      with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))))', t);
  end loop;
end
$$;
grant insert, update on public.questions to authenticated;
grant insert on public.question_answers to authenticated;
create policy "Who asked withdraws" on public.questions for update to authenticated
  using (created_by = (select auth.uid()) and case_id = any (array(select private.my_case_ids(private.staff_roles()))))
  with check (created_by = (select auth.uid()) and case_id = any (array(select private.my_case_ids(private.staff_roles()))));
select private.make_readable();

-- Telling ------------------------------------------------------------------------------------------------------------------------

create function private.notice_question() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.notify(array[new.holder_id], 'question_asked', new.case_id, 'questions', new.id, null,
      jsonb_build_object('author_name', new.author_name));
  end if;
  return null;
end
$$;
create trigger notice after insert on public.questions for each row execute function private.notice_question();

-- The first answer by somebody else settles it; both sides hear of what the other adds.
create function private.take_answer() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  asked record;
begin
  if caller is null then
    return null;
  end if;
  select q.created_by, q.holder_id, q.status into asked from public.questions q where q.id = new.question_id for update;
  if asked.created_by is distinct from caller and asked.status in ('open', 'unanswered') then
    perform set_config('connect10.answering', new.question_id::text, true);
    update public.questions set status = 'answered' where id = new.question_id;
    perform set_config('connect10.answering', '', true);
  end if;
  perform private.notify(array_remove(array[asked.created_by, asked.holder_id], caller), 'question_answered', new.case_id, 'questions', new.question_id,
    null, jsonb_build_object('author_name', new.author_name));
  return null;
end
$$;
create trigger answer after insert on public.question_answers for each row execute function private.take_answer();

-- What nobody answered in time goes to another of the profession, then to a nurse, then to who manages the care; when there is nobody left,
-- its author and the supervisors are told. Takes only heads of cases that are free, then those of the people told, in one go. @returns how many
create function private.hand_over_questions(at_most integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  free integer[];
  asked record;
  tried uuid[];
  to_id uuid;
  told jsonb := '[]';
  count integer := 0;
begin
  free := array(
    select b.id from private.buckets b
    where b.id in (
      select q.bucket_id from public.questions q
      where q.status = 'open' and q.answer_due_at <= now() and q.deleted_at is null order by q.answer_due_at limit at_most)
    order by b.lock_rank, b.id for update skip locked);
  for asked in
    select q.* from public.questions q
    where q.status = 'open' and q.answer_due_at <= now() and q.deleted_at is null and q.bucket_id = any (free)
    order by q.answer_due_at limit at_most for update skip locked
  loop
    tried := array(select (h ->> 'from_id')::uuid from jsonb_array_elements(asked.handed_on) h) || array[asked.holder_id, asked.created_by];
    tried := array_remove(tried, null);
    to_id := coalesce(
      private.next_to_answer(asked.case_id, asked.asked_role, tried),
      private.next_to_answer(asked.case_id, 'nurse', tried),
      private.next_to_answer(asked.case_id, 'care_manager', tried));
    count := count + 1;
    if to_id is null then
      update public.questions set status = 'unanswered' where id = asked.id;
      told := told || coalesce((
        select jsonb_agg(jsonb_build_object('user_id', p.person, 'kind', 'question_unanswered', 'case_id', asked.case_id, 'subject_id', asked.id))
        from (
          select asked.created_by as person where asked.created_by is not null
          union
          select m.user_id from public.memberships m join public.cases c on c.org_id = m.org_id
          where c.id = asked.case_id and m.role = 'supervisor' and m.ended_at is null and m.deleted_at is null) p), '[]');
    else
      update public.questions set
        holder_id = to_id, holder_name = private.name_of(to_id, asked.case_id), answer_due_at = now() + make_interval(mins => asked.answer_minutes),
        handed_on = asked.handed_on || jsonb_build_array(jsonb_build_object(
          'at', private.iso(now()), 'from_id', asked.holder_id, 'from_name', asked.holder_name, 'to_id', to_id, 'to_name', private.name_of(to_id, asked.case_id)))
      where id = asked.id;
      told := told || jsonb_build_array(
        jsonb_build_object('user_id', to_id, 'kind', 'question_asked', 'case_id', asked.case_id, 'subject_id', asked.id),
        jsonb_build_object('user_id', asked.created_by, 'kind', 'question_handed', 'case_id', asked.case_id, 'subject_id', asked.id));
    end if;
  end loop;
  perform private.store_notices((
    select jsonb_agg(t || jsonb_build_object('id', gen_random_uuid(), 'subject_table', 'questions', 'severity', null,
      'data', jsonb_build_object('author_name', (select q.author_name from public.questions q where q.id = (t ->> 'subject_id')::uuid))))
    from jsonb_array_elements(told) t));
  return count;
end
$$;

revoke execute on all functions in schema private from public, anon;
