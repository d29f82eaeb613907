-- Where a task comes from, if not from somebody's own mind. docs/decisions/028.

alter table public.tasks
  add column source text check (source in ('rule', 'template', 'recurrence', 'question')),
  add column source_id uuid,
  add column because jsonb,
  add constraint tasks_source_named check (source_id is null or source is not null),
  add constraint tasks_because_of_a_rule check (because is null or source is not distinct from 'rule');
comment on column public.tasks.source is 'What made it: a rule or a series (the engine alone says so), a template or a question (its author says so). Empty = written freely. Never altered.';
comment on column public.tasks.source_id is 'Which rule, template, series or question. Not a foreign key: a task outlives what it came from.';
comment on column public.tasks.because is 'Of a rule: the facts that called for it, by its kind (private.rule_occasions); said in words by whoever reads it.';
create index tasks_source on public.tasks (source_id) where source_id is not null;

-- sync() and history() carry the new columns, too.
select private.make_readable();

create function private.guard_task_source() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if new.source is distinct from old.source or new.source_id is distinct from old.source_id or new.because is distinct from old.because then
      raise insufficient_privilege using message = 'immutable', hint = 'Where a task came from stays as it was.';
    end if;
  elsif auth.uid() is not null and new.source in ('rule', 'recurrence') then
    raise insufficient_privilege using message = 'not_allowed', hint = 'Only the engine makes tasks from rules and series.';
  end if;
  return new;
end
$$;
create trigger guard_source before insert or update on public.tasks for each row execute function private.guard_task_source();

revoke execute on all functions in schema private from public, anon;
