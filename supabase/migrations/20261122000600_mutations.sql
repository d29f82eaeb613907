-- Mutations: what a phone may ask for, by name (src/lib/domain/mutations/catalogue.ts). They run as the caller, under the policies of
-- 000400 and the rules of 000500; nothing here grants anything. A refusal is an exception with a code word; sync() records it.

-- Generic steps -------------------------------------------------------------------------------------------------------------

-- Whether I made the row that has this id already: a phone may send the same row again after the server lost its ledger.
create function private.is_mine(of_table text, row_id uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  author uuid;
begin
  execute format('select created_by from public.%I where id = $1', of_table) into author using row_id;
  return author = auth.uid() or exists (
    select from public.emergency_reporters r where r.reporter_id = auth.uid() and r.emergency_id = case of_table
      when 'emergencies' then row_id
      -- A picture of a restricted report bears no author either.
      when 'attachments' then (select a.emergency_id from public.attachments a where a.id = row_id and a.audience = 'restricted') end);
end
$$;

-- Stores a new row. Triggers overwrite every column that the server sets, so a client may send them or not; a column that does not
-- exist is refused, because dropping it would lose what somebody typed.
create function private.insert_row(of_table text, given jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
declare
  filled jsonb;
  columns text;
  stored integer;
begin
  if jsonb_typeof(given) is distinct from 'object' or (given ->> 'id') is null then
    perform private.refuse('invalid');
  end if;
  select jsonb_object_agg(key, value) into filled from jsonb_each(given) where value <> 'null';
  filled := jsonb_build_object('recorded_at', at) || filled
    || case when offset_ms is null then '{}' else jsonb_build_object('clock_offset_ms', offset_ms) end;
  select string_agg(quote_ident(key), ', ') into columns from jsonb_object_keys(filled) key;
  if exists (
    select from jsonb_object_keys(filled) key
    where not exists (
      select from pg_catalog.pg_attribute a
      where a.attrelid = ('public.' || quote_ident(of_table))::regclass and a.attname = key and a.attnum > 0 and not a.attisdropped)
  ) then
    perform private.refuse('unknown_field');
  end if;
  -- No conflict target: naming one would ask for the right to read the row, and a reporter may not read a restricted report.
  execute format(
    'insert into public.%1$I (%2$s) select %2$s from jsonb_populate_record(null::public.%1$I, $1) on conflict do nothing', of_table, columns
  ) using filled;
  get diagnostics stored = row_count;
  if stored = 0 and not coalesce(private.is_mine(of_table, (given ->> 'id')::uuid), false) then
    perform private.refuse('already_exists');
  end if;
end
$$;

-- Sets columns of one row.
create function private.update_row(of_table text, row_id uuid, given jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  columns text;
  stored integer;
  visible boolean;
begin
  select string_agg(quote_ident(key), ', ') into columns from jsonb_object_keys(given) key;
  execute format(
    'update public.%1$I set (%2$s) = (select %2$s from jsonb_populate_record(null::public.%1$I, $2)) where id = $1', of_table, columns
  ) using row_id, given;
  get diagnostics stored = row_count;
  if stored = 0 then
    execute format('select exists (select from public.%I where id = $1)', of_table) into visible using row_id;
    if visible then
      perform private.deny();
    end if;
    perform private.refuse('not_found');
  end if;
end
$$;

-- A new row, or one as it is from now on: the later word stands, and the history keeps the earlier one.
create function private.set_row(of_table text, given jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
declare
  is_there boolean;
begin
  execute format('select exists (select from public.%I where id = $1)', of_table) into is_there using (given ->> 'id')::uuid;
  if is_there then
    perform private.update_row(of_table, (given ->> 'id')::uuid, given - 'id');
  else
    perform private.insert_row(of_table, given, at, offset_ms);
  end if;
end
$$;

-- Patches -------------------------------------------------------------------------------------------------------------------

-- Keeps a clinical value that came too late as a proposal.
create function private.propose(of_table text, row_id uuid, of_case uuid, field text, stands jsonb, wanted jsonb) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  new_id constant uuid := private.derived_id('proposal', of_table, row_id::text, field);
begin
  if not of_case in (select private.my_case_ids(array['nurse', 'care_manager', 'supervisor'])) then
    perform private.deny();
  end if;
  insert into public.record_history (id, case_id, table_name, row_id, field, kept, other, kind, author_name, mid, recorded_at)
  values (new_id, of_case, of_table, row_id, field, stands, wanted, 'proposal', private.name_of(auth.uid(), of_case), private.current_mid(), now())
  on conflict (id) do nothing;
  return new_id;
end
$$;

-- Tells of a conflict: whoever wrote the values that were there, and whoever made this patch.
create function private.notify_conflict(of_table text, row_id uuid, of_case uuid, fields text[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  first_author uuid;
begin
  execute format('select created_by from public.%I where id = $1', of_table) into first_author using row_id;
  perform private.notify(
    array(
      select coalesce((
        select h.created_by from public.record_history h
        where h.row_id = notify_conflict.row_id and h.field = f and h.kind = 'overwritten' and h.mid is distinct from private.current_mid()
        order by h.seq desc limit 1), first_author)
      from unnest(fields) f
    ) || auth.uid(),
    'conflict', of_case, of_table, row_id, null, jsonb_build_object('fields', fields, 'mid', private.current_mid()));
end
$$;

-- Applies { field: [seen, new] }. A field that still holds what was seen, or already the new value, is no conflict. Of the others the
-- later arrival stands for everyday fields (the earlier value goes to the history) and is a proposal for clinical ones.
-- Returns null, or the verdict `conflict` with its fields and proposals.
create function private.patch_row(of_table text, row_id uuid, patch jsonb) returns jsonb
language plpgsql volatile set search_path = '' set timezone = 'UTC' as $$
declare
  stands jsonb;
  seen jsonb;
  wanted jsonb;
  to_set jsonb := '{}';
  conflicts text[] := '{}';
  proposals uuid[] := '{}';
  field text;
  of_case uuid;
begin
  if jsonb_typeof(patch) is distinct from 'object' or exists (
    select from jsonb_each(patch) p where jsonb_typeof(p.value) <> 'array' or jsonb_array_length(p.value) <> 2
  ) then
    perform private.refuse('invalid');
  end if;
  if not array(select jsonb_object_keys(patch)) <@ private.patchable(of_table) then
    perform private.refuse('unknown_field');
  end if;
  -- Both values go through the column's type first, so that 36.50 is 36.5 and an instant is an instant.
  execute format(
    'select to_jsonb(t), to_jsonb(jsonb_populate_record(null::public.%1$I, $2)), to_jsonb(jsonb_populate_record(null::public.%1$I, $3))
     from public.%1$I t where t.id = $1', of_table
  ) into stands, seen, wanted using row_id,
    (select jsonb_object_agg(p.key, p.value -> 0) from jsonb_each(patch) p),
    (select jsonb_object_agg(p.key, p.value -> 1) from jsonb_each(patch) p);
  if stands is null then
    perform private.refuse('not_found');
  end if;
  of_case := case when of_table = 'cases' then row_id else (stands ->> 'case_id')::uuid end;

  for field in select jsonb_object_keys(patch) order by 1 loop
    if stands -> field = wanted -> field then
      continue;
    elsif stands -> field = seen -> field then
      to_set := to_set || jsonb_build_object(field, wanted -> field);
    elsif private.is_clinical(of_table, field) then
      conflicts := conflicts || field;
      proposals := proposals || private.propose(of_table, row_id, of_case, field, stands -> field, wanted -> field);
    else
      conflicts := conflicts || field;
      to_set := to_set || jsonb_build_object(field, wanted -> field);
    end if;
  end loop;
  -- An edit wins over a removal that it did not know of.
  if of_table = 'case_contacts' and stands ->> 'deleted_at' is not null then
    to_set := to_set || '{"deleted_at": null}';
  end if;
  if to_set <> '{}' then
    perform private.update_row(of_table, row_id, to_set);
  end if;
  if conflicts = '{}' then
    return null;
  end if;
  perform private.notify_conflict(of_table, row_id, of_case, conflicts);
  return jsonb_build_object('verdict', 'conflict', 'data',
    jsonb_build_object('fields', conflicts) || case when proposals = '{}' then '{}' else jsonb_build_object('proposals', proposals) end);
end
$$;

-- Named intents -------------------------------------------------------------------------------------------------------------

create function private.create_case(args jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
declare
  case_id constant text := args -> 'row' ->> 'id';
  contact jsonb;
begin
  perform private.insert_row('cases', args -> 'row', at, offset_ms);
  if args -> 'details' is not null then
    perform private.insert_row('case_staff_details', args -> 'details' || jsonb_build_object('id', case_id, 'case_id', case_id), at, offset_ms);
  end if;
  for contact in select jsonb_array_elements(coalesce(args -> 'contacts', '[]')) loop
    perform private.insert_row('case_contacts', contact || jsonb_build_object('case_id', case_id), at, offset_ms);
  end loop;
end
$$;

create function private.add_series(args jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
declare
  visit jsonb;
begin
  perform private.insert_row('visit_series', args -> 'row', at, offset_ms);
  for visit in select jsonb_array_elements(coalesce(args -> 'visits', '[]')) loop
    perform private.insert_row('visits',
      visit || jsonb_build_object('series_id', args -> 'row' -> 'id', 'case_id', args -> 'row' -> 'case_id'), at, offset_ms);
  end loop;
end
$$;

-- A record with the vital signs that were taken for it: of its case and visit, and measured when it was written unless they say otherwise.
create function private.add_record(args jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
declare
  of_visit constant jsonb := jsonb_build_object('case_id', args -> 'row' -> 'case_id', 'visit_id', args -> 'row' -> 'visit_id');
  measurement jsonb;
begin
  perform private.insert_row('visit_records', args -> 'row', at, offset_ms);
  for measurement in select jsonb_array_elements(coalesce(args -> 'measurements', '[]')) loop
    perform private.insert_row('measurements', jsonb_build_object('measured_at', at) || measurement || of_visit, at, offset_ms);
  end loop;
end
$$;

-- A removal loses to an edit that it did not know of: `base` is the seq of the row that the person saw.
create function private.remove_contact(args jsonb, at timestamptz, base bigint) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  contact constant uuid := args ->> 'id';
begin
  if base is not null and exists (
    select from public.record_history h
    where h.row_id = contact and h.kind = 'overwritten' and h.seq > base and h.created_by is distinct from (select auth.uid())
  ) then
    perform private.notify_conflict('case_contacts', contact,
      (select c.case_id from public.case_contacts c where c.id = contact), array['deleted_at']);
    return jsonb_build_object('verdict', 'conflict', 'data', jsonb_build_object('fields', array['deleted_at']));
  end if;
  perform private.update_row('case_contacts', contact, jsonb_build_object('deleted_at', at));
  return null;
end
$$;

-- Ends at once what somebody may see and do for an organisation. Somebody who has left already has left: nothing is refused.
create function private.end_membership(args jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  membership constant uuid := args ->> 'id';
begin
  if coalesce(btrim(args ->> 'reason'), '') = '' then
    perform private.refuse('reason_required');
  end if;
  if exists (select from public.memberships m where m.id = membership and m.ended_at is not null) then
    if not exists (
      select from public.memberships m where m.id = membership and m.org_id in (select private.my_org_ids(array['supervisor']))
    ) then
      perform private.deny();
    end if;
    return;
  end if;
  perform set_config('connect10.reason', btrim(args ->> 'reason'), true);
  perform private.update_row('memberships', membership, jsonb_build_object('ended_at', now()));
  perform set_config('connect10.reason', '', true);
end
$$;

create function private.move_visit(step text, args jsonb, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
declare
  visit constant uuid := args ->> 'id';
  unheld constant boolean := exists (select from public.visits v where v.id = visit and v.worker_id is null);
begin
  if step in ('miss', 'cancel') and coalesce(args ->> 'reason', '') = '' then
    perform private.refuse('reason_required');
  end if;
  -- A step that was taken already, by whomever, is not taken twice.
  if exists (
    select from public.visits v
    where v.id = visit and v.status = case step
      when 'check_in' then 'checked_in' when 'check_out' then 'done' when 'miss' then 'missed' when 'cancel' then 'cancelled' else step end
  ) then
    perform private.refuse('wrong_state');
  end if;
  perform private.update_row('visits', visit, case step
    when 'check_in' then jsonb_build_object('status', 'checked_in', 'checked_in_at', at)
      || case when unheld then jsonb_build_object('worker_id', (select auth.uid())) else '{}' end
    when 'check_out' then jsonb_build_object('status', 'done', 'checked_out_at', at)
    when 'no_answer' then jsonb_build_object('status', 'no_answer', 'status_reason', args -> 'reason')
    when 'miss' then jsonb_build_object('status', 'missed', 'status_reason', args -> 'reason')
    when 'cancel' then jsonb_build_object('status', 'cancelled', 'status_reason', args -> 'reason')
  end);
end
$$;

create function private.move_task(step text, args jsonb, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
declare
  me constant uuid := (select auth.uid());
  mine constant jsonb := jsonb_build_object('assignee_id', me);
  holder uuid;
begin
  select coalesce(t.assignee_id, me) into holder from public.tasks t
  where t.id = (args ->> 'id')::uuid and t.status = case step
    when 'accept' then 'accepted' when 'decline' then 'declined' when 'start' then 'doing' when 'finish' then 'done' else 'open' end;
  if found then
    perform private.refuse(case when step in ('accept', 'start') and holder <> me then 'taken' else 'wrong_state' end);
  end if;
  perform private.update_row('tasks', (args ->> 'id')::uuid, case step
    when 'accept' then jsonb_build_object('status', 'accepted', 'answered_at', at) || mine
    when 'decline' then jsonb_build_object('status', 'declined', 'answered_at', at, 'decline_reason', args -> 'reason')
    when 'start' then jsonb_build_object('status', 'doing', 'answered_at', at) || mine
    when 'finish' then jsonb_build_object('status', 'done', 'answered_at', at, 'finished_at', coalesce(args -> 'at', to_jsonb(at)))
    when 'reopen' then '{"status": "open", "finished_at": null, "finished_by_name": null, "decline_reason": null}'
  end);
end
$$;

create function private.step_emergency(step text, args jsonb, at timestamptz, offset_ms integer) returns void
language plpgsql volatile set search_path = '' as $$
declare
  of_case uuid;
begin
  select e.case_id into of_case from public.emergencies e where e.id = (args ->> 'id')::uuid;
  if of_case is null then
    perform private.refuse('not_found');
  end if;
  perform private.insert_row('emergency_actions', jsonb_build_object(
    'id', args -> 'action_id', 'case_id', of_case, 'emergency_id', args -> 'id', 'action', step, 'severity', args -> 'severity',
    -- What was typed is kept: the outcome, and a note beside it.
    'note', nullif(concat_ws(E'\n', nullif(args ->> 'outcome', ''), nullif(args ->> 'note', args ->> 'outcome')), '')
  ), at, offset_ms);
end
$$;

create function private.mark_read(given jsonb, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into public.message_reads as r (id, case_id, user_id, user_name, read_through, audience, recorded_at)
  values (
    (given ->> 'id')::uuid, (given ->> 'case_id')::uuid, (select auth.uid()), '', (given ->> 'read_through')::timestamptz, given ->> 'audience', at)
  on conflict (case_id, audience, user_id) do update set read_through = greatest(r.read_through, excluded.read_through);
end
$$;

create function private.decide_proposal(args jsonb, at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
declare
  proposal record;
begin
  select h.id, h.table_name, h.row_id, h.field, h.other, h.decision into proposal
  from public.record_history h where h.id = (args ->> 'id')::uuid and h.kind = 'proposal';
  if proposal.id is null then
    perform private.refuse('not_found');
  end if;
  if proposal.decision is not null then
    perform private.refuse('wrong_state');
  end if;
  perform private.update_row('record_history', proposal.id, jsonb_build_object(
    'decision', case when (args ->> 'accept')::boolean then 'accepted' else 'declined' end, 'decided_at', at));
  if (args ->> 'accept')::boolean then
    perform private.update_row(proposal.table_name, proposal.row_id, jsonb_build_object(proposal.field, proposal.other));
  end if;
end
$$;

-- The one door ---------------------------------------------------------------------------------------------------------------

-- Applies one mutation as the caller. Returns null when all went as asked, else { verdict, data }; refusals are exceptions.
-- `said_at` is the device's instant of the intent, `base` the seq of the row that the person saw.
create function private.apply_mutation(name text, args jsonb, said_at timestamptz, offset_ms integer, base bigint) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  word constant text := split_part(name, '.', 1);
  verb constant text := split_part(name, '.', 2);
  at constant timestamptz := coalesce((args ->> 'at')::timestamptz, said_at, now());
  patch_table constant text := case name
    when 'case.patch' then 'cases'
    when 'case_staff_details.patch' then 'case_staff_details'
    when 'case_contact.patch' then 'case_contacts'
    when 'medication.patch' then 'case_medications'
    when 'device.patch' then 'case_devices'
    when 'plan_code.patch' then 'case_plan_codes'
    when 'visit_series.patch' then 'visit_series'
    when 'visit.patch' then 'visits'
    when 'task.patch' then 'tasks'
    when 'task_series.patch' then 'task_series'
    when 'duty.change' then 'duty_shifts'
    when 'profile.patch' then 'profiles'
    when 'organization.patch' then 'organizations' end;
  insert_table constant text := case name
    when 'case_contact.add' then 'case_contacts'
    when 'medication.add' then 'case_medications'
    when 'device.add' then 'case_devices'
    when 'plan_code.add' then 'case_plan_codes'
    when 'case_member.add' then 'case_members'
    when 'absence.add' then 'staff_absences'
    when 'duty.add' then 'duty_shifts'
    when 'visit_offer.make' then 'visit_offers'
    when 'record_signature.add' then 'record_signatures'
    when 'record_review.add' then 'record_reviews'
    when 'measurement.add' then 'measurements'
    when 'handover_note.add' then 'handover_notes'
    when 'household_code.add' then 'household_codes'
    when 'household_point.add' then 'household_points'
    when 'visit_place.add' then 'visit_places'
    when 'visit_remark.add' then 'visit_remarks'
    when 'travel.add' then 'travel_notes'
    when 'case_consent.add' then 'case_consents'
    when 'attachment.add' then 'attachments'
    when 'emergency.report' then 'emergencies'
    when 'task.create' then 'tasks'
    when 'task_comment.add' then 'task_comments'
    when 'task_check.add' then 'task_checks'
    when 'task_series.add' then 'task_series'
    when 'message.send' then 'messages'
    when 'message_pin.add' then 'message_pins'
    when 'question.ask' then 'questions'
    when 'question_answer.add' then 'question_answers'
    when 'announcement.mark' then 'announcement_marks' end;
begin
  -- What this release does not know, a later one meant: to leave it out and say that all is done would lose it.
  if exists (
    select from jsonb_object_keys(args) key
    where key not in ('id', 'at', 'row', 'patch', 'reason', 'details', 'contacts', 'visits', 'measurements', 'action_id', 'note', 'outcome', 'severity',
      'accept', 'until_on', 'worker_name', 'decline_reason', 'to_id', 'to_name', 'reply_minutes')
  ) then
    perform private.refuse('unknown_field');
  end if;
  if patch_table is not null then
    return private.patch_row(patch_table, (args ->> 'id')::uuid, args -> 'patch');
  elsif insert_table is not null then
    perform private.insert_row(insert_table, args -> 'row', at, offset_ms);
  elsif name = 'visit.plan' then
    perform private.plan_visit(args -> 'row', at, offset_ms);
  elsif name = 'case.create' then
    perform private.create_case(args, at, offset_ms);
  elsif name = 'case_contact.remove' then
    return private.remove_contact(args, at, base);
  elsif name = 'case_member.end' then
    perform private.update_row('case_members', (args ->> 'id')::uuid, jsonb_build_object('ended_at', at));
  elsif name = 'membership.end' then
    perform private.end_membership(args);
  elsif name = 'office_day.set' then
    perform private.set_office_day(args -> 'row', at, offset_ms);
  elsif name = 'ladder.set' then
    perform private.set_ladder(args -> 'row', at, offset_ms);
  elsif name in ('task_rule.set', 'task_template.set') then
    perform private.set_row(word || 's', args -> 'row', at, offset_ms);
  elsif name = 'question.withdraw' then
    perform private.update_row('questions', (args ->> 'id')::uuid, '{"status": "withdrawn"}');
  elsif name = 'absence.end' then
    perform private.end_absence((args ->> 'id')::uuid, at);
  elsif name = 'case_consent.withdraw' then
    perform private.withdraw_consent((args ->> 'id')::uuid, at);
  elsif name = 'attachment.remove' then
    perform private.remove_attachment(args, at);
  elsif name in ('medication.end', 'device.end', 'plan_code.end') then
    perform private.update_row('case_' || word || 's', (args ->> 'id')::uuid, jsonb_build_object('ended_at', at, 'end_reason', args -> 'reason'));
  elsif word = 'visit_offer' and verb in ('accept', 'decline', 'withdraw') then
    perform private.move_offer(verb, args, at);
  elsif name = 'visit_series.add' then
    perform private.add_series(args, at, offset_ms);
  elsif name = 'visit_record.add' then
    perform private.add_record(args, at, offset_ms);
  elsif name = 'visit_series.end' then
    perform private.update_row('visit_series', (args ->> 'id')::uuid, jsonb_build_object('until_on', args -> 'until_on'));
  elsif word = 'visit' and verb in ('check_in', 'check_out', 'no_answer', 'miss', 'cancel') then
    perform private.move_visit(verb, args, at);
  elsif word = 'emergency' and verb in ('acknowledge', 'act', 'note', 'raise', 'notify', 'close', 'reopen') then
    perform private.step_emergency(verb, args, at, offset_ms);
  elsif word = 'task' and verb in ('accept', 'decline', 'start', 'finish', 'reopen') then
    -- The offset is the phone's clock minus ours.
    perform private.move_task(verb, args, at - make_interval(secs => coalesce(offset_ms, 0) / 1000.0));
  elsif name = 'task.give' then
    perform private.give_task(args);
  elsif name = 'message.read' then
    perform private.mark_read(args -> 'row', at);
  elsif name = 'record.see' then
    perform private.mark_seen(args -> 'row', at);
  elsif name = 'notice.read' then
    perform private.update_row('notices', (args ->> 'id')::uuid, jsonb_build_object('read_at', at));
  elsif name = 'proposal.decide' then
    perform private.decide_proposal(args, at);
  else
    perform private.refuse('unknown_mutation');
  end if;
  return null;
end
$$;

revoke execute on all functions in schema private from public, anon;
grant execute on function
  private.refuse(text), private.deny(), private.is_mine(text, uuid), private.insert_row(text, jsonb, timestamptz, integer),
  private.update_row(text, uuid, jsonb), private.set_row(text, jsonb, timestamptz, integer), private.propose(text, uuid, uuid, text, jsonb, jsonb),
  private.notify_conflict(text, uuid, uuid, text[]), private.patch_row(text, uuid, jsonb), private.patchable(text),
  private.is_clinical(text, text), private.create_case(jsonb, timestamptz, integer), private.add_series(jsonb, timestamptz, integer),
  private.add_record(jsonb, timestamptz, integer),
  private.remove_contact(jsonb, timestamptz, bigint), private.end_membership(jsonb), private.move_visit(text, jsonb, timestamptz),
  private.move_task(text, jsonb, timestamptz), private.step_emergency(text, jsonb, timestamptz, integer),
  private.mark_read(jsonb, timestamptz), private.decide_proposal(jsonb, timestamptz),
  private.apply_mutation(text, jsonb, timestamptz, integer, bigint)
to authenticated;
