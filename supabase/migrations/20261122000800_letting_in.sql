-- Letting people, cases and phones in and out, online only: invitations, import of case lists, devices.

-- Invitations ---------------------------------------------------------------------------------------------------------------

create function private.signed_in() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  if auth.uid() is null or not private.session_ok() then
    perform private.fail(401, 'unauthenticated');
  end if;
  return auth.uid();
end
$$;

create function private.token_hash(token text) returns text
language sql immutable set search_path = '' as $$
  select encode(sha256(convert_to(token, 'UTF8')), 'hex')
$$;

-- Supervisors invite staff of every role into their organisation, and people into the circles of its cases. Care managers invite
-- into the circles of their own cases. The token is told once; only its hash stays.
create function public.create_invitation(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  to_case uuid;
  to_org uuid;
  as_role text;
  my_role text;
  token text;
  invitation public.invitations;
begin
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  to_case := request ->> 'case_id';
  as_role := request ->> 'role';
  if to_case is null then
    to_org := request ->> 'org_id';
    my_role := case when to_org in (select private.my_org_ids(array['supervisor'])) then 'supervisor' end;
    if as_role is null or not as_role = any (private.staff_roles()) then
      perform private.fail(400, 'invalid');
    end if;
  else
    -- The invitation belongs to the organisation that holds the case, whoever of its circle makes it.
    select c.org_id into to_org from public.cases c where c.id = to_case;
    my_role := private.my_role(to_case);
    if as_role is null or not (as_role = 'family' or as_role = any (array_remove(private.staff_roles(), 'supervisor'))) then
      perform private.fail(400, 'invalid');
    end if;
  end if;
  if my_role is null or my_role not in ('supervisor', 'care_manager') then
    perform private.deny();
  end if;
  -- 244 random bits from the server's strong source.
  token := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  insert into public.invitations (org_id, case_id, role, display_name, relation, token_hash, expires_at, created_by)
  values (to_org, to_case, as_role, request ->> 'display_name', request ->> 'relation', private.token_hash(token), now() + interval '14 days', caller)
  returning * into invitation;
  return jsonb_build_object('id', invitation.id, 'token', token, 'expires_at', private.iso(invitation.expires_at));
end
$$;
comment on function public.create_invitation is 'request { org_id, case_id?, role, display_name, relation? } → { id, token, expires_at }.';

-- The invitation behind a token, or the reason why it is none any more.
create function private.open_invitation(token text) returns public.invitations
language plpgsql volatile security definer set search_path = '' as $$
declare
  invitation public.invitations;
begin
  select * into invitation from public.invitations i where i.token_hash = private.token_hash(token) for update;
  if invitation.id is null then
    perform private.fail(404, 'invitation_unknown');
  elsif invitation.revoked_at is not null then
    perform private.fail(410, 'invitation_revoked');
  elsif invitation.accepted_at is not null then
    perform private.fail(410, 'invitation_used');
  elsif invitation.expires_at < now() then
    perform private.fail(410, 'invitation_expired');
  end if;
  return invitation;
end
$$;

-- Before somebody has an account: what the link in their hand offers. Whoever holds the token may know; nothing else is told.
create function public.preview_invitation(token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  invitation constant public.invitations := private.open_invitation(token);
begin
  return jsonb_build_object(
    'org_name', (select o.name from public.organizations o where o.id = invitation.org_id),
    'inviter_name', private.name_of(invitation.created_by, invitation.case_id),
    'role', invitation.role,
    'display_name', invitation.display_name,
    'relation', invitation.relation,
    'case_name', (select c.name from public.cases c where c.id = invitation.case_id),
    'expires_at', private.iso(invitation.expires_at));
end
$$;
comment on function public.preview_invitation is 'For who is not signed in yet: { org_name, inviter_name, role, display_name, relation, case_name, expires_at }.';

create function public.accept_invitation(token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
  invitation constant public.invitations := private.open_invitation(token);
  by_supervisor boolean;
begin
  insert into public.profiles (id, display_name, recorded_at) values (caller, invitation.display_name, now())
  on conflict (id) do nothing;
  -- Only a supervisor's invitation makes somebody a member of the organisation; a care manager's opens a circle to who is staff already.
  by_supervisor := exists (
    select from public.memberships m
    where m.user_id = invitation.created_by and m.org_id = invitation.org_id and m.role = 'supervisor' and m.ended_at is null);
  if invitation.role <> 'family' and by_supervisor and not exists (
    select from public.memberships m where m.user_id = caller and m.org_id = invitation.org_id and m.ended_at is null
  ) then
    insert into public.memberships (id, org_id, user_id, role, display_name, recorded_at)
    values (gen_random_uuid(), invitation.org_id, caller, invitation.role, invitation.display_name, now());
  end if;
  if invitation.case_id is not null and not exists (
    select from public.case_members m where m.case_id = invitation.case_id and m.user_id = caller and m.ended_at is null and m.until_at is null
  ) then
    insert into public.case_members (id, case_id, user_id, role, display_name, relation, recorded_at)
    values (gen_random_uuid(), invitation.case_id, caller, invitation.role, invitation.display_name, invitation.relation, now());
  end if;
  update public.invitations set accepted_by = caller, accepted_at = now() where id = invitation.id;
  return jsonb_build_object('org_id', invitation.org_id, 'case_id', invitation.case_id, 'role', invitation.role);
end
$$;
comment on function public.accept_invitation is 'Lets the caller in; refuses with invitation_unknown, _expired, _used or _revoked.';

create function public.revoke_invitation(id uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
begin
  update public.invitations i set revoked_at = now()
  where i.id = revoke_invitation.id and i.accepted_at is null and i.revoked_at is null
    and (i.created_by = caller or i.org_id in (select private.my_org_ids(array['supervisor'])));
  if not found then
    perform private.fail(404, 'not_found');
  end if;
end
$$;

-- Import --------------------------------------------------------------------------------------------------------------------

-- A text that is no day is none; the row that holds it is refused when it is stored.
create function private.day_of(claim text) returns date
language plpgsql immutable set search_path = '' as $$
begin
  return claim::date;
exception when data_exception then
  return null;
end
$$;

create function private.digits_of(phone text) returns text
language sql immutable set search_path = '' as $$
  select nullif(regexp_replace(phone, '[^0-9]', '', 'g'), '')
$$;

create function private.squeezed(address text) returns text
language sql immutable set search_path = '' as $$
  select nullif(replace(regexp_replace(address, '\s', '', 'g'), '台', '臺'), '')
$$;

-- The case of the organisation that seems to be the same person: `known` by ID number, or by name and birthday; `alike` when neither
-- can tell, and name and telephone or address are the same.
create function private.known_person(of_org uuid, person jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  wanted_id constant text := person ->> 'nationalId';
  wanted_day constant date := private.day_of(person ->> 'bornOn');
begin
  if not of_org in (select private.my_org_ids(array['care_manager', 'supervisor'])) then
    perform private.deny();
  end if;
  return (
    select jsonb_build_object('case_id', f.id, 'result', case when f.certain then 'known' else 'alike' end)
    from (
      select c.id,
        coalesce(d.national_id = wanted_id, false) or coalesce(c.name = person ->> 'name' and c.born_on = wanted_day, false) as certain,
        c.name = person ->> 'name' and coalesce(d.national_id, wanted_id) is not distinct from coalesce(wanted_id, d.national_id)
          and coalesce(c.born_on, wanted_day) is not distinct from coalesce(wanted_day, c.born_on)
          and (private.digits_of(c.phone) = private.digits_of(person ->> 'phone')
            or private.squeezed(c.address) = private.squeezed(person ->> 'address')) as alike
      from public.cases c left join public.case_staff_details d on d.case_id = c.id
      where c.org_id = of_org and (c.name = person ->> 'name' or d.national_id = wanted_id)
    ) f
    where f.certain or f.alike
    order by f.certain desc
    limit 1);
end
$$;

create function private.note_import(of_org uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.audit_log (actor, session_id, org_id, table_name, operation)
  values (auth.uid(), private.claimed_session(), of_org, 'cases', 'import');
end
$$;

-- Stores people of a list, with what staff note of them and whom to call.
create function private.store_cases(to_org uuid, list jsonb) returns void
language plpgsql volatile security invoker set search_path = '' as $$
begin
  insert into public.cases (
    id, org_id, name, sex, born_on, cms_level, phone, address, village, living_situation, conditions, allergies, admitted_on, note, recorded_at)
  select
    (l ->> 'id')::uuid, to_org, v ->> 'name', v ->> 'sex', (v ->> 'bornOn')::date, (v ->> 'cmsLevel')::smallint, v ->> 'phone', v ->> 'address',
    v ->> 'village', v ->> 'livingSituation', private.texts(v -> 'conditions'), private.texts(v -> 'allergies'), (v ->> 'admittedOn')::date,
    v ->> 'note', now()
  from jsonb_array_elements(list) l cross join lateral (select l -> 'value') x (v);

  -- Also of who has no ID number in the list: what staff note later needs the row.
  insert into public.case_staff_details (id, case_id, national_id, recorded_at)
  select (l ->> 'id')::uuid, (l ->> 'id')::uuid, l -> 'value' ->> 'nationalId', now() from jsonb_array_elements(list) l;

  insert into public.case_contacts (id, case_id, name, relation, phone, is_primary, recorded_at)
  select gen_random_uuid(), (l ->> 'id')::uuid, c.value ->> 'name', c.value ->> 'relation', c.value ->> 'phone', c.nr = 1, now()
  from jsonb_array_elements(list) l
  cross join lateral jsonb_array_elements(coalesce(nullif(l -> 'value' -> 'contacts', 'null'), '[]')) with ordinality c (value, nr);
end
$$;

-- Tries each row by itself and takes it back: { row: column } of those that the database refuses, column null where it cannot be told.
create function private.refused_rows(to_org uuid, list jsonb) returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
declare
  item jsonb;
  refused jsonb := '{}';
  broken_rule text;
  empty_column text;
begin
  for item in select l from jsonb_array_elements(list) l loop
    begin
      perform private.store_cases(to_org, jsonb_build_array(item));
      raise exception using errcode = 'PT200', message = 'only_tried';
    exception
      when sqlstate 'PT200' then null;
      when data_exception or integrity_constraint_violation then
        get stacked diagnostics broken_rule = constraint_name, empty_column = column_name;
        refused := refused || jsonb_build_object(item ->> 'row',
          coalesce(nullif(empty_column, ''), substring(broken_rule from '^cases_(.+)_check$')));
    end;
  end loop;
  return refused;
end
$$;

-- Brings in a list of cases (src/lib/intake/imported-case.ts), all or nothing. A row that the database refuses is named, with the
-- column that is wrong. People who are there already are named, and nothing is imported unless `skip_known` says to leave them out.
create function public.import_cases(request jsonb) returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
declare
  to_org uuid;
  list jsonb;
  fresh jsonb;
  known integer;
  refused jsonb := '{}';
  done boolean := false;
begin
  perform private.signed_in();
  if jsonb_typeof(request) = 'string' then
    request := (request #>> '{}')::jsonb;
  end if;
  to_org := request ->> 'org_id';
  if jsonb_typeof(request -> 'rows') is distinct from 'array' then
    perform private.fail(400, 'bad_request');
  end if;
  if not exists (select from private.my_org_ids(array['care_manager', 'supervisor']) o where o = to_org) then
    perform private.deny();
  end if;
  select coalesce(jsonb_agg(jsonb_build_object('row', r.nr - 1, 'value', r.value, 'id', gen_random_uuid()) || coalesce(k.found, '{}') order by r.nr), '[]'),
    count(k.found)
  into list, known
  from jsonb_array_elements(request -> 'rows') with ordinality r (value, nr)
  cross join lateral (select private.known_person(to_org, r.value) offset 0) k (found);

  fresh := coalesce((select jsonb_agg(l) from jsonb_array_elements(list) l where not l ? 'result'), '[]');

  if known = 0 or coalesce((request ->> 'skip_known')::boolean, false) then
    begin
      perform private.store_cases(to_org, fresh);
      done := true;
    exception when data_exception or integrity_constraint_violation then
      refused := private.refused_rows(to_org, fresh);
      if refused = '{}' then
        raise; -- each row by itself is right, so it is none of them
      end if;
    end;
  end if;
  if done then
    perform private.note_import(to_org);
  end if;
  return jsonb_build_object('imported', case when done then jsonb_array_length(fresh) else 0 end, 'rows', (
    select coalesce(jsonb_agg(jsonb_build_object('row', l -> 'row',
      'result', case
        when l ? 'result' then l ->> 'result'
        when done then 'imported'
        when refused ? (l ->> 'row') then 'refused'
        else 'not_imported' end,
      'column', refused -> (l ->> 'row'),
      'case_id', case when l ? 'result' then l -> 'case_id' when done then l -> 'id' end) order by (l ->> 'row')::integer), '[]')
    from jsonb_array_elements(list) l));
end
$$;
comment on function public.import_cases is 'request { org_id, rows: ImportedCase[], skip_known? } → { imported, rows: [{ row, result: imported | known | alike | refused | not_imported, column, case_id }] }; row counts from 0.';

create function private.texts(list jsonb) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(e.value order by e.nr), '{}') from jsonb_array_elements_text(coalesce(nullif(list, 'null'), '[]')) with ordinality e (value, nr)
$$;

-- Devices -------------------------------------------------------------------------------------------------------------------

create function public.my_devices() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
begin
  return coalesce((
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'client_id', c.id, 'first_seen_at', private.iso(c.first_seen_at), 'seen_at', private.iso(c.seen_at),
      'wipe_requested_at', private.iso(c.wipe_requested_at), 'wiped_at', private.iso(c.wiped_at))) order by c.seen_at desc)
    from private.sync_clients c where c.user_id = caller), '[]');
end
$$;
comment on function public.my_devices is 'The installations on which the caller has used the app: [{ client_id, first_seen_at, seen_at, wipe_requested_at?, wiped_at? }].';

-- A lost phone: at its next contact it is told to take everything off. Its person may ask for that, and a supervisor of theirs.
create function public.request_wipe(client_id uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
begin
  update private.sync_clients c set wipe_requested_at = now(), wiped_at = null
  where c.id = request_wipe.client_id
    and (c.user_id = caller or exists (
      select from public.memberships m
      where m.user_id = c.user_id and m.ended_at is null and m.org_id in (select private.my_org_ids(array['supervisor']))));
  if not found then
    perform private.fail(404, 'not_found');
  end if;
end
$$;

-- The phone says that it has done so.
create function public.confirm_wipe(client_id uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := private.signed_in();
begin
  update private.sync_clients c set wiped_at = now()
  where c.id = confirm_wipe.client_id and c.user_id = caller and c.wipe_requested_at is not null;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function private.signed_in(), private.known_person(uuid, jsonb), private.store_cases(uuid, jsonb), private.refused_rows(uuid, jsonb), private.note_import(uuid),
  private.texts(jsonb), private.day_of(text) to authenticated;
revoke execute on function
  public.create_invitation(jsonb), public.preview_invitation(text), public.accept_invitation(text), public.revoke_invitation(uuid),
  public.import_cases(jsonb), public.my_devices(), public.request_wipe(uuid), public.confirm_wipe(uuid)
from public, anon;
grant execute on function
  public.create_invitation(jsonb), public.preview_invitation(text), public.accept_invitation(text), public.revoke_invitation(uuid),
  public.import_cases(jsonb), public.my_devices(), public.request_wipe(uuid), public.confirm_wipe(uuid)
to authenticated;
grant execute on function public.preview_invitation(text) to anon;
