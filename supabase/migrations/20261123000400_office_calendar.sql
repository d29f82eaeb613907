-- The office's calendar: weeks planned as earlier ones, and days on which offices are closed or open otherwise than the weekday says.

-- A visit that two planners make from the same week or series, each on a phone without signal, has the same id
-- (src/lib/domain/repeat-visits.ts). Whose phone comes second has nothing to do: the visit stands as the first one planned it, and as
-- it was changed since.
create function private.plan_visit(given jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (
    select from public.visits v where v.id = (given ->> 'id')::uuid and v.case_id = (given ->> 'case_id')::uuid
  ) and private.my_role((given ->> 'case_id')::uuid) in ('nurse', 'care_manager', 'supervisor') then
    return;
  end if;
  perform private.insert_row('visits', given, at, offset_ms);
end
$$;

-- Days ----------------------------------------------------------------------------------------------------------------------

create table public.office_days (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  day date not null check (day between '2000-01-01' and '2199-12-31'),
  kind text not null check (kind in ('holiday', 'workday', 'none')),
  name text check (length(name) <= 60),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint office_days_once_a_day unique (org_id, day)
);
comment on table public.office_days is
  'A day of the office''s calendar that is otherwise than its weekday says: a holiday, a make-up working day; none: as any other again. Says, never forbids.';

create function private.guard_office_day() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.org_id <> old.org_id or new.day <> old.day then
    raise insufficient_privilege using message = 'immutable', hint = 'Another day is a row of its own.';
  end if;
  return new;
end
$$;
create trigger guard before update on public.office_days for each row execute function private.guard_office_day();
create trigger append_only before delete on public.office_days for each row execute function private.refuse_change();
select private.make_audited('office_days');

select private.make_synced('office_days', 'org', 'standing');
select private.make_visible('office_days', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

grant insert, update on public.office_days to authenticated;
create policy "Supervisors keep the calendar of their organisation" on public.office_days for insert to authenticated
  with check (org_id = any (array(select private.my_org_ids(array['supervisor']))));
create policy "Supervisors change the calendar of their organisation" on public.office_days for update to authenticated
  using (org_id = any (array(select private.my_org_ids(array['supervisor']))))
  with check (org_id = any (array(select private.my_org_ids(array['supervisor']))));

-- Two supervisors import the same calendar, each without signal: the day has one id (src/lib/domain/office-days.ts), and the later word stands.
create function private.set_office_day(given jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from public.office_days d where d.id = (given ->> 'id')::uuid) then
    perform private.update_row('office_days', (given ->> 'id')::uuid, jsonb_build_object(
      'org_id', given -> 'org_id', 'day', given -> 'day', 'kind', given -> 'kind', 'name', given -> 'name'));
  else
    perform private.insert_row('office_days', given, at, offset_ms);
  end if;
end
$$;

-- The visits of one person, for the calendar of their own phone -----------------------------------------------------------------

create table private.calendar_feeds (
  user_id uuid primary key references public.profiles (id),
  token_hash text not null unique,
  made_at timestamptz not null default now(),
  read_at timestamptz,
  -- A calendar asks once an hour or so; many more is somebody who hammers.
  reads integer not null default 0,
  reads_from timestamptz not null default now()
);
comment on table private.calendar_feeds is
  'One secret address a person, of their own visits. Only the hash of its secret is kept, so it is told once; making another ends the first.';

create function public.my_calendar_feed(act text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  token text;
begin
  if act = 'make' then
    -- 244 random bits from the server's strong source.
    token := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    insert into private.calendar_feeds as f (user_id, token_hash) values (caller, private.token_hash(token))
    on conflict (user_id) do update set token_hash = excluded.token_hash, made_at = now(), read_at = null, reads = 0;
  elsif act = 'revoke' then
    delete from private.calendar_feeds f where f.user_id = caller;
  elsif act is distinct from 'look' then
    perform private.fail(400, 'invalid');
  end if;
  return (
    select jsonb_build_object('token', token, 'made_at', private.iso(f.made_at), 'read_at', private.iso(f.read_at))
    from private.calendar_feeds f where f.user_id = caller);
end
$$;
comment on function public.my_calendar_feed is
  'act look, make or revoke → { token?, made_at, read_at }, or null without an address. The token is told when it is made, and never again.';

-- For whoever holds the secret, signed in or not: no name, no address, no code of a service. Only visits of circles in which the person
-- stands now; who has left sees none.
create function public.calendar_feed(token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  feed private.calendar_feeds;
begin
  select * into feed from private.calendar_feeds f where f.token_hash = private.token_hash(token) for update;
  if feed.user_id is null then
    perform private.fail(404, 'feed_unknown');
  end if;
  if feed.reads_from < now() - interval '1 hour' then
    feed.reads := 0;
    feed.reads_from := now();
  elsif feed.reads >= 60 then
    perform private.fail(429, 'rate_limited');
  end if;
  update private.calendar_feeds f set read_at = now(), reads = feed.reads + 1, reads_from = feed.reads_from where f.user_id = feed.user_id;
  return jsonb_build_object(
    'locale', (select p.locale from public.profiles p where p.id = feed.user_id),
    'visits', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', v.id, 'starts_at', private.iso(v.starts_at), 'ends_at', private.iso(v.ends_at), 'status', v.status, 'seq', v.seq,
        'village', v.village, 'services', v.services) order by v.starts_at), '[]')
      from (
        select v.id, v.starts_at, v.ends_at, v.status, v.seq, c.village, cardinality(v.planned_codes) as services
        from public.visits v join public.cases c on c.id = v.case_id
        where v.worker_id = feed.user_id and v.deleted_at is null
          and v.starts_at between now() - interval '7 days' and now() + interval '60 days'
          and private.works_in(feed.user_id, v.case_id)
        order by v.starts_at limit 500) v));
end
$$;
comment on function public.calendar_feed is 'token → { locale, visits: [{ id, starts_at, ends_at, status, seq, village, services }] }; at most 60 times an hour.';
revoke execute on function public.my_calendar_feed(text), public.calendar_feed(text) from public, anon;
grant execute on function public.my_calendar_feed(text), public.calendar_feed(text) to authenticated;
grant execute on function public.calendar_feed(text) to anon;

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.plan_visit(jsonb, timestamptz, integer), private.set_office_day(jsonb, timestamptz, integer)
to authenticated;
