-- Who sees what. To see a row is to belong to its bucket: one read policy for every synced table, in the shape that is evaluated
-- once a statement, and a restrictive policy beside it that stops a revoked session at once.

-- Who am I ------------------------------------------------------------------------------------------------------------------

-- False when the sign-in behind this token was ended: signed out elsewhere, revoked, or past its time. A token without a
-- session_id is not bound to a sign-in (service tokens; tests).
create function private.session_ok() returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  claim constant text := auth.jwt() ->> 'session_id';
begin
  if claim is null then
    return true;
  end if;
  if claim !~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then
    return false;
  end if;
  return exists (
    select from auth.sessions s
    where s.id = claim::uuid and s.user_id = auth.uid() and (s.not_after is null or s.not_after > now())
  );
end
$$;

-- Organisations in which I have one of these roles.
create function private.my_org_ids(roles text[]) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
begin
  return query
    select m.org_id from public.memberships m
    where m.user_id = me and m.ended_at is null and m.deleted_at is null and m.role = any (roles);
end
$$;

-- Cases towards which I have one of these roles: in their circle, or as supervisor of the organisation that holds them. Staff
-- whose last membership has ended have no role any more, in whichever circle they still stand.
create function private.my_case_ids(roles text[]) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
  employed constant boolean := exists (
    select from public.memberships m where m.user_id = me and m.ended_at is null and m.deleted_at is null);
begin
  return query
    select cm.case_id from public.case_members cm
    where cm.user_id = me and cm.ended_at is null and cm.deleted_at is null and (cm.until_at is null or cm.until_at > now())
      and cm.role = any (roles)
      and (employed or cm.role = 'family');
  if 'supervisor' = any (roles) then
    return query
      select c.id from public.cases c
      where c.org_id in (
        select m.org_id from public.memberships m
        where m.user_id = me and m.ended_at is null and m.deleted_at is null and m.role = 'supervisor');
  end if;
end
$$;

