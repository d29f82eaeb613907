-- Templates of tasks: what an organisation does the same way each time, written once. A phone fills the form of a new task from one, without
-- signal; the task says so (tasks.source). docs/decisions/039.

create table public.task_templates (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  active boolean not null default true,
  title text not null check (length(btrim(title)) between 1 and 120),
  body text check (length(body) <= 4000),
  steps text[] not null default '{}' check (private.are_steps(steps)),
  for_role text check (for_role in ('worker', 'nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager')),
  priority text not null default 'normal' check (priority in ('normal', 'high')),
  due_days integer check (due_days between 0 and 365),
  reply_minutes integer check (reply_minutes in (30, 120, 240, 1440)),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.task_templates is 'What a new task may start from. One that is not active is offered no more; the tasks that were made from it stay.';
comment on column public.task_templates.for_role is 'Whom the form proposes: whoever of this role has been in the circle longest. Empty: anyone.';
comment on column public.task_templates.due_days is 'So many days after the day on which the task is written.';
create index task_templates_org on public.task_templates (org_id);

create function private.guard_task_template() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  new.title := btrim(new.title);
  return new;
end
$$;
create trigger guard before insert or update on public.task_templates for each row execute function private.guard_task_template();
create trigger append_only before delete on public.task_templates for each row execute function private.refuse_change();

select private.make_synced('task_templates', 'org', 'standing');
select private.make_visible('task_templates', 'Those who belong to the bucket read the row', 'bucket_id = any (array(select private.my_buckets()))');
select private.make_readable();
grant insert, update on public.task_templates to authenticated;
create policy "Care managers and supervisors write the templates of their organisation" on public.task_templates for insert to authenticated
  with check (org_id = any (array(select private.my_org_ids(array['care_manager', 'supervisor']))));
create policy "Care managers and supervisors change the templates of their organisation" on public.task_templates for update to authenticated
  using (org_id = any (array(select private.my_org_ids(array['care_manager', 'supervisor']))))
  with check (org_id = any (array(select private.my_org_ids(array['care_manager', 'supervisor']))));
create trigger keep_history after update on public.task_templates for each row execute function private.keep_history();
select private.make_audited('task_templates');

revoke execute on all functions in schema private from public, anon;
