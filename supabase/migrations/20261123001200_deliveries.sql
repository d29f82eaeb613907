-- Deliveries: what is to be sent to which phone, until a push service has it, and what became of it. The engine (src/lib/server/notifier)
-- asks for what is due and says how it went; several may do so at once, and any of them may die at any moment.

create table private.push_subscriptions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  -- The app on one phone; it has one subscription.
  client_id uuid not null,
  endpoint text not null unique check (length(endpoint) <= 1000),
  p256dh text not null check (p256dh ~ '^[A-Za-z0-9_-]{80,100}$'),
  auth text not null check (auth ~ '^[A-Za-z0-9_-]{20,30}$'),
  -- The server's key that it was made with: after a change of keys nothing reaches it.
  vapid_key text not null,
  made_at timestamptz not null default now()
);
comment on table private.push_subscriptions is 'Where a phone of a person can be told something while the app is closed.';
create index push_subscriptions_user on private.push_subscriptions (user_id);

create table private.deliveries (
  id uuid primary key default gen_random_uuid(),
  -- The phone says by it that it has shown it: whoever holds it may say that, and nothing else.
  token uuid not null unique default gen_random_uuid(),
  kind text not null check (kind in ('emergency', 'test', 'notice')),
  -- Of a notice: what sort of thing it says (private.notice_group), or 'digest'.
  about text,
  subject_id uuid not null,
  severity text,
  receipt_id uuid references public.emergency_receipts (id),
  user_id uuid not null,
  channel text not null check (channel in ('push', 'second')),
  subscription_id uuid references private.push_subscriptions (id) on delete set null,
  state text not null default 'queued' check (state in ('queued', 'accepted', 'shown', 'opened', 'failed', 'dropped')),
  reason text,
  due_at timestamptz not null default now(),
  expires_at timestamptz not null,
  leased_until timestamptz,
  attempts integer not null default 0,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
comment on table private.deliveries is 'One attempt to reach one phone, or one telephone number, sent again until it is taken or has expired.';
create index deliveries_due on private.deliveries (due_at) where state = 'queued';
create index deliveries_subject on private.deliveries (subject_id);
create index deliveries_receipt on private.deliveries (receipt_id);
create index deliveries_subscription on private.deliveries (subscription_id);

create table private.engine (
  only_row boolean primary key default true check (only_row),
  ticked_at timestamptz,
  second_channel boolean not null default false,
  -- Beside those of the browsers' makers: for tests, and for a push service of one's own.
  push_hosts text[] not null default '{}',
  -- Made by the first server that starts, kept for good: another one means that every phone has to subscribe anew.
  vapid_public text,
  vapid_private text
);
comment on table private.engine is 'When the engine last ticked, and what it has.';
insert into private.engine default values;

create function private.phone_of(person uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(
    (select m.phone from public.memberships m where m.user_id = person and m.ended_at is null and m.deleted_at is null and m.phone is not null limit 1),
    (select p.phone from public.profiles p where p.id = person));
end
$$;

-- From the emergency --------------------------------------------------------------------------------------------------------

create function private.queue_deliveries(emergency public.emergencies, of_step integer, until timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into private.deliveries (kind, subject_id, severity, receipt_id, user_id, channel, subscription_id, expires_at)
  select 'emergency', emergency.id, emergency.severity, r.id, r.user_id, r.channel, s.id, until
  from public.emergency_receipts r
  left join private.push_subscriptions s on r.channel = 'push' and s.user_id = r.user_id
  where r.emergency_id = emergency.id and r.step = of_step and r.state = 'queued';
end
$$;

-- @param person whose; null: everybody's
create function private.drop_deliveries(of_subject uuid, person uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update private.deliveries d set state = 'dropped', changed_at = now()
  where d.subject_id = of_subject and d.state = 'queued' and (person is null or d.user_id = person);
end
$$;

-- The next step says it to all whom it concerns; what an earlier one has not got through would only say it twice. It is not taken back
-- from those whom the next step leaves out.
create function private.supersede_deliveries(emergency uuid, next_people uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update private.deliveries d set state = 'dropped', changed_at = now()
  where d.subject_id = emergency and d.state = 'queued' and d.user_id = any (next_people);
  update public.emergency_receipts r set state = 'dropped', reason = 'told_again', failed_at = now()
  where r.emergency_id = supersede_deliveries.emergency and r.state = 'queued' and r.user_id = any (next_people);
end
$$;

-- The receipts of these deliveries get as far as the furthest of them; failed when none is left that may still arrive. The caller
-- holds the heads of the receipts' buckets (private.lock_receipts).
create function private.follow_deliveries(ids uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.emergency_receipts r set
    state = n.state,
    reason = case when n.state = 'failed' then n.reason end,
    accepted_at = case when n.state = 'accepted' then now() else r.accepted_at end,
    shown_at = case when n.state = 'shown' then now() else r.shown_at end,
    opened_at = case when n.state = 'opened' then now() else r.opened_at end,
    failed_at = case when n.state = 'failed' then now() else r.failed_at end
  from (
    select d.receipt_id,
      case when bool_or(d.state = 'opened') then 'opened' when bool_or(d.state = 'shown') then 'shown'
        when bool_or(d.state = 'accepted') then 'accepted' when bool_or(d.state = 'queued') then 'queued' else 'failed' end as state,
      max(d.reason) as reason
    from private.deliveries d
    where d.receipt_id in (select x.receipt_id from private.deliveries x where x.id = any (ids))
    group by d.receipt_id) n
  where r.id = n.receipt_id and private.further(r.state, n.state);
end
$$;

-- An answer holds the head while it drops deliveries: whoever would hold a delivery first, and then want the head, might wait for ever.
create function private.lock_receipts(ids uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_heads(array(
    select distinct r.bucket_id from private.deliveries d join public.emergency_receipts r on r.id = d.receipt_id where d.id = any (ids)));
end
$$;

-- The engine ----------------------------------------------------------------------------------------------------------------

-- The clock was set back: what was due in five minutes is still due in five minutes. Set forward, it is due at once: early is safe.
create function private.follow_clock() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  back interval;
begin
  -- Two servers that tick at once: the second sees the first one's time.
  select e.ticked_at - now() into back from private.engine e for update;
  if back > interval '5 seconds' then
    update private.alarms a set next_at = a.next_at - back, started_at = a.started_at - back where a.state = 'ringing';
    update private.deliveries d set due_at = d.due_at - back, expires_at = d.expires_at - back, leased_until = d.leased_until - back
    where d.state = 'queued';
  end if;
  update private.engine e set ticked_at = now();
end
$$;

-- What nobody took in time. @returns how many
create function private.expire_deliveries(at_most integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  late constant uuid[] := array(
    select d.id from private.deliveries d where d.state = 'queued' and d.expires_at <= now() order by d.due_at limit at_most);
begin
  if late = '{}' then
    return 0;
  end if;
  perform private.lock_receipts(late);
  update private.deliveries d set state = 'failed', reason = coalesce(d.reason, 'unreachable'), changed_at = now()
  where d.id = any (late) and d.state = 'queued';
  perform private.follow_deliveries(late);
  return cardinality(late);
end
$$;

-- For a while nobody else gets these; when the lease ends with nothing said, whoever asks next does.
create function private.claim_due(at_most integer, lease interval) returns setof private.deliveries
language plpgsql volatile security definer set search_path = '' as $$
begin
  return query
    with due as (
      select d.id from private.deliveries d
      where d.state = 'queued' and d.due_at <= now() and d.expires_at > now() and (d.leased_until is null or d.leased_until <= now())
      -- Red before yellow, and whom nobody has tried yet before whom somebody has.
      order by array_position(array['red', 'orange', 'yellow'], d.severity) nulls last, d.attempts, d.due_at
      limit at_most for update skip locked)
    update private.deliveries d set leased_until = now() + lease, attempts = d.attempts + 1 from due where d.id = due.id returning d.*;
end
$$;

-- What the round does beside ringing. That it fails holds up no alarm. @returns what failed, and how; null when nothing did
create function private.try_job(job text) returns text
language plpgsql volatile security definer set search_path = '' as $$
begin
  execute format('select private.%s', job);
  return null;
exception when others then
  return job || ' ' || sqlstate;
end
$$;

-- Expired ones first: they wait for heads, which nobody may do who holds some already; ringing takes only heads that are free.
create function private.engine_tick(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  at_most constant integer := least(greatest(coalesce((request ->> 'limit')::integer, 50), 0), 200);
  lease constant interval := make_interval(secs => least(greatest(coalesce((request ->> 'lease_s')::integer, 60), 1), 600));
  failed text[];
  rung integer;
begin
  perform private.follow_clock();
  failed := array[private.try_job('expire_deliveries(50)'), private.try_job('queue_digests()')];
  rung := private.ring_due(50, (select e.second_channel from private.engine e));
  failed := failed || private.try_job('expire_tasks(50)') || private.try_job('make_rule_tasks(50)')
    || private.try_job('make_series_tasks(50)') || private.try_job('hand_over_questions(50)');
  return jsonb_build_object(
    'rung', rung,
    'failed', to_jsonb(array_remove(failed, null)),
    'deliveries', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', d.id, 'token', d.token, 'kind', d.kind, 'about', d.about, 'subject', d.subject_id, 'severity', d.severity, 'user', d.user_id,
        'channel', d.channel, 'attempts', d.attempts, 'ttl_s', greatest(60, extract(epoch from d.expires_at - now())::integer),
        'soft', private.comes_softly(d), 'locale', (select p.locale from public.profiles p where p.id = d.user_id),
        'phone', case when d.channel = 'second' then private.phone_of(d.user_id) end,
        'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth)), '[]')
      from private.claim_due(at_most, lease) d
      left join private.push_subscriptions s on s.id = d.subscription_id));
end
$$;

-- { results: [{ id, outcome, retry_s? }] }: accepted | gone (404, 410: the subscription goes, and what else waited for it) |
-- refused (401, 403: kept, and shown to the supervisors) | failed (it will never be taken) | retry (after retry_s).
create function private.engine_settle(request jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  results constant jsonb := coalesce(request -> 'results', '[]');
  named uuid[] := array(select (r ->> 'id')::uuid from jsonb_array_elements(results) r);
  gone constant uuid[] := array(
    select d.subscription_id from jsonb_array_elements(results) r join private.deliveries d on d.id = (r ->> 'id')::uuid
    where r ->> 'outcome' = 'gone' and d.subscription_id is not null);
begin
  named := named || array(select d.id from private.deliveries d where d.subscription_id = any (gone) and d.state = 'queued');
  perform private.lock_receipts(named);
  update private.deliveries d set
    state = case r.value ->> 'outcome' when 'accepted' then 'accepted' when 'retry' then 'queued' else 'failed' end,
    reason = case r.value ->> 'outcome' when 'accepted' then null when 'gone' then 'gone' when 'refused' then 'refused' else 'unreachable' end,
    due_at = case when r.value ->> 'outcome' = 'retry'
      then now() + make_interval(secs => least(greatest((r.value ->> 'retry_s')::double precision, 1), 3600)) else d.due_at end,
    leased_until = null, changed_at = now()
  from jsonb_array_elements(results) r
  -- Shown already, or dropped because somebody answered while it was under way: that stands.
  where d.id = (r.value ->> 'id')::uuid and d.state = 'queued';
  update private.deliveries d set state = 'failed', reason = 'gone', changed_at = now()
  where d.subscription_id = any (gone) and d.state = 'queued';
  delete from private.push_subscriptions s where s.id = any (gone);
  perform private.follow_deliveries(named);
end
$$;

-- Keys that the first one brought are kept. @returns the pair that counts
create function private.engine_start(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  update private.engine e set
    vapid_public = coalesce(e.vapid_public, request ->> 'public'),
    vapid_private = coalesce(e.vapid_private, request ->> 'private'),
    second_channel = coalesce((request ->> 'second')::boolean, false),
    push_hosts = array(select jsonb_array_elements_text(coalesce(request -> 'hosts', '[]')));
  return (select jsonb_build_object('public', e.vapid_public, 'private', e.vapid_private) from private.engine e);
end
$$;

-- The three doors of the engine, for the secret key alone. One backend grants again what is revoked, so that they look who asks.
create function public.engine_start(request jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if current_user <> 'service_role' then
    perform private.deny();
  end if;
  return private.engine_start(request);
end
$$;

create function public.engine_tick(request jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if current_user <> 'service_role' then
    perform private.deny();
  end if;
  return private.engine_tick(request);
end
$$;

create function public.engine_settle(request jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if current_user <> 'service_role' then
    perform private.deny();
  end if;
  perform private.engine_settle(request);
  return '{}';
end
$$;

-- The phone -----------------------------------------------------------------------------------------------------------------

-- The server fetches addresses that clients name: only those of push services (docs/security.md).
create function private.is_push_service(endpoint text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  host constant text := substring(endpoint from '^https://([a-z0-9.-]+(:[0-9]+)?)/');
begin
  return coalesce(host ~ '^(fcm\.googleapis\.com|updates\.push\.services\.mozilla\.com|web\.push\.apple\.com|[a-z0-9-]+\.notify\.windows\.com)$'
    or host = any ((select e.push_hosts from private.engine e)::text[]), false);
end
$$;

create function public.push_register(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
begin
  if not private.is_push_service(request ->> 'endpoint') then
    perform private.fail(400, 'unknown_push_service');
  end if;
  if request ->> 'key' is distinct from (select e.vapid_public from private.engine e) then
    perform private.fail(409, 'other_key');
  end if;
  delete from private.push_subscriptions s
  where s.client_id = (request ->> 'client')::uuid and s.endpoint <> request ->> 'endpoint' and s.user_id = caller;
  insert into private.push_subscriptions as s (user_id, client_id, endpoint, p256dh, auth, vapid_key)
  values (caller, (request ->> 'client')::uuid, request ->> 'endpoint', request ->> 'p256dh', request ->> 'auth', request ->> 'key')
  -- Whoever signs in on a phone is who is told on it.
  on conflict (endpoint) do update set user_id = excluded.user_id, client_id = excluded.client_id, p256dh = excluded.p256dh,
    auth = excluded.auth, vapid_key = excluded.vapid_key;
  -- More phones than anybody has: the oldest go.
  delete from private.push_subscriptions s
  where s.id in (select o.id from private.push_subscriptions o where o.user_id = caller order by o.made_at desc, o.id offset 10);
  return '{}';
exception when check_violation or invalid_text_representation or not_null_violation then
  perform private.fail(400, 'invalid');
end
$$;
comment on function public.push_register is '{ client, endpoint, p256dh, auth, key } → {}: this phone is told from now on. 400 unknown_push_service, invalid; 409 other_key: subscribe anew with the key of push_check().';

-- Signed in or not, as push_receipt: a worker that the browser has told of its new address has no session at hand. Only that phone and we
-- have the secret of the old address. Whether there was one is not said.
create function public.push_move(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.is_push_service(request ->> 'endpoint') then
    perform private.fail(400, 'unknown_push_service');
  end if;
  update private.push_subscriptions s set endpoint = request ->> 'endpoint', p256dh = request ->> 'p256dh', auth = request ->> 'auth'
  where s.endpoint = request -> 'was' ->> 'endpoint' and s.auth = request -> 'was' ->> 'auth';
  return '{}';
exception when check_violation or not_null_violation or unique_violation then
  perform private.fail(400, 'invalid');
end
$$;
comment on function public.push_move is '{ was: { endpoint, auth }, endpoint, p256dh, auth } → {}: the browser has given this phone another address. 400 unknown_push_service, invalid.';

create function public.push_forget(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from private.push_subscriptions s where s.endpoint = request ->> 'endpoint' and s.user_id = private.signed_in();
  return '{}';
end
$$;

create function public.push_check(request jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  mine constant uuid := (select s.id from private.push_subscriptions s where s.endpoint = request ->> 'endpoint' and s.user_id = caller);
begin
  return (
    select jsonb_build_object('key', e.vapid_public, 'known', mine is not null, 'ticked_at', private.iso(e.ticked_at),
      'asked_at', private.iso(now()), 'second', e.second_channel,
      'last', (
        select jsonb_build_object('kind', d.kind, 'state', d.state, 'reason', d.reason, 'at', private.iso(d.changed_at))
        from private.deliveries d where d.subscription_id = mine and d.state <> 'dropped' order by d.made_at desc limit 1))
    from private.engine e);
end
$$;
comment on function public.push_check is '{ endpoint? } → { key, known, last: { kind, state, reason, at } | null, ticked_at, asked_at, second }: what the server knows of this phone''s notices.';

create function public.push_test(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  mine constant uuid := (select s.id from private.push_subscriptions s where s.endpoint = request ->> 'endpoint' and s.user_id = caller);
  test constant uuid := gen_random_uuid();
begin
  if mine is null then
    perform private.fail(404, 'not_found');
  end if;
  -- Tapped again and again it is one at a time.
  update private.deliveries d set state = 'dropped', changed_at = now() where d.subscription_id = mine and d.kind = 'test' and d.state = 'queued';
  insert into private.deliveries (kind, subject_id, user_id, channel, subscription_id, expires_at)
  values ('test', test, caller, 'push', mine, now() + interval '10 minutes');
  return jsonb_build_object('id', test);
end
$$;

-- Signed in or not: a worker that was woken has no session at hand. The token was sent to this phone alone, encrypted.
create function public.push_receipt(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  found uuid;
begin
  if request ->> 'state' is null or request ->> 'state' not in ('shown', 'opened') or request ->> 'token' !~ '^[0-9a-f-]{36}$' then
    perform private.fail(400, 'invalid');
  end if;
  found := (select d.id from private.deliveries d where d.token = (request ->> 'token')::uuid);
  perform private.lock_receipts(array[found]);
  update private.deliveries d set state = request ->> 'state', reason = null, changed_at = now()
  where d.id = found and private.further(d.state, request ->> 'state');
  perform private.follow_deliveries(array[found]);
  return '{}';
end
$$;

create function public.engine_health() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  orgs constant uuid[] := array(select private.my_org_ids(array['supervisor']));
begin
  if orgs = '{}' then
    perform private.deny();
  end if;
  return (
    select jsonb_build_object(
      -- Both by this clock: a phone's may be wrong.
      'ticked_at', private.iso(e.ticked_at), 'asked_at', private.iso(now()), 'second', e.second_channel,
      'waiting', (select count(*) from private.deliveries d where d.state = 'queued'),
      'oldest_due_at', private.iso((select min(a.next_at) from private.alarms a where a.state = 'ringing')),
      'failed_today', (select count(*) from private.deliveries d where d.state = 'failed' and d.changed_at >= private.today_start()),
      'subscriptions', (
        select count(distinct s.user_id) from private.push_subscriptions s join public.memberships m on m.user_id = s.user_id
        where m.org_id = any (orgs) and m.ended_at is null))
    from private.engine e);
end
$$;
comment on function public.engine_health is 'For supervisors: { ticked_at, asked_at, second, waiting, oldest_due_at, failed_today, subscriptions }. Older than a minute: notices are not going out.';

revoke execute on all functions in schema private from public, anon;
grant execute on function private.engine_start(jsonb), private.engine_tick(jsonb), private.engine_settle(jsonb) to service_role;
revoke execute on function
  public.engine_start(jsonb), public.engine_tick(jsonb), public.engine_settle(jsonb),
  public.push_register(jsonb), public.push_forget(jsonb), public.push_check(jsonb), public.push_test(jsonb), public.push_receipt(jsonb), public.push_move(jsonb),
  public.engine_health()
from public, anon;
grant execute on function public.engine_start(jsonb), public.engine_tick(jsonb), public.engine_settle(jsonb) to service_role;
grant execute on function
  public.push_register(jsonb), public.push_forget(jsonb), public.push_check(jsonb), public.push_test(jsonb), public.engine_health()
to authenticated;
grant execute on function public.push_receipt(jsonb), public.push_move(jsonb) to anon, authenticated;