-- My strongest role towards one case; null when I have none.
create function private.my_role(of_case uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
begin
  if exists (
    select from public.cases c join public.memberships m on m.org_id = c.org_id
    where c.id = of_case and m.user_id = me and m.role = 'supervisor' and m.ended_at is null and m.deleted_at is null
  ) then
    return 'supervisor';
  end if;
  return (
    select cm.role from public.case_members cm
    where cm.case_id = of_case and cm.user_id = me and cm.ended_at is null and cm.deleted_at is null and (cm.until_at is null or cm.until_at > now())
      and (cm.role = 'family' or exists (
        select from public.memberships m where m.user_id = me and m.ended_at is null and m.deleted_at is null))
  );
end
$$;

-- Every role but the family's.
create function private.staff_roles() returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return array['worker', 'nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager', 'supervisor'];
end
$$;

-- The buckets that I belong to.
create function private.my_buckets() returns setof integer
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := auth.uid();
  member_of constant uuid[] := array(
    select m.org_id from public.memberships m where m.user_id = me and m.ended_at is null and m.deleted_at is null);
  supervisor_of constant uuid[] := array(
    select m.org_id from public.memberships m
    where m.user_id = me and m.ended_at is null and m.deleted_at is null and m.role = 'supervisor');
begin
  if me is null then
    return;
  end if;
  return query
    select b.id from private.buckets b where b.user_id = me
    union
    select b.id from private.buckets b where b.org_id = any (member_of) and b.case_id is null and b.kind = 'org'
    union
    select b.id from private.buckets b where b.owner_id = me and b.org_id = any (member_of)
    union
    select b.id from private.buckets b where b.org_id = any (supervisor_of)
    union
    select b.id from public.case_members cm join private.buckets b on b.case_id = cm.case_id
    where cm.user_id = me and cm.ended_at is null and cm.deleted_at is null and (cm.until_at is null or cm.until_at > now())
      and case
        when cm.role = 'family' then b.kind = 'case_circle'
        when member_of = '{}' then false
        when cm.role = 'social_worker' then true
        else b.kind in ('case_circle', 'case_staff')
      end;
end
$$;

-- Whether I may listen to a realtime topic (see topics_of).
create function private.may_join(topic text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  kind constant text := split_part(topic, ':', 1);
  subject uuid;
begin
  if not private.session_ok() or split_part(topic, ':', 2) !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return false;
  end if;
  subject := split_part(topic, ':', 2)::uuid;
  return case kind
    when 'user' then subject = auth.uid()
    when 'org' then subject in (select private.my_org_ids(private.staff_roles()))
    when 'supervise' then subject in (select private.my_org_ids(array['supervisor']))
    when 'staff' then subject in (select private.my_case_ids(private.staff_roles()))
    when 'case' then subject in (select private.my_case_ids(private.staff_roles() || array['family']))
    else false
  end;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.session_ok(), private.my_org_ids(text[]), private.my_case_ids(text[]), private.my_role(uuid), private.staff_roles(),
  private.my_buckets(), private.may_join(text)
to authenticated, service_role;

-- Reading -------------------------------------------------------------------------------------------------------------------

-- What a newly made synced table needs: row-level security, the session policy, the read policy, and no more grants than meant.
create function private.make_visible(of_table text, policy text, readable text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  execute format('alter table public.%I enable row level security', of_table);
  execute format('revoke all on public.%I from anon, authenticated', of_table);
  execute format('grant select on public.%I to authenticated', of_table);
  execute format('grant all on public.%I to service_role', of_table);
  execute format(
    'create policy "A revoked session reaches nothing" on public.%I as restrictive for all to authenticated
       using ((select private.session_ok())) with check ((select private.session_ok()))', of_table);
  execute format('create policy %I on public.%I for select to authenticated using (%s)', policy, of_table, readable);
end
$$;
revoke execute on function private.make_visible(text, text, text) from public, anon;

select private.make_visible(t, 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))')
from unnest(array[
  'organizations', 'profiles', 'memberships', 'cases', 'case_staff_details', 'case_contacts', 'case_members', 'visit_series',
  'visits', 'visit_records', 'measurements', 'emergencies', 'emergency_reporters', 'emergency_actions', 'tasks', 'task_comments',
  'messages', 'message_reads', 'notices', 'record_history'
]) t;
select private.make_visible(t, 'Everyone signed in reads the code tables', 'true')
from unnest(array['service_codes', 'problem_codes', 'incident_types']) t;
select private.make_visible('audit_log', 'Supervisors read the audit of their organisation',
  'org_id = any (array(select private.my_org_ids(array[''supervisor''])))');
select private.make_visible('invitations', 'Supervisors and who made them read invitations',
  'created_by = (select auth.uid()) or org_id = any (array(select private.my_org_ids(array[''supervisor''])))');

-- Writing -------------------------------------------------------------------------------------------------------------------
-- These policies say whose rows may be written at all; which columns and which steps, the rules say (migration 000500).
-- There is no policy for DELETE anywhere, and none to write what only the server makes: profiles, memberships, invitations,
-- notices, reporters, history, audit, emergencies' state and code tables.

grant insert on
  public.cases, public.case_staff_details, public.case_contacts, public.case_members, public.visit_series, public.visits,
  public.visit_records, public.measurements, public.emergencies, public.emergency_actions, public.tasks, public.task_comments,
  public.messages, public.message_reads
to authenticated;
grant update on
  public.organizations, public.profiles, public.memberships, public.cases, public.case_staff_details, public.case_contacts,
  public.case_members, public.visit_series, public.visits, public.tasks, public.message_reads, public.notices, public.record_history
to authenticated;

create policy "Supervisors edit their organisation" on public.organizations for update to authenticated
  using (id = any (array(select private.my_org_ids(array['supervisor']))))
  with check (id = any (array(select private.my_org_ids(array['supervisor']))));

create policy "People edit their own profile" on public.profiles for update to authenticated
  using (id = (select auth.uid()))
  with check (id = (select auth.uid()));

create policy "Supervisors edit and end memberships of their organisation" on public.memberships for update to authenticated
  using (org_id = any (array(select private.my_org_ids(array['supervisor']))))
  with check (org_id = any (array(select private.my_org_ids(array['supervisor']))));

create policy "Care managers and supervisors open cases of their organisation" on public.cases for insert to authenticated
  with check (org_id = any (array(select private.my_org_ids(array['care_manager', 'supervisor']))));
create policy "Nurses, care managers and supervisors edit cases" on public.cases for update to authenticated
  using (id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))))
  with check (id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));

