-- Mentions: whom a message, or a comment on a task, is meant for among those who see it. docs/decisions/036.

alter table public.messages add column mentions uuid[] not null default '{}' check (cardinality(mentions) <= 20);
alter table public.task_comments add column mentions uuid[] not null default '{}' check (cardinality(mentions) <= 20);
comment on column public.messages.mentions is 'Whom it is meant for; of what the phone says only those stay who see the thread. The words say it with an @ before the name.';
comment on column public.task_comments.mentions is 'As of messages.';

-- sync() and history() carry the new columns, too.
select private.make_readable();

-- A mention widens nobody's sight. Runs after the stamp (by name), which says in which bucket the row is.
create function private.keep_mentions() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  new.mentions := array(
    select v.person from private.viewers_of(new.bucket_id) v (person)
    where v.person = any (new.mentions) and v.person is distinct from new.created_by order by v.person);
  return new;
end
$$;
create trigger told before insert on public.messages
  for each row when (new.mentions <> '{}') execute function private.keep_mentions();
create trigger told before insert on public.task_comments
  for each row when (new.mentions <> '{}') execute function private.keep_mentions();

-- Seeds and imports (nobody signed in) bring history; nobody is to be told of it. A correction tells only whom the first words had not named.
create function private.notice_message_mentions() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.notify(
      array(
        select u from unnest(new.mentions) u
        where not exists (
          select from public.messages m
          where (m.id = new.corrects_id or m.corrects_id = new.corrects_id) and m.id <> new.id and u = any (m.mentions))),
      'mentioned', new.case_id, 'messages', new.id, null,
      jsonb_build_object('author_name', new.author_name, 'thread', new.audience));
  end if;
  return null;
end
$$;
create trigger mentioned after insert on public.messages
  for each row when (new.mentions <> '{}') execute function private.notice_message_mentions();

create function private.notice_comment_mentions() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.notify(new.mentions, 'mentioned', new.case_id, 'tasks', new.task_id, null,
      jsonb_build_object('author_name', new.author_name, 'comment_id', new.id));
  end if;
  return null;
end
$$;
create trigger mentioned after insert on public.task_comments
  for each row when (new.mentions <> '{}') execute function private.notice_comment_mentions();

revoke execute on all functions in schema private from public, anon;
