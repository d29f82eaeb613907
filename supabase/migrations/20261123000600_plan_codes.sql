-- 核定項目: the service codes that a person's approved care plan has, how often and from when to when, and who carries each of them out.
-- They are copied from the plan as the county approved it (domain facts §1, 照顧計畫): nothing here approves anything, and a visit beyond
-- them is warned of and never refused. The family reads the plan too.

create table public.case_plan_codes (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  code text not null,
  units_month integer check (units_month between 1 and 999),
  times_week integer check (times_week between 1 and 99),
  valid_from date not null,
  valid_until date,
  provider text check (length(provider) <= 80),
  note text,
  ended_at timestamptz,
  end_reason text,
  ended_by_name text,
  author_name text not null,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint case_plan_codes_amount check (units_month is not null or times_week is not null),
  constraint case_plan_codes_period check (valid_from <= valid_until)
);
comment on table public.case_plan_codes is
  'One service code of the approved plan. units_month: in units of the code (of codes paid by the set: visits). times_week: visits. Ended (ended_at), never erased; another code is a row of its own.';
create index case_plan_codes_case on public.case_plan_codes (case_id);

create function private.guard_plan_code() returns trigger
language plpgsql stable security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.code <> old.code then
    raise insufficient_privilege using message = 'immutable', hint = 'End this entry and add one for the other code.';
  end if;
  if not exists (select from public.service_codes s where s.code = new.code) then
    perform private.refuse('invalid');
  end if;
  return new;
end
$$;

create trigger guard before insert or update on public.case_plan_codes for each row execute function private.guard_kept_list();
create trigger guard_code before insert or update of code on public.case_plan_codes for each row execute function private.guard_plan_code();
create trigger append_only before delete on public.case_plan_codes for each row execute function private.refuse_change();
select private.make_synced('case_plan_codes', 'case', 'standing');
select private.make_visible('case_plan_codes', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
create trigger keep_history after update on public.case_plan_codes for each row execute function private.keep_history();
select private.make_audited('case_plan_codes');

grant insert, update on public.case_plan_codes to authenticated;
create policy "Care managers and supervisors write the plan" on public.case_plan_codes for insert to authenticated
  with check (case_id = any (array(select private.my_case_ids(array['care_manager', 'supervisor']))));
create policy "Care managers and supervisors edit the plan" on public.case_plan_codes for update to authenticated
  using (case_id = any (array(select private.my_case_ids(array['care_manager', 'supervisor']))))
  with check (case_id = any (array(select private.my_case_ids(array['care_manager', 'supervisor']))));

revoke execute on all functions in schema private from public, anon;
