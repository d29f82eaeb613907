-- What a thread keeps at hand: staff pin a message of the circle's or their own thread, and take it down again. Rows are added, never
-- altered; the newest of a message counts. Why so: docs/decisions/034-pinned-messages.md.

create table public.message_pins (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  message_id uuid not null references public.messages (id),
  pinned boolean not null,
  said_by text not null default '',
  said_at timestamptz,
  excerpt text not null default '' check (length(excerpt) <= 500),
  author_name text not null,
  audience text not null default 'staff' check (audience in ('circle', 'staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.message_pins is 'Append-only. pinned = false takes down what was pinned; of each message the newest row counts. At most five messages of a thread are pinned.';
comment on column public.message_pins.said_by is 'Of the message, as said_at and excerpt are: on a phone it may be older than what the phone holds of the thread.';
create index message_pins_case on public.message_pins (case_id, audience);
create index message_pins_message on public.message_pins (message_id);

create function private.guard_message_pin() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  message record;
  others integer;
begin
  select m.case_id, m.audience, m.bucket_id, m.author_name, m.recorded_at, m.body into message
  from public.messages m where m.id = new.message_id;
  if message.case_id is null or message.case_id <> new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  new.audience := message.audience;
  new.said_by := message.author_name;
  new.said_at := message.recorded_at;
  new.excerpt := left(message.body, 500);
  if caller is not null then
    new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  end if;
  if new.pinned then
    -- Two phones that pin at the same time stand in line here, as any two writers of a thread do.
    perform private.lock_heads(array[message.bucket_id]);
    select count(*) into others
    from (
      select distinct on (p.message_id) p.message_id, p.pinned from public.message_pins p
      where p.case_id = new.case_id and p.audience = new.audience order by p.message_id, p.seq desc) latest
    where latest.pinned and latest.message_id <> new.message_id;
    if others >= 5 then
      perform private.refuse('too_many_pins');
    end if;
  end if;
  return new;
end
$$;
create trigger guard before insert on public.message_pins for each row execute function private.guard_message_pin();
create trigger append_only before update or delete on public.message_pins for each row execute function private.refuse_change();

select private.make_synced('message_pins', 'case', 'standing');
select private.make_visible('message_pins', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
select private.make_audited('message_pins');

grant insert on public.message_pins to authenticated;
create policy "Staff of the circle keep messages at hand" on public.message_pins for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));

revoke execute on all functions in schema private from public, anon;