create policy "Nurses, care managers and supervisors add staff details" on public.case_staff_details for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));
create policy "Nurses, care managers and supervisors edit staff details" on public.case_staff_details for update to authenticated
  using (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))))
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));

create policy "Staff of the circle add contacts" on public.case_contacts for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));
create policy "Staff of the circle edit contacts" on public.case_contacts for update to authenticated
  using (case_id = any (array(select private.my_case_ids(private.staff_roles()))))
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));

create policy "Care managers and supervisors let people into the circle" on public.case_members for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['care_manager', 'supervisor']))));
create policy "Care managers and supervisors edit and end places in the circle" on public.case_members for update to authenticated
  using (case_id = any (array(select private.my_case_ids(array['care_manager', 'supervisor']))))
  with check (case_id = any (array(select private.my_case_ids(array['care_manager', 'supervisor']))));

create policy "Nurses, care managers and supervisors plan repeating visits" on public.visit_series for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));
create policy "Nurses, care managers and supervisors edit repeating visits" on public.visit_series for update to authenticated
  using (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))))
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));

create policy "Nurses, care managers and supervisors plan visits" on public.visits for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));
create policy "Staff of the circle move visits" on public.visits for update to authenticated
  using (case_id = any (array(select private.my_case_ids(private.staff_roles()))))
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));

create policy "Staff of the circle record visits" on public.visit_records for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));

create policy "Staff of the circle record measurements" on public.measurements for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles()))));

create policy "Everyone in the circle reports emergencies" on public.emergencies for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(private.staff_roles() || array['family']))));

create policy "Staff who see an emergency act on it" on public.emergency_actions for insert to authenticated
  with check (
    case_id = any (array(select private.my_case_ids(private.staff_roles())))
    and bucket_id = any (array(select private.my_buckets()))
  );

create policy "Staff but care workers create tasks" on public.tasks for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager', 'supervisor']))));
create policy "Staff of the circle, and family given a task, move tasks" on public.tasks for update to authenticated
  using (
    case_id = any (array(select private.my_case_ids(private.staff_roles())))
    or (assignee_id = (select auth.uid()) and case_id = any (array(select private.my_case_ids(array['family']))))
  )
  with check (
    case_id = any (array(select private.my_case_ids(private.staff_roles())))
    or (assignee_id = (select auth.uid()) and case_id = any (array(select private.my_case_ids(array['family']))))
  );

create policy "Those who see a task comment on it" on public.task_comments for insert to authenticated
  with check (
    case_id = any (array(select private.my_case_ids(private.staff_roles() || array['family'])))
    and bucket_id = any (array(select private.my_buckets()))
  );

create policy "Those who see a thread write in it, supervisors announce" on public.messages for insert to authenticated
  with check (
    (case_id is not null and bucket_id = any (array(select private.my_buckets())))
    or (case_id is null and org_id = any (array(select private.my_org_ids(array['supervisor']))))
  );

create policy "People mark how far they have read" on public.message_reads for insert to authenticated
  with check (user_id = (select auth.uid()) and bucket_id = any (array(select private.my_buckets())));
create policy "People move their own read marks" on public.message_reads for update to authenticated
  using (user_id = (select auth.uid()) and bucket_id = any (array(select private.my_buckets())))
  with check (user_id = (select auth.uid()) and bucket_id = any (array(select private.my_buckets())));

create policy "People mark their own notices as read" on public.notices for update to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()));

create policy "Nurses, care managers and supervisors decide on proposals" on public.record_history for update to authenticated
  using (kind = 'proposal' and case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))))
  with check (kind = 'proposal' and case_id = any (array(select private.my_case_ids(array['nurse', 'care_manager', 'supervisor']))));

-- Realtime: nobody sends but the server; listening is by topic.
create policy "People listen to what they may see" on realtime.messages for select to authenticated
  using ((select private.may_join((select realtime.topic()))));
