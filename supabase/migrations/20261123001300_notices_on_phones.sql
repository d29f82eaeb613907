-- What else a phone is told beside emergencies: what stands in the list of notices, unless its person wants it quiet; and a family once a day
-- what the day has brought. docs/decisions/027.

-- What a person may silence, by sort. Null: stands in the app only. Reports themselves ring by the ladder (001100).
create function private.notice_group(of_kind text, details jsonb) returns text
language sql immutable set search_path = '' as $$
  select case
    when of_kind in ('task_offered', 'task_answered', 'task_expired', 'question_asked', 'question_handed', 'question_answered', 'question_unanswered') then 'tasks'
    when of_kind in ('visit_offered', 'visit_offer_answered') then 'visits'
    when of_kind in ('record_returned', 'record_corrected', 'handover_note') then 'records'
    when of_kind = 'mentioned' then 'mentions'
    when of_kind in ('work_refused', 'case_moved', 'access_granted', 'announcement_asked') then 'office'
    -- That one more has heard is no reason to ring.
    when of_kind = 'emergency_action' and details ->> 'action' in ('act', 'raise', 'close', 'reopen') then 'emergencies' end
$$;

-- The end of this person's quiet hours, if they are now; else the instant itself.
create function private.quiet_until(person uuid, at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
declare
  local constant timestamp := at at time zone 'Asia/Taipei';
  from_time time;
  until_time time;
begin
  select p.quiet_from::time, p.quiet_until::time into from_time, until_time from public.profiles p where p.id = person;
  if from_time is null or until_time is null then
    return at;
  end if;
  if from_time < until_time and local::time >= from_time and local::time < until_time then
    return (local::date + until_time) at time zone 'Asia/Taipei';
  end if;
  if from_time > until_time and (local::time >= from_time or local::time < until_time) then
    return (local::date + until_time + case when local::time >= from_time then interval '1 day' else interval '0' end) at time zone 'Asia/Taipei';
  end if;
  return at;
end
$$;

-- A yellow report comes without a sound in the quiet hours of who is not on duty. Orange and red ones ring whatever was chosen.
create function private.comes_softly(delivery private.deliveries) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(delivery.kind = 'emergency' and delivery.severity = 'yellow' and private.quiet_until(delivery.user_id, now()) > now(), false)
    and not exists (
      select from public.emergencies e join public.cases c on c.id = e.case_id
      where e.id = delivery.subject_id and delivery.user_id in (select private.on_duty(c.org_id, now())));
end
$$;

-- To each phone of this person, where none about the same waits already: ten tasks are one notice.
create function private.queue_notice(person uuid, what text, subject uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  -- What is read at once, in an app that is open, is not said again.
  due constant timestamptz := private.quiet_until(person, now() + interval '15 seconds');
begin
  insert into private.deliveries (kind, about, subject_id, user_id, channel, subscription_id, due_at, expires_at)
  select 'notice', what, subject, person, 'push', s.id, due, due + interval '12 hours'
  from private.push_subscriptions s
  where s.user_id = person and not exists (
    select from private.deliveries d
    where d.subscription_id = s.id and d.kind = 'notice' and d.about = what and d.state = 'queued' and d.attempts = 0);
end
$$;

create function private.tell_of_notice() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  what constant text := private.notice_group(new.kind, new.data);
begin
  if what is not null and new.read_at is null
    and not exists (select from public.profiles p where p.id = new.user_id and what = any (p.silent_groups)) then
    perform private.queue_notice(new.user_id, what, new.id);
  end if;
  return null;
end
$$;
create trigger tell after insert on public.notices for each row execute function private.tell_of_notice();

-- Read in the app before a phone was told: not worth a ring any more, unless others of its sort are unread.
create function private.untell_of_notice() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  what constant text := private.notice_group(new.kind, new.data);
begin
  if what is not null and not exists (
    select from public.notices n
    where n.user_id = new.user_id and n.read_at is null and n.deleted_at is null and private.notice_group(n.kind, n.data) = what) then
    update private.deliveries d set state = 'dropped', changed_at = now()
    where d.user_id = new.user_id and d.kind = 'notice' and d.about = what and d.state = 'queued';
  end if;
  return null;
end
$$;
create trigger untell after update of read_at on public.notices for each row
  when (old.read_at is null and new.read_at is not null) execute function private.untell_of_notice();

-- Digest --------------------------------------------------------------------------------------------------------------------

create table private.digests (
  user_id uuid primary key references public.profiles (id),
  day date not null
);
comment on table private.digests is 'The last day (Taipei) of which a family was told.';

-- A family is told once a day, after its hour, if somebody was there; a server that was away at that hour tells within two more.
create function private.queue_digests() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  local constant timestamp := now() at time zone 'Asia/Taipei';
  person uuid;
begin
  for person in
    select distinct p.id
    from private.push_subscriptions s
    join public.profiles p on p.id = s.user_id
    join public.case_members m on m.user_id = p.id and m.role = 'family' and m.ended_at is null
    join public.visits v on v.case_id = m.case_id and v.status = 'done' and v.checked_out_at >= private.today_start() and v.deleted_at is null
    where local >= local::date + p.digest_at::time and local < local::date + p.digest_at::time + interval '2 hours'
      and not exists (select from private.digests d where d.user_id = p.id and d.day >= local::date)
  loop
    -- Of two engines that tick at once the second waits here, and finds it said.
    insert into private.digests as d (user_id, day) values (person, local::date)
    on conflict (user_id) do update set day = excluded.day where d.day < excluded.day;
    if found then
      perform private.queue_notice(person, 'digest', gen_random_uuid());
    end if;
  end loop;
end
$$;

revoke execute on all functions in schema private from public, anon;
