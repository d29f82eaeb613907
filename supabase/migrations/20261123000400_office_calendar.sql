-- The office's calendar: weeks planned as earlier ones.

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

revoke execute on all functions in schema private from public, anon;
grant execute on function private.plan_visit(jsonb, timestamptz, integer) to authenticated;
