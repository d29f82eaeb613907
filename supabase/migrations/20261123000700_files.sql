-- What attachments carry beside photos: the state of a wound, papers of a case, and pictures of an emergency report. All three are rows of
-- the same table with the same bytes beside them (20261122001700_photos.sql). Why so: docs/decisions/019-wounds-papers-and-reports.md.

-- { label?, length_mm?, width_mm?, depth_mm?, category?, tissue?, exudate?, odour? }: what is known of a wound on the day of its picture.
-- Words are codes of src/lib/domain/wounds.ts; a code that this release does not know is kept.
create function private.is_wound_state(given jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  key text;
  value jsonb;
begin
  if jsonb_typeof(given) is distinct from 'object' then
    return false;
  end if;
  for key, value in select * from jsonb_each(given) loop
    if key = 'label' then
      if jsonb_typeof(value) <> 'string' or length(btrim(value #>> '{}')) not between 1 and 30 then
        return false;
      end if;
    elsif key in ('length_mm', 'width_mm', 'depth_mm') then
      if jsonb_typeof(value) <> 'number' or (value #>> '{}') !~ '^\d{1,3}$' or (value #>> '{}')::integer not between 1 and 500 then
        return false;
      end if;
    elsif key in ('category', 'tissue', 'exudate', 'odour') then
      if jsonb_typeof(value) <> 'string' or (value #>> '{}') !~ '^[a-z_]{2,30}$' then
        return false;
      end if;
    else
      return false;
    end if;
  end loop;
  return true;
end
$$;
revoke execute on function private.is_wound_state(jsonb) from public, anon;
grant execute on function private.is_wound_state(jsonb) to authenticated;

alter table public.attachments
  add column wound jsonb,
  add column document_kind text,
  add column emergency_id uuid references public.emergencies (id),
  alter column width drop not null,
  alter column height drop not null,
  alter column thumb_size drop not null,
  alter column thumb_sha256 drop not null,
  drop constraint attachments_kind_check,
  drop constraint attachments_mime_check,
  drop constraint attachments_byte_size_check,
  drop constraint attachments_audience_check,
  add constraint attachments_kind_check check (kind in ('photo', 'wound', 'document')),
  add constraint attachments_mime_check check (mime = 'image/jpeg' or (mime = 'application/pdf' and kind = 'document')),
  add constraint attachments_byte_size_check
    check (byte_size between 1 and case when kind = 'document' then 5000000 else 1000000 end),
  add constraint attachments_audience_check
    check (audience in ('circle', 'staff') or (audience = 'restricted' and emergency_id is not null)),
  add constraint attachments_picture_has_pixels check (
    case when mime = 'application/pdf' then num_nonnulls(width, height, thumb_size, thumb_sha256) = 0
    else num_nulls(width, height, thumb_size, thumb_sha256) = 0 end),
  add constraint attachments_state_of_a_wound check (wound is null or (kind = 'wound' and private.is_wound_state(wound))),
  add constraint attachments_document_has_a_kind check (
    (kind = 'document') = (document_kind is not null) and document_kind ~ '^[a-z_]{2,30}$'),
  add constraint attachments_document_has_a_title check (kind <> 'document' or length(btrim(caption)) between 1 and 200),
  -- A paper belongs to the person, not to a visit or a report.
  add constraint attachments_document_stands_alone check (kind <> 'document' or num_nonnulls(visit_id, emergency_id) = 0);
comment on column public.attachments.wound is 'Of wounds: { label, length_mm, width_mm, depth_mm, category, tissue, exudate, odour }, each left out when it was not said.';
comment on column public.attachments.document_kind is 'Of papers: care_plan, prescription, discharge, contract, other … (src/lib/domain/documents.ts); caption is their title.';
comment on column public.attachments.emergency_id is 'The report that the picture belongs to; then it is seen by no more people than that, and in a restricted one it bears no author.';
create index attachments_emergency on public.attachments (emergency_id);

-- sync() and history() carry the new columns, too.
select private.make_readable();
