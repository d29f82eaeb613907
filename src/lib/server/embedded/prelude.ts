/**
 * What a Supabase database has before the first migration, and plain Postgres or PGlite has not.
 *
 * It lets the files of `supabase/migrations` run unchanged on both. It is idempotent and runs at
 * every start. The `auth` tables come from `@supabase/lite`; only the helper functions are here.
 */
export const PRELUDE_SQL = `
do $$
begin
	if not exists (select from pg_roles where rolname = 'anon') then
		create role anon nologin noinherit;
	end if;
	if not exists (select from pg_roles where rolname = 'authenticated') then
		create role authenticated nologin noinherit;
	end if;
	if not exists (select from pg_roles where rolname = 'service_role') then
		create role service_role nologin noinherit bypassrls;
	end if;
end
$$;

create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;

create schema if not exists auth;
create or replace function auth.uid() returns uuid language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim.sub', true), ''),
		nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
	)::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim.role', true), ''),
		nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
	)
$$;
create or replace function auth.email() returns text language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim.email', true), ''),
		nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
	)
$$;
create or replace function auth.jwt() returns jsonb language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim', true), ''),
		nullif(current_setting('request.jwt.claims', true), ''),
		'{}'
	)::jsonb
$$;

-- Realtime: the table whose policies decide who may join a topic, as on Supabase. Nothing is
-- stored in it here; send() hands the message to the server of this process through NOTIFY.
create schema if not exists realtime;
create table if not exists realtime.messages (
	topic text not null,
	extension text not null,
	payload jsonb,
	event text,
	private boolean default false,
	updated_at timestamp not null default now(),
	inserted_at timestamp not null default now(),
	id uuid not null default gen_random_uuid(),
	primary key (id, inserted_at)
);
alter table realtime.messages enable row level security;
create or replace function realtime.topic() returns text language sql stable as $$
	select nullif(current_setting('realtime.topic', true), '')
$$;
create or replace function realtime.send(
	payload jsonb, event text, topic text, private boolean default true
) returns void language plpgsql as $$
begin
	perform pg_notify(
		'realtime_broadcast',
		json_build_object('topic', topic, 'event', event, 'payload', payload)::text
	);
exception when others then
	-- As on Supabase: a message that cannot be sent never fails the write that caused it.
	raise warning 'realtime.send: %', sqlerrm;
end
$$;

grant usage on schema public, auth, extensions, realtime to anon, authenticated, service_role;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;
grant all on all tables in schema auth to service_role;

-- Supabase grants everything new in public to its three roles. A migration that means otherwise
-- has to revoke it; to leave this out here would hide a missing revoke.
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
`;
