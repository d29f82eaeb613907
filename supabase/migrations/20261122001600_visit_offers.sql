-- Somebody else goes: a colleague is asked to make a visit and answers. Two tables, because two people may not see the same:
-- visit_offers is for the staff of the case; offered_visits, its shadow in the asked person's own bucket, says where the village is, when
-- and what is to be done, and neither whose visit it is nor anything of their health. Why so, and how long somebody who says yes stays in
-- the circle: docs/decisions/011-asking-a-substitute.md. The state machine is drawn in src/lib/domain/offers.ts.

create table public.visit_offers (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  visit_id uuid not null references public.visits (id),
  org_id uuid not null references public.organizations (id),
  user_id uuid not null references public.profiles (id),
  user_name text not null,
  offered_by_name text not null,
  instead_of uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  expires_at timestamptz not null check (isfinite(expires_at)),
  status text not null default 'offered' check (status in ('offered', 'accepted', 'declined', 'withdrawn')),
  decline_reason text check (decline_reason in ('time', 'distance', 'skills', 'other')),
  answered_at timestamptz,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.visit_offers is
  'That a colleague (user_id, of org_id) is asked to make a visit, until expires_at by the server''s clock. The reason of a no is one of four words: what somebody would add could be about their health.';
comment on column public.visit_offers.instead_of is 'Who was to go when it was asked; whoever holds the visit later has taken it.';
create index visit_offers_case on public.visit_offers (case_id);
create index visit_offers_visit on public.visit_offers (visit_id);
create index visit_offers_org on public.visit_offers (org_id);
create index visit_offers_user on public.visit_offers (user_id);

create table public.offered_visits (
  id uuid primary key references public.visit_offers (id),
  user_id uuid not null references public.profiles (id),
  org_id uuid not null references public.organizations (id),
  visit_id uuid not null,
  village text,
  planned_codes text[] not null default '{}',
  offered_by_name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  expires_at timestamptz not null,
  status text not null check (status in ('offered', 'accepted', 'declined', 'withdrawn')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.offered_visits is 'What the asked person sees of an offer, made by the server. Never whose visit it is: the visit''s id alone leads there, once it may be seen.';
create index offered_visits_user on public.offered_visits (user_id);
create index offered_visits_org on public.offered_visits (org_id);

select private.make_synced('visit_offers', 'case', 'starts_at');
select private.make_synced('offered_visits', 'user', 'starts_at');
select private.make_visible(t, 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))')
from unnest(array['visit_offers', 'offered_visits']) t;
select private.make_readable();

grant insert, update on public.visit_offers to authenticated;
create policy "Who plans for somebody asks colleagues of an organisation of theirs" on public.visit_offers for insert to authenticated
  with check (
    case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor'])))
    and org_id = any (array(select private.my_org_ids(private.staff_roles()))));
create policy "Who plans for somebody takes an offer back" on public.visit_offers for update to authenticated
  using (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))))
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));

-- Rules ---------------------------------------------------------------------------------------------------------------------

