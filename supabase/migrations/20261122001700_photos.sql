-- Photos: taken only with a written consent on record (長期照顧服務法 §43), announced as rows that every phone of the circle gets, with
-- their bytes in pieces beside them. Why the bytes are in a table of ours: docs/decisions/012-photos.md.

-- Consents ------------------------------------------------------------------------------------------------------------------

create table public.case_consents (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  kind text not null default 'photo' check (kind = 'photo'),
  given_by text not null check (btrim(given_by) <> ''),
  relation text not null check (relation in ('self', 'family', 'guardian')),
  how text not null check (how in ('paper', 'typed')),
  given_on date not null,
  withdrawn_at timestamptz,
  withdrawn_by_name text,
  author_name text not null,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.case_consents is
  'Who allowed what in writing for a person in care, on which day. Append-only but for one step: withdrawn_at, from when on it holds no more. how: a paper that the agency keeps, or a name typed here.';
create index case_consents_case on public.case_consents (case_id);

create function private.guard_consent() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if tg_op = 'INSERT' then
    if caller is not null then
      new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
      new.withdrawn_at := null;
      new.withdrawn_by_name := null;
      -- Tomorrow is a clock that is ahead; later is a mistake.
      if new.given_on > private.taipei_day(now()) + 1 then
        perform private.refuse('invalid');
      end if;
    end if;
    return new;
  end if;
  if not private.changed_columns(to_jsonb(old), to_jsonb(new)) <@ array['withdrawn_at', 'withdrawn_by_name', 'seq', 'relevant_at']
    or (old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at) then
    raise insufficient_privilege using message = 'append_only', hint = 'Withdraw this consent and record another.';
  end if;
  if caller is not null and old.withdrawn_at is null and new.withdrawn_at is not null then
    new.withdrawn_at := private.sane_instant(new.withdrawn_at);
  end if;
  new.withdrawn_by_name := case
    when old.withdrawn_at is not null then old.withdrawn_by_name
    when new.withdrawn_at is null then null
    when caller is null then new.withdrawn_by_name
    else private.name_of(caller, new.case_id) end;
  return new;
end
$$;
create trigger guard before insert or update on public.case_consents for each row execute function private.guard_consent();
create trigger append_only before delete on public.case_consents for each row execute function private.refuse_change();

select private.make_synced('case_consents', 'case', 'standing');
select private.make_visible('case_consents', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');

grant insert, update on public.case_consents to authenticated;
create policy "Staff of the circle record consents" on public.case_consents for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
select private.accept_late_work('case_consents');
create policy "Staff of the circle record that a consent is withdrawn" on public.case_consents for update to authenticated
  using (case_id = any (array(select private.my_case_ids(private.staff_roles()))))
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
create trigger late after insert on public.case_consents for each row execute function private.notice_late_work();
select private.make_audited('case_consents');

-- Withdrawn already is withdrawn: another phone said so first, and the earlier day stands.
create function private.withdraw_consent(consent uuid, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if not exists (select from public.case_consents c where c.id = consent and c.withdrawn_at is not null) then
    perform private.update_row('case_consents', consent, jsonb_build_object('withdrawn_at', at));
  end if;
end
$$;

-- Attachments ---------------------------------------------------------------------------------------------------------------

create table public.attachments (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  visit_id uuid references public.visits (id),
  kind text not null check (kind in ('photo', 'wound')),
  body_site text check (body_site ~ '^[a-z_]{2,40}$'),
  caption text,
  mime text not null check (mime = 'image/jpeg'),
  width integer not null check (width between 1 and 4096),
  height integer not null check (height between 1 and 4096),
  byte_size integer not null check (byte_size between 1 and 1000000),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  thumb_size integer not null check (thumb_size between 1 and 60000),
  thumb_sha256 text not null check (thumb_sha256 ~ '^[0-9a-f]{64}$'),
  taken_at timestamptz not null,
  stored_at timestamptz,
  removed_at timestamptz,
  removed_by_name text,
  removal_reason text,
  author_name text not null,
  audience text not null default 'circle' check (audience in ('circle', 'staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint attachments_wound_has_a_site check ((kind = 'wound') = (body_site is not null)),
  constraint attachments_removed_with_a_reason check ((removed_at is null) = (removal_reason is null) and btrim(removal_reason) <> '')
);
comment on table public.attachments is
  'What a picture is and says, without its bytes (private.attachment_pieces). Never altered: stored_at is set when the server has all bytes and they match; removed_at hides it from everybody and keeps it, as the law asks.';
create index attachments_case on public.attachments (case_id, taken_at);
create index attachments_visit on public.attachments (visit_id);

create table private.attachment_pieces (
  attachment_id uuid not null references public.attachments (id) on delete cascade,
  variant text not null check (variant in ('thumb', 'full')),
  start integer not null check (start >= 0),
  bytes bytea not null,
  primary key (attachment_id, variant, start)
);
comment on table private.attachment_pieces is 'The bytes of attachments, in the order of start, without gaps. JPEG does not compress again.';
alter table private.attachment_pieces alter column bytes set storage external;

-- Whether the caller may add a picture to a report: who sees it, and who made it.
create function private.may_add_to(report uuid, audience text, of_case uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return audience <> 'restricted'
    or exists (select from public.emergency_reporters r where r.emergency_id = report and r.reporter_id = auth.uid())
    or exists (
      select from private.buckets b
      where b.case_id = of_case and b.kind = 'case_restricted' and b.id in (select private.my_buckets()));
end
$$;

-- A picture of a report is seen by no more people than the report; in a restricted one its author stays unknown, as the reporter does.
create function private.narrow_to_report(picture public.attachments) returns public.attachments
language plpgsql stable security definer set search_path = '' as $$
declare
  report record;
begin
  select e.case_id, e.audience into report from public.emergencies e where e.id = picture.emergency_id;
  if report.case_id is distinct from picture.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if auth.uid() is not null and not private.may_add_to(picture.emergency_id, report.audience, picture.case_id) then
    perform private.deny();
  end if;
  -- Some are enough to understand it, and each of them waits for the line.
  if (
    select count(*) from public.attachments a
    where a.emergency_id = picture.emergency_id and a.id <> picture.id and a.removed_at is null
  ) >= 3 then
    perform private.refuse('too_many');
  end if;
  picture.audience := case
    when report.audience = 'circle' and picture.audience = 'staff' then 'staff'
    else report.audience end;
  if picture.audience = 'restricted' then
    picture.author_name := '';
  end if;
  return picture;
end
$$;

create function private.guard_attachment() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  changed text[];
begin
  if tg_op = 'INSERT' then
    if caller is not null then
      new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
      new.removed_at := null;
      new.removed_by_name := null;
      new.removal_reason := null;
    end if;
    -- Only the pieces make it stored.
    new.stored_at := null;
    if new.visit_id is not null and not exists (select from public.visits v where v.id = new.visit_id and v.case_id = new.case_id) then
      raise foreign_key_violation using message = 'missing_reference';
    end if;
    if new.emergency_id is not null then
      new := private.narrow_to_report(new);
    elsif num_nonnulls(new.message_id, new.task_id) > 0 then
      new := private.narrow_to_words(new);
    end if;
    -- The law speaks of pictures of the person, not of papers or of what staff say. One that was withdrawn since held when the picture was taken.
    if new.kind not in ('document', 'voice') and not exists (
      select from public.case_consents c
      where c.case_id = new.case_id and c.kind = 'photo' and c.deleted_at is null
        and (c.withdrawn_at is null or c.withdrawn_at > private.sane_instant(new.taken_at))
    ) then
      perform private.refuse('no_consent');
    end if;
    return new;
  end if;
  changed := array(
    select unnest(private.changed_columns(to_jsonb(old), to_jsonb(new))) except select unnest(array['seq', 'relevant_at']));
  if changed <@ array['stored_at'] and current_setting('connect10.storing', true) = new.id::text then
    return new;
  end if;
  if not changed <@ array['removed_at', 'removed_by_name', 'removal_reason'] or (old.removed_at is not null and changed <> '{}') then
    raise insufficient_privilege using message = 'append_only', hint = 'Remove this one with a reason and add another.';
  end if;
  if caller is not null and changed <> '{}' then
    if old.created_by is distinct from caller and coalesce(private.my_role(new.case_id), '') not in ('care_manager', 'supervisor') then
      perform private.deny();
    end if;
    new.removed_at := private.sane_instant(new.removed_at);
    new.removed_by_name := private.name_of(caller, new.case_id);
  end if;
  return new;
end
$$;
create trigger guard before insert or update on public.attachments for each row execute function private.guard_attachment();
create trigger append_only before delete on public.attachments for each row execute function private.refuse_change();

select private.make_synced('attachments', 'case', 'recorded_at');
select private.make_visible('attachments', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

grant insert, update on public.attachments to authenticated;
create policy "Staff of the circle add pictures" on public.attachments for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
select private.accept_late_work('attachments');
create policy "Staff of the circle remove pictures" on public.attachments for update to authenticated
  -- Of a restricted report only those who see it: an update that asks for no row is not held to what may be read.
  using (case_id = any (array(select private.my_case_ids(private.staff_roles()))) and bucket_id = any (array(select private.my_buckets())))
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
-- Of a picture in a restricted report nobody hears who does not see it.
create trigger late after insert on public.attachments for each row when (new.audience <> 'restricted') execute function private.notice_late_work();
select private.make_audited('attachments');

create function private.remove_attachment(args jsonb, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
declare
  attachment constant uuid := args ->> 'id';
begin
  if coalesce(btrim(args ->> 'reason'), '') = '' then
    perform private.refuse('reason_required');
  end if;
  if not exists (select from public.attachments a where a.id = attachment and a.removed_at is not null) then
    perform private.update_row('attachments', attachment, jsonb_build_object('removed_at', at, 'removal_reason', btrim(args ->> 'reason')));
  end if;
end
$$;

-- Bytes ---------------------------------------------------------------------------------------------------------------------

create function private.bytes_of(of_attachment uuid, of_variant text) returns bytea
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select string_agg(p.bytes, '' order by p.start) from private.attachment_pieces p
    where p.attachment_id = of_attachment and p.variant = of_variant);
end
$$;

create function private.size_of(of_attachment uuid, of_variant text) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select coalesce(sum(octet_length(p.bytes)), 0) from private.attachment_pieces p
    where p.attachment_id = of_attachment and p.variant = of_variant);
end
$$;

-- A paper is opened by what the phone has for it, outside of the app, and a voice note by its player: both must be what their row says.
create function private.begins_as(kind text, mime text, variant text, at_byte integer, given bytea) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return kind not in ('document', 'voice') or at_byte > 0 or case
    when kind = 'voice' and variant <> 'full' then false
    when mime = 'audio/webm' then substr(given, 1, 4) = '\x1a45dfa3'::bytea -- EBML
    when mime = 'audio/mp4' then substr(given, 5, 4) = '\x66747970'::bytea -- ftyp
    when variant = 'full' and mime = 'application/pdf' then substr(given, 1, 5) = '\x255044462d'::bytea -- %PDF-
    else substr(given, 1, 3) = '\xffd8ff'::bytea end;
end
$$;

-- Takes the next piece. What the server has already, it does not take twice, so a piece may come any number of times and from any phone
-- that holds the picture: what counts is that the whole matches what was announced. Whoever announced it may send its bytes also when
-- they have left the case since.
create function private.store_piece(of_attachment uuid, of_variant text, at_byte integer, given bytea) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  picture record;
  has integer;
  wanted integer;
  announced text;
  is_broken boolean := false;
begin
  -- Not the row's lock: who finishes a picture takes the head of its bucket next, and a batch takes the two in the other order.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(of_attachment::text, 0));
  select a.id, a.case_id, a.bucket_id, a.kind, a.mime, a.byte_size, a.sha256, coalesce(a.thumb_size, 0) as thumb_size, a.thumb_sha256,
    a.stored_at, private.is_mine('attachments', a.id) as is_mine into picture
  from public.attachments a where a.id = of_attachment;
  if picture.id is null or not (
    coalesce(picture.is_mine, false)
    or (picture.bucket_id in (select private.my_buckets()) and picture.case_id in (select private.my_case_ids(private.staff_roles())))
  ) then
    perform private.fail(404, 'not_found');
  end if;
  if given is not null and picture.stored_at is null then
    has := private.size_of(of_attachment, of_variant);
    wanted := case of_variant when 'thumb' then picture.thumb_size else picture.byte_size end;
    announced := case of_variant when 'thumb' then picture.thumb_sha256 else picture.sha256 end;
    if octet_length(given) not between 1 and 65536 or at_byte + octet_length(given) > wanted
      or not private.begins_as(picture.kind, picture.mime, of_variant, at_byte, given) then
      perform private.fail(400, 'invalid');
    end if;
    if at_byte = has then
      insert into private.attachment_pieces (attachment_id, variant, start, bytes) values (of_attachment, of_variant, at_byte, given);
      if has + octet_length(given) = wanted
        and encode(sha256(private.bytes_of(of_attachment, of_variant)), 'hex') <> announced then
        is_broken := true;
        delete from private.attachment_pieces p where p.attachment_id = of_attachment and p.variant = of_variant;
      end if;
    end if;
    if private.size_of(of_attachment, 'thumb') = picture.thumb_size and private.size_of(of_attachment, 'full') = picture.byte_size then
      perform set_config('connect10.storing', of_attachment::text, true);
      update public.attachments set stored_at = now() where id = of_attachment;
      perform set_config('connect10.storing', '', true);
      picture.stored_at := now();
    end if;
  end if;
  return jsonb_build_object('thumb', private.size_of(of_attachment, 'thumb'), 'full', private.size_of(of_attachment, 'full'),
    'stored', picture.stored_at is not null, 'broken', is_broken);
end
$$;

-- request { id, variant: thumb|full, start, bytes: base64 } → { thumb, full: bytes that the server has, stored, broken }; without bytes
-- it only asks. Pieces may have 64 KiB at most.
create function public.store_piece(request jsonb) returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
begin
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  if (select auth.uid()) is null or not private.session_ok() then
    perform private.fail(401, 'unauthenticated');
  end if;
  if coalesce(request ->> 'variant', '') not in ('thumb', 'full') or (request ->> 'id') is null then
    perform private.fail(400, 'bad_request');
  end if;
  return private.store_piece(
    (request ->> 'id')::uuid, request ->> 'variant', coalesce((request ->> 'start')::integer, 0), decode(request ->> 'bytes', 'base64'));
end
$$;

-- Some pieces on from `start`, for whoever sees the row and while it is not removed; null when the server has none there.
create function private.read_pieces(of_attachment uuid, of_variant text, at_byte integer) returns bytea
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (
    select from public.attachments a
    where a.id = of_attachment and a.removed_at is null and a.bucket_id in (select private.my_buckets())
  ) then
    perform private.fail(404, 'not_found');
  end if;
  return (
    select string_agg(f.bytes, '' order by f.start)
    from (
      select p.start, p.bytes from private.attachment_pieces p
      where p.attachment_id = of_attachment and p.variant = of_variant and p.start >= at_byte
      order by p.start limit 3) f);
end
$$;

-- request { id, variant, start } → { bytes: base64 or null }
create function public.read_pieces(request jsonb) returns jsonb
language plpgsql stable security invoker set search_path = '' as $$
begin
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  if (select auth.uid()) is null or not private.session_ok() then
    perform private.fail(401, 'unauthenticated');
  end if;
  if coalesce(request ->> 'variant', '') not in ('thumb', 'full') or (request ->> 'id') is null then
    perform private.fail(400, 'bad_request');
  end if;
  return jsonb_build_object('bytes', translate(encode(
    private.read_pieces((request ->> 'id')::uuid, request ->> 'variant', coalesce((request ->> 'start')::integer, 0)), 'base64'), E'\n', ''));
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.withdraw_consent(uuid, timestamptz), private.remove_attachment(jsonb, timestamptz),
  private.store_piece(uuid, text, integer, bytea), private.read_pieces(uuid, text, integer)
to authenticated;
revoke execute on function public.store_piece(jsonb), public.read_pieces(jsonb) from public, anon;
grant execute on function public.store_piece(jsonb), public.read_pieces(jsonb) to authenticated;
