-- What stands under a visit record: who signed it, or why nobody did, and what the supervisor says of it. Both are rows of their own that
-- point at one record as it was written; a correction is another record, and what was signed or approved before is not taken for it.
-- Why so, and what a signature here is worth: docs/decisions/014-signatures-and-reviews.md.

-- Signatures ----------------------------------------------------------------------------------------------------------------

create table public.record_signatures (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  record_id uuid not null references public.visit_records (id),
  kind text not null check (kind in ('drawn', 'typed', 'unsigned')),
  signer_name text check (length(btrim(signer_name)) between 1 and 60),
  relation text check (relation in ('self', 'family', 'guardian', 'caregiver', 'other')),
  statement text check (length(btrim(statement)) between 1 and 300),
  strokes text check (length(strokes) <= 8000 and strokes ~ '^(M\d{1,4} \d{1,4}(l-?\d{1,4} -?\d{1,4}( -?\d{1,4} -?\d{1,4})*)?)+$'),
  reason text check (reason ~ '^[a-z_]{2,30}$'),
  note text check (length(note) <= 300),
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
  constraint record_signatures_signed_by_somebody
    check ((kind = 'unsigned') = (signer_name is null) and (kind = 'unsigned') = (relation is null) and (kind = 'unsigned') = (statement is null)),
  constraint record_signatures_drawn_has_strokes check ((kind = 'drawn') = (strokes is not null)),
  constraint record_signatures_unsigned_has_a_reason check ((kind = 'unsigned') = (reason is not null))
);
comment on table public.record_signatures is
  'Append-only. Who signed a visit record, with a finger (strokes: SVG path in a box of 1000 × 500) or by typing their name, and the sentence they agreed to; or that nobody could, and why (src/lib/domain/signatures.ts). Belongs to that record''s text, not to a later correction.';
create index record_signatures_case on public.record_signatures (case_id);
create index record_signatures_record on public.record_signatures (record_id);

create function private.guard_signature() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  signed record;
begin
  select r.case_id, r.created_by, r.audience into signed from public.visit_records r where r.id = new.record_id;
  if signed.case_id is distinct from new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  -- Whoever sees the record sees who signed it, and nobody else.
  new.audience := signed.audience;
  if caller is null then
    return new;
  end if;
  new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  -- It is signed on the phone of who wrote it; who answers for the case may bring a signature in later.
  if signed.created_by is distinct from caller and coalesce(private.my_role(new.case_id), '') not in ('care_manager', 'supervisor') then
    perform private.deny();
  end if;
  return new;
end
$$;
create trigger guard before insert on public.record_signatures for each row execute function private.guard_signature();
create trigger append_only before update or delete on public.record_signatures for each row execute function private.refuse_change();

select private.make_synced('record_signatures', 'case', 'recorded_at');
select private.make_visible('record_signatures', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');

grant insert on public.record_signatures to authenticated;
create policy "Staff of the circle bring signatures in" on public.record_signatures for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
select private.accept_late_work('record_signatures');
create trigger late after insert on public.record_signatures for each row execute function private.notice_late_work();

-- Reviews -------------------------------------------------------------------------------------------------------------------

create table public.record_reviews (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  record_id uuid not null references public.visit_records (id),
  verdict text not null check (verdict in ('approved', 'returned')),
  reason text check (length(btrim(reason)) between 1 and 500),
  author_name text not null,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint record_reviews_returned_with_a_reason check ((verdict = 'returned') = (reason is not null))
);
comment on table public.record_reviews is
  'Append-only, staff only. What a supervisor says of a visit record: approved, or returned to its author with what is to be corrected. Of several the latest stands; a correction is a record of its own and is reviewed by itself.';
create index record_reviews_case on public.record_reviews (case_id);
create index record_reviews_record on public.record_reviews (record_id);

create function private.guard_review() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  reviewed record;
begin
  select r.case_id, r.created_by into reviewed from public.visit_records r where r.id = new.record_id;
  if reviewed.case_id is distinct from new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  if caller is null then
    return new;
  end if;
  new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  -- Nobody approves what they have written themselves.
  if reviewed.created_by = caller then
    perform private.deny();
  end if;
  return new;
end
$$;
create trigger guard before insert on public.record_reviews for each row execute function private.guard_review();
create trigger append_only before update or delete on public.record_reviews for each row execute function private.refuse_change();

select private.make_synced('record_reviews', 'case', 'recorded_at');
select private.make_visible('record_reviews', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();

grant insert on public.record_reviews to authenticated;
create policy "Supervisors review the records of their cases" on public.record_reviews for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['supervisor']))));

-- Who is asked to correct hears of it, and of what is corrected who had asked. Approved needs no notice.
create function private.notice_review() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null and new.verdict = 'returned' then
    perform private.notify(
      array(
        select r.created_by from public.visit_records r
        where r.id = new.record_id and r.created_by in (select private.viewers_of(new.bucket_id))),
      'record_returned', new.case_id, 'visit_records', new.record_id, null,
      jsonb_build_object('author_name', new.author_name, 'visit_id', (select r.visit_id from public.visit_records r where r.id = new.record_id)));
  end if;
  return null;
end
$$;
create trigger notice after insert on public.record_reviews for each row execute function private.notice_review();

create function private.notice_corrected() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.notify(
      array(
        select w.created_by from public.record_reviews w
        where w.record_id = new.corrects_id and w.verdict = 'returned' and w.created_by <> auth.uid()
          and w.created_by in (select private.viewers_of(w.bucket_id))),
      'record_corrected', new.case_id, 'visit_records', new.id, null,
      jsonb_build_object('author_name', new.author_name, 'visit_id', new.visit_id));
  end if;
  return null;
end
$$;
create trigger notice_corrected after insert on public.visit_records for each row when (new.corrects_id is not null) execute function private.notice_corrected();

select private.make_audited(t) from unnest(array['record_signatures', 'record_reviews']) t;

revoke execute on all functions in schema private from public, anon;
