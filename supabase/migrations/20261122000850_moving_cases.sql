-- A case goes to another organisation; what people did before they left a case still comes in; and what was refused about a case is
-- seen by those who answer for it. Why so: docs/decisions/009-moving-a-case.md.

-- Work done before one's place ended ----------------------------------------------------------------------------------------

create table private.handovers (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references public.cases (id),
  from_org_id uuid not null references public.organizations (id),
  to_org_id uuid references public.organizations (id),
  token_hash text not null unique,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  accepted_by uuid,
  accepted_at timestamptz
);
comment on table private.handovers is 'Each hand-over: the link that a supervisor gives away, and what became of it. Never deleted: it says who answered for a case until when.';
create index handovers_case on private.handovers (case_id);
create index handovers_from on private.handovers (from_org_id, accepted_at);
create index handovers_to on private.handovers (to_org_id);

-- My places towards cases that have ended within a week, and when. A supervisor's ends with the hand-over. Family is not among them,
-- nor who works nowhere any more: whose access was ended for a reason does not keep a door.
create function private.places_left() returns table (case_id uuid, began_at timestamptz, ended_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
begin
  return query
    select m.case_id, m.received_at, least(m.ended_at, m.until_at, now())
    from public.case_members m
    where m.user_id = me and m.role <> 'family' and least(m.ended_at, m.until_at) > now() - interval '7 days'
      and (m.ended_at is not null or m.until_at <= now())
      and exists (select from public.memberships e where e.user_id = me and e.ended_at is null and e.deleted_at is null)
    union all
    select h.case_id, '-infinity', h.accepted_at
    from public.memberships s join private.handovers h on h.from_org_id = s.org_id
    where s.user_id = me and s.role = 'supervisor' and s.ended_at is null and s.deleted_at is null
      and h.accepted_at > now() - interval '7 days';
end
$$;

create function private.cases_left() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return query select p.case_id from private.places_left() p;
end
$$;

-- `at` is what the device claims; it widens nobody's sight, it only lets somebody add to a case of theirs of last week. A clock may
-- have been a day slow when the place began.
create function private.was_done_in_time(of_case uuid, at timestamptz) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from private.places_left() p
    where p.case_id = of_case and at < p.ended_at and at >= p.began_at - interval '1 day');
end
$$;

