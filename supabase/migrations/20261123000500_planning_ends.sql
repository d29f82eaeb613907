-- Where planning ends: a visit that somebody has begun is a record, and who has left an organisation is not asked to go any more.

-- A plan that comes late, from a phone that had no signal, must not move or give away a visit that was made meanwhile: what was done, when
-- and by whom is what the household, the payment and the law go by. A step of its state (check in, check out) may set the worker.
create function private.guard_begun_visit() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.refuse(case when old.status in ('checked_in', 'done', 'no_answer') then 'visit_begun' else 'wrong_state' end);
  end if;
  return new;
end
$$;
create trigger guard_begun before update of worker_id, starts_at, ends_at, planned_codes on public.visits for each row
  when (old.status <> 'planned' and new.status = old.status and (
    old.worker_id is distinct from new.worker_id or old.starts_at <> new.starts_at or old.ends_at <> new.ends_at
    or old.planned_codes <> new.planned_codes))
  execute function private.guard_begun_visit();

-- The heads that move when somebody leaves an organisation, with those of the cases for which they have been asked to go.
create or replace function private.heads_of_leaving(of_org uuid, person uuid) returns integer[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select array(
      select b.id from private.buckets b where b.case_id is null and b.org_id = of_org and b.kind = 'org'
      union
      select b.id from public.case_members m join private.buckets b on b.case_id = m.case_id and b.kind = 'case_circle'
      where m.user_id = person and m.ended_at is null and m.role <> 'family'
      union
      select o.bucket_id from public.visit_offers o where o.org_id = of_org and o.user_id = person and o.status = 'offered'));
end
$$;

create function private.withdraw_offers_of_leaving() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.visit_offers o set status = 'withdrawn' where o.org_id = new.org_id and o.user_id = new.user_id and o.status = 'offered';
  return null;
end
$$;
create trigger withdraw_offers after update of ended_at on public.memberships for each row
  when (old.ended_at is null and new.ended_at is not null) execute function private.withdraw_offers_of_leaving();

revoke execute on all functions in schema private from public, anon;
