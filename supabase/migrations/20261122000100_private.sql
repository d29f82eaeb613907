-- The private room: what the server keeps for itself. Clients never read or write these tables; helpers with `security definer` do.
-- No table here has row-level security and none is granted to anyone: the embedded backend re-grants every table of a schema that
-- has row-level security, so that a rule resting on REVOKE would not stand there. This schema must not be exposed by the REST API.

create schema if not exists private;
revoke all on schema private from public;
-- Policies call helpers of this schema, so the roles that they are for need to look into it.
grant usage on schema private to authenticated, service_role;

-- Numbers every change of every synced row. Always drawn while the head of the row's bucket is locked, so that within a bucket the
-- order of numbers is the order of commits, and a phone's cursor cannot skip a commit that comes late.
create sequence private.sync_seq as bigint;

create table private.sync_epoch (
  only_row boolean primary key default true check (only_row),
  id uuid not null default gen_random_uuid()
);
comment on table private.sync_epoch is 'Names this history of the database. A new one after each restore makes phones fetch everything again and send again what the backup had not yet.';
insert into private.sync_epoch default values;

create table private.buckets (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('case_circle', 'case_staff', 'case_restricted', 'org', 'org_supervisors', 'org_own', 'user')),
  -- No foreign keys: a bucket is made before its case, organisation or profile is stored, and locked by its row alone.
  case_id uuid,
  org_id uuid,
  user_id uuid,
  owner_id uuid,
  seq bigint not null default nextval('private.sync_seq'),
  -- Heads are locked in this order and then by id, everywhere; two writers can then never wait for each other.
  lock_rank smallint generated always as (
    case when kind like 'case%' then 1 when kind like 'org%' then 2 else 3 end
  ) stored
) with (fillfactor = 50); -- heads move with every write; half-empty pages keep that update in place
comment on table private.buckets is 'The unit of replication and of sight: to see a row is to belong to its bucket. seq is the head: the number of the newest change.';
comment on column private.buckets.org_id is 'Also set for the buckets of a case: the organisation that holds it, whose supervisors see all of them.';
create unique index buckets_case on private.buckets (case_id, kind) where case_id is not null;
comment on column private.buckets.owner_id is 'org_own: the person of the organisation whose rows these are; seen by them while they work there, and by its supervisors. Not user_id, which names the one bucket a person has everywhere.';
create unique index buckets_org on private.buckets (org_id, kind) where case_id is null and org_id is not null and owner_id is null;
create unique index buckets_own on private.buckets (owner_id, org_id) where owner_id is not null;
create unique index buckets_user on private.buckets (user_id) where user_id is not null;
create index buckets_of_org on private.buckets (org_id);

create table private.bucket_days (
  bucket_id integer not null references private.buckets (id),
  day date not null,
  live bigint not null,
  sum numeric not null,
  primary key (bucket_id, day)
) with (fillfactor = 70);
comment on table private.bucket_days is 'How many rows of a bucket are about a Taipei day (infinity: they stand), and the sum of their seq: what sync() says of a window without reading it. Kept under the lock of the bucket''s head; private.recount() makes it anew.';

create table private.sync_tombstones (
  bucket_id integer not null references private.buckets (id),
  seq bigint not null,
  table_name text not null,
  row_id uuid not null,
  primary key (bucket_id, seq)
);
comment on table private.sync_tombstones is 'A row left this bucket: deleted, or moved to another one.';

create table private.sync_clients (
  id uuid primary key,
  user_id uuid not null,
  last_n integer not null default 0,
  turn integer not null default 0,
  app_schema integer not null,
  first_seen_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  wipe_requested_at timestamptz,
  wiped_at timestamptz
);
comment on table private.sync_clients is 'One installation of the app. last_n: the highest mutation number that has a verdict. turn: the number of its latest answer; a phone that has heard a higher one remembers what this database does not.';
create index sync_clients_user on private.sync_clients (user_id);

create table private.sync_mutations (
  client_id uuid not null references private.sync_clients (id),
  n integer not null,
  mid uuid not null unique,
  user_id uuid not null,
  name text not null,
  args jsonb not null,
  base bigint,
  device_at timestamptz,
  offset_ms integer,
  verdict text not null check (verdict in ('ok', 'conflict', 'rejected', 'blocked')),
  code text,
  result jsonb,
  received_at timestamptz not null default now(),
  primary key (client_id, n)
);
comment on table private.sync_mutations is 'The ledger: what every phone asked for, word by word, and what became of it. Refused work is kept here too; nothing typed is dropped.';
create index sync_mutations_user on private.sync_mutations (user_id);

create table private.sync_debts (
  mid uuid not null references private.sync_mutations (mid) on delete cascade,
  row_id uuid not null,
  client_id uuid not null,
  n integer not null,
  primary key (mid, row_id)
);
comment on table private.sync_debts is 'Rows that a refused mutation would have made, until a later one of this phone makes one of them: what needs such a row waits. A table of its own, for it is nearly always empty and asked at each mutation.';
create index sync_debts_client on private.sync_debts (client_id, row_id);
create index sync_debts_row on private.sync_debts (row_id);

-- After a restore from a backup (docs/operations.md): `select private.new_epoch()`.
create function private.new_epoch() returns uuid
language sql volatile security definer set search_path = '' as $$
  update private.sync_epoch set id = gen_random_uuid() returning id
$$;
comment on function private.new_epoch is 'To be called by the operator after every restore. Returns the new epoch.';

-- The Taipei day is where days begin and end; Taiwan has no daylight saving time.
create function private.today_start() returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return date_trunc('day', now() at time zone 'Asia/Taipei') at time zone 'Asia/Taipei';
end
$$;

-- How far back a phone holds rows without being asked to: 90 days.
create function private.window_start() returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return private.today_start() - interval '90 days';
end
$$;

-- The Taipei day that an instant falls on; infinity stays infinity. Inlined: no search_path of its own.
create function private.taipei_day(at timestamptz) returns date
language sql immutable as $$
  select (at at time zone 'Asia/Taipei')::date
$$;

-- A device's clock is a claim. One that is off by more than an offline spell can explain must not hide a row from the window.
create function private.sane_instant(claimed timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return case when claimed between now() - interval '80 days' and now() + interval '1 day' then claimed else now() end;
end
$$;

-- Every id that stands anywhere in a document, once.
create function private.ids_in(document jsonb) returns uuid[]
language plpgsql immutable set search_path = '' as $$
begin
  return array(
    select distinct (v #>> '{}')::uuid from jsonb_path_query(document, '$.**') v
    where jsonb_typeof(v) = 'string' and v #>> '{}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$');
end
$$;

-- Refuses a whole call, with an HTTP status (both backends read SQLSTATE PTxxx so) and a code word as message.
create function private.fail(http_status integer, code text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  raise exception using errcode = 'PT' || http_status, message = code;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function private.fail(integer, text) to authenticated, service_role;
grant execute on function private.today_start(), private.window_start(), private.sane_instant(timestamptz) to authenticated, service_role;
