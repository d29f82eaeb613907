-- The steps of a task, and who ticked which: rows are added, never altered; the newest of a step counts, so that several people tick at the
-- same time without signal. Why so: docs/decisions/035-steps-of-tasks.md.

create function private.are_steps(list text[]) returns boolean
language sql immutable set search_path = '' as $$
  select cardinality(list) <= 20 and not exists (select from unnest(list) s where s is null or length(s) not between 1 and 120)
    and (select count(distinct s) = count(*) from unnest(list) s);
$$;

alter table public.tasks
  add column steps text[] not null default '{}',
  add constraint tasks_steps check (private.are_steps(steps));
comment on column public.tasks.steps is 'At most 20, in order, each different: a tick names the words that were ticked.';

create table public.task_checks (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  task_id uuid not null references public.tasks (id),
  step text not null check (length(step) between 1 and 120),
  done boolean not null,
  author_name text not null,
  audience text not null default 'staff' check (audience in ('circle', 'staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.task_checks is 'Append-only. done = false takes a tick back; of each step the newest row counts. A step that was reworded is another step.';
create index task_checks_task on public.task_checks (task_id);
create index task_checks_case on public.task_checks (case_id);

create function private.guard_task_check() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  task record;
begin
  select t.case_id, t.audience, t.assignee_id into task from public.tasks t where t.id = new.task_id;
  if task.case_id is null or task.case_id <> new.case_id then
    raise foreign_key_violation using message = 'missing_reference';
  end if;
  new.audience := task.audience;
  if caller is not null then
    -- The family ticks what was given to them, as they finish it.
    if private.my_role(new.case_id) = 'family' and task.assignee_id is distinct from caller then
      perform private.deny();
    end if;
    new.author_name := coalesce(private.name_of(caller, new.case_id), new.author_name);
  end if;
  return new;
end
$$;
create trigger guard before insert on public.task_checks for each row execute function private.guard_task_check();
create trigger append_only before update or delete on public.task_checks for each row execute function private.refuse_change();

select private.make_synced('task_checks', 'case', 'recorded_at');
select private.make_visible('task_checks', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
select private.make_audited('task_checks');

grant insert on public.task_checks to authenticated;
create policy "Those who see a task tick its steps" on public.task_checks for insert to authenticated
  with check (
    case_id = any (array(select private.my_case_ids(private.staff_roles() || array['family'])))
    and bucket_id = any (array(select private.my_buckets()))
  );

revoke execute on all functions in schema private from public, anon;
grant execute on function private.are_steps(text[]) to authenticated, service_role;