create function private.accept_late_work(of_table text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  -- Its name stands before those of the policies of 000400: Postgres asks the last name first, and this only when those say no.
  execute format(
    'create policy "Also work done before one''s place ended comes in" on public.%I for insert to authenticated
       with check (private.was_done_in_time(case_id, recorded_at))', of_table);
end
$$;
select private.accept_late_work(t) from unnest(array['visit_records', 'measurements', 'emergencies', 'task_comments', 'messages']) t;

-- Those who answer for the case are told of it: a new row may stand between older ones. An emergency tells everybody anyway.
create function private.notice_late_work() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null and new.case_id is not null and private.my_role(new.case_id) is null then
    perform private.notify(array(select private.responsible_for(new.case_id)), 'late_work', new.case_id, tg_table_name, new.id, null,
      jsonb_build_object('author_name', new.author_name));
  end if;
  return null;
end
$$;
create trigger late after insert on public.visit_records for each row execute function private.notice_late_work();
create trigger late after insert on public.measurements for each row execute function private.notice_late_work();
create trigger late after insert on public.task_comments for each row execute function private.notice_late_work();
create trigger late after insert on public.messages for each row execute function private.notice_late_work();

create function private.responsible_for(of_case uuid) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select m.user_id from public.cases c join public.memberships m on m.org_id = c.org_id
    where c.id = of_case and m.role = 'supervisor' and m.ended_at is null
    union
    select m.user_id from public.case_members m where m.case_id = of_case and m.role = 'care_manager' and m.ended_at is null;
end
$$;

-- Refused work --------------------------------------------------------------------------------------------------------------

create table private.refused_work (
  mid uuid primary key references private.sync_mutations (mid),
  case_id uuid not null,
  settled_at timestamptz,
  settled_by uuid,
  outcome text check (outcome in ('sent_again', 'taken_over', 'settled'))
);
comment on table private.refused_work is 'Which entries of the ledger were refused about which case, until somebody has dealt with them.';
create index refused_work_open on private.refused_work (case_id) where settled_at is null;

-- The case that a mutation speaks of, and towards which the caller has or had a part: nobody else fills a supervisor's tray.
create function private.case_spoken_of(args jsonb) returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
  named constant uuid[] := private.ids_in(args);
begin
  return (
    select c.id
    from public.cases c
    where c.id in (
        select unnest(named)
        union all select x.case_id from public.case_contacts x where x.id = any (named)
        union all select x.case_id from public.case_members x where x.id = any (named)
        union all select x.case_id from public.case_medications x where x.id = any (named)
        union all select x.case_id from public.case_devices x where x.id = any (named)
        union all select x.case_id from public.case_plan_codes x where x.id = any (named)
        union all select x.case_id from public.visit_series x where x.id = any (named)
        union all select x.case_id from public.visits x where x.id = any (named)
        union all select x.case_id from public.visit_records x where x.id = any (named)
        union all select x.case_id from public.measurements x where x.id = any (named)
        union all select x.case_id from public.emergencies x where x.id = any (named)
        union all select x.case_id from public.tasks x where x.id = any (named)
        union all select x.case_id from public.task_series x where x.id = any (named)
        union all select x.case_id from public.questions x where x.id = any (named)
        union all select x.case_id from public.messages x where x.id = any (named)
        union all select x.case_id from public.case_consents x where x.id = any (named)
        union all select x.case_id from public.attachments x where x.id = any (named)
        union all select x.case_id from public.record_history x where x.id = any (named))
      and (
        exists (select from public.case_members m where m.case_id = c.id and m.user_id = me)
        or exists (
          select from public.memberships s
          where s.user_id = me and s.role = 'supervisor'
            and s.org_id in (select c.org_id union all select h.from_org_id from private.handovers h where h.case_id = c.id and h.accepted_at is not null)))
    limit 1);
end
$$;

-- Whether the caller had a part in the case that this speaks of, and has none any more.
create function private.has_left(args jsonb) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  of_case constant uuid := private.case_spoken_of(args);
begin
  return of_case is not null and private.my_role(of_case) is null;
end
$$;

create function private.note_refused() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  of_case constant uuid := private.case_spoken_of(new.args);
begin
  if of_case is null then
    return null;
  end if;
  -- Of what somebody cannot mend by themselves those who answer for the case are told, once until they have dealt with it.
  if new.code = 'access_ended' and not exists (
    select from private.refused_work r join private.sync_mutations m on m.mid = r.mid
    where r.case_id = of_case and r.settled_at is null and m.user_id = new.user_id and m.code = 'access_ended'
  ) then
    perform private.notify(array(select private.responsible_for(of_case)), 'work_refused', of_case, 'cases', of_case, null,
      jsonb_build_object('author_name', private.name_of(new.user_id, of_case)));
  end if;
  insert into private.refused_work (mid, case_id) values (new.mid, of_case);
  return null;
end
$$;
create trigger note_refused after insert on private.sync_mutations for each row
  when (new.verdict in ('rejected', 'blocked') and new.name not in ('message.read', 'notice.read', 'record.see')) execute function private.note_refused();

-- What was refused has been sent again and done.
create function private.settle_sent_again() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update private.refused_work r set settled_at = now(), settled_by = m.user_id, outcome = 'sent_again'
  from private.sync_mutations m
  where m.mid = old.mid and r.mid = old.mid and r.settled_at is null;
  return null;
end
$$;
create trigger settle_sent_again after delete on private.sync_debts for each row execute function private.settle_sent_again();

-- What waits for me in the cases that I supervise, newest first.
create function public.refused_work() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.signed_in();
  return coalesce((
    select jsonb_agg(jsonb_build_object(
      'mid', w.mid, 'case_id', w.case_id, 'case_name', w.case_name, 'author_name', private.name_of(w.user_id, w.case_id), 'name', w.name,
      'args', w.args, 'code', w.code, 'at', private.iso(coalesce(w.device_at, w.received_at)), 'received_at', private.iso(w.received_at))
      order by w.received_at desc)
    from (
      select m.*, r.case_id, c.name as case_name
      from private.refused_work r
      join private.sync_mutations m on m.mid = r.mid
      join public.cases c on c.id = r.case_id
      where r.settled_at is null and c.org_id in (select private.my_org_ids(array['supervisor']))
      order by m.received_at desc
      limit 200
    ) w), '[]');
end
$$;
comment on function public.refused_work is 'Refused work about the cases that the caller supervises: [{ mid, case_id, case_name, author_name, name, args, code, at, received_at }], at most 200.';

-- The entry, for who supervises its case; locked, so that it is dealt with once.
create function private.open_refused(of_mid uuid) returns private.sync_mutations
language plpgsql volatile security definer set search_path = '' as $$
declare
  entry private.sync_mutations;
begin
  perform 1
  from private.refused_work r join public.cases c on c.id = r.case_id
  where r.mid = of_mid and r.settled_at is null and c.org_id in (select private.my_org_ids(array['supervisor']))
  for update of r;
  if not found then
    perform private.fail(404, 'not_found');
  end if;
  select * into entry from private.sync_mutations m where m.mid = of_mid;
  return entry;
end
$$;

create function private.settle_refused_as(of_mid uuid, how text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.open_refused(of_mid);
  update private.refused_work r set settled_at = now(), settled_by = auth.uid(), outcome = how where r.mid = of_mid;
end
$$;

-- Takes refused work over: it is done as the caller, under the caller's own rights, with the time at which it was first done. Or says
-- that there is nothing to be done about it. The ledger keeps whose work it was; the audit names it by the same `mid`.
create function public.settle_refused(request jsonb) returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
declare
  entry record;
  outcome jsonb;
begin
  perform private.signed_in();
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  select o.name, o.args, o.device_at, o.received_at, o.offset_ms, o.base, o.mid into entry
  from private.open_refused((request ->> 'mid')::uuid) o;
  if coalesce((request ->> 'take_over')::boolean, false) then
    perform set_config('connect10.batch', 'on', true);
    perform private.lock_for_batch(jsonb_build_array(jsonb_build_object('name', entry.name, 'args', entry.args)));
    perform set_config('connect10.mid', entry.mid::text, true);
    outcome := private.apply_mutation(entry.name, entry.args, coalesce(entry.device_at, entry.received_at), entry.offset_ms, entry.base);
    perform private.lock_people();
    perform private.close_batch();
    perform private.settle_refused_as(entry.mid, 'taken_over');
  else
    perform private.settle_refused_as(entry.mid, 'settled');
  end if;
  return jsonb_build_object('verdict', coalesce(outcome ->> 'verdict', 'ok'));
end
$$;
comment on function public.settle_refused is 'request { mid, take_over } → { verdict }. Refuses as the mutation itself would be refused.';

-- Hand-overs ----------------------------------------------------------------------------------------------------------------

-- The hand-over behind a token, or the reason why it is none any more.
create function private.open_handover(token text) returns private.handovers
language plpgsql volatile security definer set search_path = '' as $$
declare
  handover private.handovers;
begin
  select * into handover from private.handovers h where h.token_hash = private.token_hash(token) for update;
  if handover.id is null then
    perform private.fail(404, 'handover_unknown');
  elsif handover.accepted_at is not null then
    perform private.fail(410, 'handover_used');
  elsif handover.revoked_at is not null or not exists (
    select from public.cases c join public.memberships m on m.org_id = c.org_id
    where c.id = handover.case_id and c.org_id = handover.from_org_id
      and m.user_id = handover.created_by and m.role = 'supervisor' and m.ended_at is null
  ) then
    perform private.fail(410, 'handover_revoked');
  elsif handover.expires_at < now() then
    perform private.fail(410, 'handover_expired');
  end if;
  return handover;
end
$$;

-- A supervisor of the organisation that holds the case offers it to whoever is given the link.
create function public.create_handover(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  of_case uuid;
  of_org uuid;
  token text;
  handover private.handovers;
begin
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  of_case := request ->> 'case_id';
  select c.org_id into of_org from public.cases c where c.id = of_case;
  if private.my_role(of_case) is distinct from 'supervisor' then
    perform private.deny();
  end if;
  -- As an invitation's: 244 random bits, told once.
  token := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  insert into private.handovers (case_id, from_org_id, token_hash, created_by, expires_at)
  values (of_case, of_org, private.token_hash(token), caller, now() + interval '7 days')
  returning * into handover;
  return jsonb_build_object('id', handover.id, 'token', token, 'expires_at', private.iso(handover.expires_at));
end
$$;
comment on function public.create_handover is 'request { case_id } → { id, token, expires_at }.';

-- Offers of a case that are still open.
create function public.open_handovers(of_case uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.signed_in();
  if private.my_role(of_case) is distinct from 'supervisor' then
    perform private.deny();
  end if;
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', h.id, 'author_name', private.name_of(h.created_by, of_case), 'created_at', private.iso(h.created_at),
      'expires_at', private.iso(h.expires_at)) order by h.created_at desc)
    from private.handovers h
    where h.case_id = of_case and h.accepted_at is null and h.revoked_at is null and h.expires_at > now()), '[]');
end
$$;
comment on function public.open_handovers is 'Of a case that the caller supervises: [{ id, author_name, created_at, expires_at }].';

create function public.revoke_handover(id uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.signed_in();
  update private.handovers h set revoked_at = now()
  where h.id = revoke_handover.id and h.accepted_at is null and h.revoked_at is null
    and private.my_role(h.case_id) = 'supervisor';
  if not found then
    perform private.fail(404, 'not_found');
  end if;
end
$$;

-- Only for supervisors: the link may have gone astray, and it names a care recipient.
create function public.preview_handover(token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  handover private.handovers;
begin
  perform private.signed_in();
  if not exists (select from private.my_org_ids(array['supervisor'])) then
    perform private.deny();
  end if;
  handover := private.open_handover(token);
  return jsonb_build_object(
    'case_name', (select c.name from public.cases c where c.id = handover.case_id),
    'from_org_id', handover.from_org_id,
    'from_org_name', (select o.name from public.organizations o where o.id = handover.from_org_id),
    'author_name', private.name_of(handover.created_by, handover.case_id),
    'expires_at', private.iso(handover.expires_at));
end
$$;
comment on function public.preview_handover is '{ case_name, from_org_id, from_org_name, author_name, expires_at }, for supervisors.';

create function public.accept_handover(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  token text;
  to_org uuid;
  handover private.handovers;
begin
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  token := request ->> 'token';
  to_org := request ->> 'org_id';
  if to_org is null or not to_org in (select private.my_org_ids(array['supervisor'])) then
    perform private.deny();
  end if;
  -- Heads before anything else, as everywhere.
  perform private.lock_heads(array(
    select b.id from private.handovers h join private.buckets b on b.case_id = h.case_id where h.token_hash = private.token_hash(token)));
  handover := private.open_handover(token);
  if handover.from_org_id = to_org then
    perform private.fail(409, 'same_organization');
  end if;
  update private.handovers h set to_org_id = to_org, accepted_by = caller, accepted_at = now() where h.id = handover.id;
  perform private.move_case(handover.case_id, handover.from_org_id, to_org);
  return jsonb_build_object('case_id', handover.case_id);
end
$$;
comment on function public.accept_handover is 'request { token, org_id } → { case_id }. Refuses with handover_unknown, _used, _revoked, _expired, same_organization.';

-- From now on another organisation answers for the case. Its rows keep who wrote them, and for whom.
-- The caller holds the locks of its heads.
create function private.move_case(of_case uuid, from_org uuid, to_org uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  moved_name constant text := (select c.name from public.cases c where c.id = of_case);
  from_name constant text := (select o.name from public.organizations o where o.id = from_org);
  to_name constant text := (select o.name from public.organizations o where o.id = to_org);
  knew constant uuid[] := array(
    select m.user_id from public.case_members m where m.case_id = of_case and m.ended_at is null
    union select m.user_id from public.memberships m where m.org_id = from_org and m.role = 'supervisor' and m.ended_at is null);
begin
  update private.buckets b set org_id = to_org where b.case_id = of_case;
  update public.cases c set org_id = to_org where c.id = of_case;
  -- Who was there for the leaving organisation leaves; family stays, and whoever is there for another one.
  perform set_config('connect10.reason', 'case_moved', true);
  update public.case_members m set ended_at = now()
  where m.case_id = of_case and m.ended_at is null and m.role <> 'family'
    and exists (select from public.memberships e where e.user_id = m.user_id and e.org_id = from_org and e.ended_at is null)
    and not exists (select from public.memberships e where e.user_id = m.user_id and e.org_id = to_org and e.ended_at is null);
  perform set_config('connect10.reason', '', true);
  -- Nobody comes in any more by a link that the leaving organisation gave away.
  update public.invitations i set revoked_at = now() where i.case_id = of_case and i.accepted_at is null and i.revoked_at is null;
  update private.handovers h set revoked_at = now() where h.case_id = of_case and h.accepted_at is null and h.revoked_at is null;
  insert into public.record_history (id, case_id, table_name, row_id, field, kept, other, kind, author_name, created_by, recorded_at)
  values (gen_random_uuid(), of_case, 'cases', of_case, 'organization', to_jsonb(to_name), to_jsonb(from_name), 'overwritten',
    private.name_of(caller, of_case), caller, now());
  insert into public.audit_log (actor, session_id, org_id, case_id, table_name, row_id, operation, changed)
  select caller, private.claimed_session(), o, of_case, 'cases', of_case, 'hand_over', array['org_id'] from unnest(array[from_org, to_org]) o;
  perform private.notify(
    array_remove(knew || array(select private.responsible_for(of_case)), caller), 'case_moved', of_case, 'cases', of_case, null,
    jsonb_build_object('case_name', moved_name, 'from', from_name, 'to', to_name));
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.was_done_in_time(uuid, timestamptz), private.has_left(jsonb), private.open_refused(uuid), private.settle_refused_as(uuid, text)
to authenticated;
revoke execute on function
  public.refused_work(), public.settle_refused(jsonb), public.create_handover(jsonb), public.open_handovers(uuid), public.revoke_handover(uuid),
  public.preview_handover(text), public.accept_handover(jsonb)
from public, anon;
grant execute on function
  public.refused_work(), public.settle_refused(jsonb), public.create_handover(jsonb), public.open_handovers(uuid), public.revoke_handover(uuid),
  public.preview_handover(text), public.accept_handover(jsonb)
to authenticated;
