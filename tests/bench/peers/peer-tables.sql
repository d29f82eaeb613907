-- Tables of the peers' own, with the columns that their protocols ask for and without those that only ours does. The same wall before
-- the rows as before ours: the caller's circles.
create schema peers;

-- The RxDB documentation sets _modified by a trigger with the time of the transaction; so do the many apps that have updated_at.
create function peers.touch_modified() returns trigger language plpgsql as $$
begin
  new._modified := now();
  return new;
end
$$;
create function peers.touch_updated() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create function peers.my_case_ids() returns setof uuid language sql stable security definer set search_path = '' as $$
  select case_id from public.case_members where user_id = auth.uid() and ended_at is null
$$;

create table public.rx_visits (
  id uuid primary key, case_id uuid not null, worker_id uuid, worker_name text, starts_at timestamptz not null,
  ends_at timestamptz not null, status text not null, note text);
create table public.rx_measurements (
  id uuid primary key, case_id uuid not null, kind text not null, value numeric not null, value2 numeric,
  measured_at timestamptz not null, note text, author_name text not null, recorded_at timestamptz not null);
create table public.rx_messages (
  id uuid primary key, case_id uuid not null, body text not null, author_name text not null, audience text not null,
  recorded_at timestamptz not null);
create table public.naive_visits (like public.rx_visits including all);
create table public.naive_measurements (like public.rx_measurements including all);
create table public.naive_messages (like public.rx_messages including all);

do $$
declare
  t text;
begin
  foreach t in array array['visits', 'measurements', 'messages'] loop
    execute format('alter table public.rx_%1$s add _modified timestamptz not null default now(), add _deleted boolean not null default false', t);
    execute format('create index on public.rx_%1$s (_modified, id)', t);
    execute format('create trigger touch before update on public.rx_%1$s for each row execute function peers.touch_modified()', t);
    execute format('alter table public.naive_%1$s add updated_at timestamptz not null default now()', t);
    execute format('create index on public.naive_%1$s (updated_at)', t);
    execute format('create trigger touch before update on public.naive_%1$s for each row execute function peers.touch_updated()', t);
  end loop;
  foreach t in array array['rx_visits', 'rx_measurements', 'rx_messages', 'naive_visits', 'naive_measurements', 'naive_messages'] loop
    execute format('create index on public.%I (case_id)', t);
    execute format('alter table public.%I enable row level security', t);
    execute format('create policy circle on public.%I to authenticated using (case_id in (select peers.my_case_ids())) with check (case_id in (select peers.my_case_ids()))', t);
    execute format('grant select, insert, update on public.%I to authenticated', t);
  end loop;
end
$$;
grant usage on schema peers to authenticated;
grant execute on function peers.my_case_ids() to authenticated;
