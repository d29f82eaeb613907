-- The life of a task: until when somebody who was asked answers, what happens when they do not, and who handed it to whom. docs/decisions/029.

alter table public.tasks
  add column reply_minutes integer check (reply_minutes in (30, 120, 240, 1440)),
  add column reply_due_at timestamptz,
  add column answered_at timestamptz,
  add column handed_on jsonb not null default '[]' check (jsonb_typeof(handed_on) = 'array' and jsonb_array_length(handed_on) <= 50);
comment on column public.tasks.reply_minutes is 'How long whoever is asked has to answer; empty = as long as they like.';
comment on column public.tasks.reply_due_at is 'Set here when the offer arrives. Past it, an unanswered task becomes expired by the engine''s round.';
comment on column public.tasks.answered_at is 'When the answer was given, by the phone''s clock put right, never before the offer or after its arrival.';
comment on column public.tasks.handed_on is 'Append-only, oldest first: { at, by_name, from_name, to_name, note }.';
create index tasks_reply_due on public.tasks (reply_due_at) where status = 'open' and reply_due_at is not null;

-- sync() and history() carry the new columns, too.
select private.make_readable();

-- What the server alone says of an offer. Runs after the guard (by name). Seeds and the engine (nobody signed in) say it themselves.
create function private.follow_offer() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  given jsonb;
  handed boolean := false;
  offered_at timestamptz;
begin
  if caller is null then
    return new;
  end if;
  if tg_op = 'INSERT' then
    new.handed_on := '[]';
    new.answered_at := null;
  else
    -- Given to somebody by an edit, an unanswered one is an offer again.
    if new.status = 'expired' and old.status = 'expired' and new.assignee_id is distinct from old.assignee_id then
      new.status := 'open';
    end if;
    -- Whom it leaves is named, also when somebody else takes up what stayed unanswered.
    handed := new.assignee_id is distinct from old.assignee_id and (old.assignee_id is not null or new.assignee_id is distinct from caller)
      or (old.status <> 'open' and jsonb_array_length(new.handed_on) > jsonb_array_length(old.handed_on));
    given := case when jsonb_array_length(new.handed_on) = jsonb_array_length(old.handed_on) + 1 then new.handed_on -> -1 end;
    new.handed_on := old.handed_on || case when not handed then '[]'::jsonb else jsonb_build_array(jsonb_build_object(
      'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by_name', private.name_of(caller, new.case_id), 'from_name', old.assignee_name, 'to_name', new.assignee_name,
      'note', left(given ->> 'note', 500))) end;
    offered_at := coalesce(old.reply_due_at - make_interval(mins => old.reply_minutes), old.received_at);
    new.answered_at := case
      when new.status = 'open' then null
      when old.status in ('open', 'expired') and new.status <> old.status then least(now(), greatest(coalesce(new.answered_at, now()), offered_at))
      else old.answered_at end;
  end if;
  if new.status = 'open' then
    new.reply_due_at := case
      when new.assignee_id is null or new.assignee_id = caller or new.reply_minutes is null then null
      when tg_op = 'INSERT' or handed or old.status <> 'open' or new.reply_minutes is distinct from old.reply_minutes
        then now() + make_interval(mins => new.reply_minutes)
      else old.reply_due_at end;
  else
    new.reply_due_at := old.reply_due_at;
  end if;
  return new;
end
$$;
create trigger offer before insert or update on public.tasks for each row execute function private.follow_offer();

-- Gives a task to another, or again to the same person: the holder's word why, or a new try after nobody answered.
create function private.give_task(args jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  before jsonb;
begin
  select t.handed_on into before from public.tasks t where t.id = (args ->> 'id')::uuid;
  perform private.update_row('tasks', (args ->> 'id')::uuid, jsonb_build_object(
    'status', 'open', 'assignee_id', args -> 'to_id', 'reply_minutes', args -> 'reply_minutes', 'decline_reason', null,
    'handed_on', coalesce(before, '[]') || jsonb_build_array(jsonb_build_object('note', args -> 'note'))));
end
$$;

-- What nobody answered in time, once: author and supervisors are told. Takes only heads of cases that are free, and then those of the people told,
-- in one go and in order. @returns how many
create function private.expire_tasks(at_most integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  free integer[];
  gone uuid[];
begin
  free := array(
    select b.id from private.buckets b
    where b.id in (
      select t.bucket_id from public.tasks t
      where t.status = 'open' and t.reply_due_at <= now() and t.deleted_at is null order by t.reply_due_at limit at_most)
    order by b.lock_rank, b.id for update skip locked);
  if free = '{}' then
    return 0;
  end if;
  with late as (
    select t.id from public.tasks t
    where t.status = 'open' and t.reply_due_at <= now() and t.deleted_at is null and t.bucket_id = any (free)
    order by t.reply_due_at limit at_most for update skip locked
  ), ended as (
    update public.tasks t set status = 'expired' from late where t.id = late.id returning t.id
  )
  select array_agg(e.id) into gone from ended e;
  perform private.store_notices((
    select jsonb_agg(jsonb_build_object(
      'id', gen_random_uuid(), 'user_id', v.person, 'kind', 'task_expired',
      'case_id', t.case_id, 'subject_table', 'tasks', 'subject_id', t.id, 'severity', null, 'data', '{}'::jsonb))
    from public.tasks t
    join public.cases c on c.id = t.case_id
    cross join lateral private.viewers_of(t.bucket_id) v (person)
    where t.id = any (gone) and (v.person = t.created_by or exists (
      select from public.memberships m
      where m.org_id = c.org_id and m.user_id = v.person and m.role = 'supervisor' and m.ended_at is null and m.deleted_at is null))));
  return coalesce(array_length(gone, 1), 0);
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function private.give_task(jsonb) to authenticated, service_role;