-- True while accept_offer() gives this visit to the caller.
create function private.is_accepting(visit uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(current_setting('connect10.accepting', true) = visit::text, false);
end
$$;

create function private.guard_offer() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  visit record;
  asked record;
begin
  if tg_op = 'UPDATE' then
    if not private.changed_columns(to_jsonb(old), to_jsonb(new)) <@ array['status', 'decline_reason', 'answered_at', 'seq'] then
      raise insufficient_privilege using message = 'immutable', hint = 'Take this offer back and make another.';
    end if;
    if new.status = old.status or old.status <> 'offered' then
      perform private.refuse('wrong_state');
    end if;
    if caller is not null and (case new.status
      when 'accepted' then new.user_id <> caller or not private.is_accepting(new.visit_id)
      when 'declined' then new.user_id <> caller
      else new.decline_reason is not null or new.answered_at is not null end) then
      perform private.deny();
    end if;
    if (new.status = 'declined') <> (new.decline_reason is not null) then
      perform private.refuse('reason_required');
    end if;
    return new;
  end if;
  if caller is null then
    return new; -- A seed or an import brings its offers as they were.
  end if;
  select v.case_id, v.worker_id, v.starts_at, v.ends_at, v.status into visit from public.visits v where v.id = new.visit_id;
  if visit.case_id is distinct from new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if visit.status <> 'planned' or visit.worker_id = new.user_id then
    perform private.refuse('wrong_state');
  end if;
  select m.role, m.display_name into asked
  from public.memberships m
  where m.org_id = new.org_id and m.user_id = new.user_id and m.ended_at is null and m.deleted_at is null;
  if asked.role is null then
    -- Only who works there is told who else does.
    if new.org_id in (select private.my_org_ids(private.staff_roles())) then
      perform private.refuse('unknown_person');
    end if;
    perform private.deny();
  end if;
  -- There is no place for a supervisor in a circle; one of this organisation takes the visit without being asked.
  if asked.role = 'supervisor' then
    perform private.refuse('not_in_this_role');
  end if;
  new.user_name := asked.display_name;
  new.offered_by_name := private.name_of(caller, new.case_id);
  new.instead_of := visit.worker_id;
  new.starts_at := visit.starts_at;
  new.ends_at := visit.ends_at;
  new.expires_at := least(new.expires_at, visit.ends_at);
  new.status := 'offered';
  new.decline_reason := null;
  new.answered_at := null;
  -- Who is asked again has the new time to answer.
  update public.visit_offers o set status = 'withdrawn'
  where o.visit_id = new.visit_id and o.user_id = new.user_id and o.status = 'offered' and o.id <> new.id;
  return new;
end
$$;
create trigger guard before insert or update on public.visit_offers for each row execute function private.guard_offer();
create trigger append_only before delete on public.visit_offers for each row execute function private.refuse_change();
select private.make_audited('visit_offers');

-- Somebody said yes to a visit as it was: when it is moved, given away, begun or called off, nobody is asked any more.
create function private.withdraw_offers() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.visit_offers o set status = 'withdrawn' where o.visit_id = new.id and o.status = 'offered';
  return null;
end
$$;
create trigger withdraw_offers after update of status, worker_id, starts_at, ends_at on public.visits for each row
  when (old.status <> new.status or old.worker_id is distinct from new.worker_id or old.starts_at <> new.starts_at or old.ends_at <> new.ends_at)
  execute function private.withdraw_offers();

-- What the asked person sees ------------------------------------------------------------------------------------------------

-- Which offers of this batch the asked people are still to be shown: their heads come after all heads of cases in the order of locks.
create function private.offers_to_show() returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(string_to_array(nullif(current_setting('connect10.offers', true), ''), ',')::uuid[], '{}');
end
$$;

create function private.show_offers(offers uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if offers = '{}' then
    return;
  end if;
  perform private.lock_heads(array(
    select b.id from private.buckets b where b.user_id in (select o.user_id from public.visit_offers o where o.id = any (offers))));
  insert into public.offered_visits as shown (
    id, user_id, org_id, visit_id, village, planned_codes, offered_by_name, starts_at, ends_at, expires_at, status, recorded_at)
  select o.id, o.user_id, o.org_id, o.visit_id, c.village, v.planned_codes, o.offered_by_name, o.starts_at, o.ends_at, o.expires_at, o.status,
    o.recorded_at
  from public.visit_offers o join public.visits v on v.id = o.visit_id join public.cases c on c.id = o.case_id
  where o.id = any (offers)
  on conflict (id) do update set status = excluded.status where shown.status <> excluded.status;
  perform set_config('connect10.offers', '', true);
end
$$;

create function private.note_offer() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if current_setting('connect10.batch', true) = 'on' then
    perform set_config('connect10.offers', concat_ws(',', nullif(current_setting('connect10.offers', true), ''), new.id), true);
  else
    perform private.show_offers(array[new.id]);
  end if;
  return null;
end
$$;
create trigger show after insert or update on public.visit_offers for each row execute function private.note_offer();

create function private.notice_offer() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if caller is null then
    return null;
  end if;
  if tg_op = 'INSERT' then
    -- Without the case: it may not be theirs to know of.
    perform private.notify(array[new.user_id], 'visit_offered', null, 'offered_visits', new.id, null,
      jsonb_build_object('author_name', new.offered_by_name, 'starts_at', private.iso(new.starts_at),
        'village', (select c.village from public.cases c where c.id = new.case_id)));
  elsif new.status in ('accepted', 'declined') and new.created_by is distinct from caller then
    perform private.notify(array[new.created_by], 'visit_offer_answered', new.case_id, 'visit_offers', new.id, null,
      jsonb_build_object('status', new.status, 'author_name', new.user_name, 'visit_id', new.visit_id));
  end if;
  return null;
end
$$;
create trigger notice after insert or update of status on public.visit_offers for each row execute function private.notice_offer();

-- Answers -------------------------------------------------------------------------------------------------------------------

-- A place in the circle until the end of the day after the visit: long enough to write the record and to be asked about it.
create function private.place_for_visit(of_case uuid, person uuid, of_org uuid, ends_at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  lasts_until constant timestamptz := (private.taipei_day(ends_at) + 2)::timestamp at time zone 'Asia/Taipei';
begin
  update public.case_members m set until_at = greatest(m.until_at, lasts_until)
  where m.case_id = of_case and m.user_id = person and m.ended_at is null and m.until_at is not null;
  if not found and not private.works_in(person, of_case) then
    insert into public.case_members (id, case_id, user_id, role, display_name, until_at, recorded_at)
    select private.derived_id('case_member', of_case::text, person::text), of_case, person, m.role, m.display_name, lasts_until, now()
    from public.memberships m where m.org_id = of_org and m.user_id = person and m.ended_at is null;
  end if;
end
$$;

-- The offer that the caller is to answer. Who has left the organisation for which they would go has nothing to answer.
create function private.my_offer(offer uuid) returns public.visit_offers
language plpgsql stable security definer set search_path = '' as $$
declare
  asked public.visit_offers;
begin
  select o.* into asked from public.visit_offers o where o.id = offer and o.user_id = auth.uid();
  if asked.id is null then
    perform private.refuse('not_found');
  end if;
  if asked.org_id not in (select private.my_org_ids(private.staff_roles())) then
    perform private.deny();
  end if;
  return asked;
end
$$;

-- Gives the visit to the caller, if it is still to be had. The batch holds the heads of the case, so that of two who say yes at the same
-- moment the second sees what the first has done.
create function private.accept_offer(offer uuid, at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  asked public.visit_offers := private.my_offer(offer);
  visit record;
begin
  perform private.lock_heads(array(select b.id from private.buckets b where b.case_id = asked.case_id));
  select o.status into asked.status from public.visit_offers o where o.id = offer;
  select v.worker_id, v.status into visit from public.visits v where v.id = asked.visit_id;
  -- Said twice, or given to them meanwhile.
  if visit.worker_id = caller and visit.status <> 'cancelled' then
    return;
  end if;
  if asked.status in ('withdrawn', 'accepted') and visit.status <> 'cancelled' and visit.worker_id is distinct from asked.instead_of then
    perform private.refuse('taken');
  elsif asked.status = 'withdrawn' then
    perform private.refuse('offer_withdrawn');
  elsif asked.status <> 'offered' or visit.status <> 'planned' then
    perform private.refuse('wrong_state');
  elsif asked.expires_at <= now() then
    perform private.refuse('offer_expired');
  end if;
  perform set_config('connect10.accepting', asked.visit_id::text, true);
  update public.visit_offers o set status = 'accepted', answered_at = private.sane_instant(at) where o.id = offer;
  perform private.place_for_visit(asked.case_id, caller, asked.org_id, asked.ends_at);
  update public.visits v set worker_id = caller where v.id = asked.visit_id;
  perform set_config('connect10.accepting', '', true);
end
$$;

-- A no to what is no longer asked, or a second no, disturbs nobody.
create function private.decline_offer(offer uuid, reason text, at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  asked constant public.visit_offers := private.my_offer(offer);
begin
  if asked.status in ('declined', 'withdrawn') then
    return;
  end if;
  update public.visit_offers o set status = 'declined', decline_reason = reason, answered_at = private.sane_instant(at) where o.id = offer;
end
$$;

create function private.move_offer(step text, args jsonb, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
declare
  offer constant uuid := args ->> 'id';
begin
  if step = 'accept' then
    perform private.accept_offer(offer, at);
  elsif step = 'decline' then
    perform private.decline_offer(offer, args ->> 'decline_reason', at);
  -- Taken back already, by whomever: nothing is refused.
  elsif not exists (
    select from public.visit_offers o
    where o.id = offer and o.status = 'withdrawn' and o.case_id in (select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))
  ) then
    perform private.update_row('visit_offers', offer, '{"status": "withdrawn"}');
  end if;
end
$$;

-- Places for a time ---------------------------------------------------------------------------------------------------------

-- A place whose time is over opens nothing (migration 000400); that it has ended is written down when the person's phone comes next, so
-- that the others' phones know it too.
create function private.end_lapsed_places() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  lapsed constant uuid[] := array(
    select m.id from public.case_members m where m.user_id = auth.uid() and m.ended_at is null and m.until_at <= now());
begin
  if lapsed <> '{}' then
    perform private.lock_heads(array(select m.bucket_id from public.case_members m where m.id = any (lapsed)));
    update public.case_members m set ended_at = m.until_at where m.id = any (lapsed) and m.ended_at is null;
  end if;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.accept_offer(uuid, timestamptz), private.decline_offer(uuid, text, timestamptz), private.move_offer(text, jsonb, timestamptz),
  private.end_lapsed_places()
to authenticated;
