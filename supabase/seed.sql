-- The people whom every database test knows, two organisations and three care recipients. For `supabase db reset` and for tests;
-- the demo is made elsewhere (src/lib/server/demo). Everybody's password is `connect10-test`.
--
--   山城 (holds 阿月 and 阿土)   supervisor 孫督導 · manager 梅個管 · nurse 倪護理 · therapist 譚治療 · social 蘇社工
--                              worker 王照服 · outside 吳照服 (in no circle) · removed 羅照服 (was in 阿月's circle) · former 傅照服 (has left)
--   海線 (holds 阿海)            outsider 區督導
--   family 方小姐 (daughter of 阿月)
--   阿月's circle: manager, nurse, therapist, social, worker, family; 阿土's: manager, nurse.

insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  confirmation_token, recovery_token, email_change, email_change_token_new)
select p.id::uuid, 'authenticated', 'authenticated', p.key || '@test.connect10.tw',
  '$2b$10$9/V16Il0ELNkFhYPI1iP3ONZjZB2565SBwKF9bBH4DnRCwg0H7Hti', now(), '{"provider": "email", "providers": ["email"]}',
  jsonb_build_object('display_name', p.name, 'email', p.key || '@test.connect10.tw', 'email_verified', true, 'sub', p.id), '', '', '', ''
from (values
  ('b0000000-0000-8000-8000-000000000001', 'supervisor', '孫督導'),
  ('b0000000-0000-8000-8000-000000000002', 'manager', '梅個管'),
  ('b0000000-0000-8000-8000-000000000003', 'nurse', '倪護理'),
  ('b0000000-0000-8000-8000-000000000004', 'therapist', '譚治療'),
  ('b0000000-0000-8000-8000-000000000005', 'social', '蘇社工'),
  ('b0000000-0000-8000-8000-000000000006', 'worker', '王照服'),
  ('b0000000-0000-8000-8000-000000000007', 'outside', '吳照服'),
  ('b0000000-0000-8000-8000-000000000008', 'removed', '羅照服'),
  ('b0000000-0000-8000-8000-000000000009', 'former', '傅照服'),
  ('b0000000-0000-8000-8000-00000000000a', 'outsider', '區督導'),
  ('b0000000-0000-8000-8000-00000000000b', 'family', '方小姐')
) as p (id, key, name);

insert into public.organizations (id, name, kind, phone) values
  ('a0000000-0000-8000-8000-000000000001', '山城', 'B', '08-000-0001'),
  ('a0000000-0000-8000-8000-000000000002', '海線', 'B', '08-000-0002');

insert into public.profiles (id, display_name) select u.id, u.raw_user_meta_data ->> 'display_name' from auth.users u where u.email like '%@test.connect10.tw' order by u.id;

insert into public.memberships (id, org_id, user_id, role, display_name, ended_at)
select ('e0000000-0000-8000-8000-' || right(m.person::text, 12))::uuid, m.org::uuid, m.person, m.role, p.display_name, m.ended_at
from (values
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000001'::uuid, 'supervisor', null::timestamptz),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000002', 'care_manager', null),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000003', 'nurse', null),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000004', 'therapist', null),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000005', 'social_worker', null),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000006', 'worker', null),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000007', 'worker', null),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000008', 'worker', null),
  ('a0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000009', 'worker', now()),
  ('a0000000-0000-8000-8000-000000000002', 'b0000000-0000-8000-8000-00000000000a', 'supervisor', null)
) as m (org, person, role, ended_at)
join public.profiles p on p.id = m.person;

insert into public.cases (id, org_id, name) values
  ('c0000000-0000-8000-8000-000000000001', 'a0000000-0000-8000-8000-000000000001', '阿月'),
  ('c0000000-0000-8000-8000-000000000002', 'a0000000-0000-8000-8000-000000000001', '阿土'),
  ('c0000000-0000-8000-8000-000000000003', 'a0000000-0000-8000-8000-000000000002', '阿海');

insert into public.case_members (id, case_id, user_id, role, display_name, relation, ended_at)
select ('f0000000-0000-8000-8' || right(m.of_case, 3) || '-' || right(m.person::text, 12))::uuid, m.of_case::uuid, m.person, m.role, p.display_name, m.relation, m.ended_at
from (values
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000002'::uuid, 'care_manager', null, null::timestamptz),
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000003', 'nurse', null, null),
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000004', 'therapist', null, null),
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000005', 'social_worker', null, null),
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000006', 'worker', null, null),
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000008', 'worker', null, now()),
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000009', 'worker', null, null),
  ('c0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-00000000000b', 'family', '女兒', null),
  ('c0000000-0000-8000-8000-000000000002', 'b0000000-0000-8000-8000-000000000002', 'care_manager', null, null),
  ('c0000000-0000-8000-8000-000000000002', 'b0000000-0000-8000-8000-000000000003', 'nurse', null, null)
) as m (of_case, person, role, relation, ended_at)
join public.profiles p on p.id = m.person;
