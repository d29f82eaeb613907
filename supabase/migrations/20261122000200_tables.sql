-- The tables that people work with. Every synced table carries the same head of columns (see docs/recipes/add-a-synced-table.md):
--   id           made on the device that created the row (UUID v7)
--   bucket_id    unit of replication and of sight; set by a trigger from case_id + audience, never by a client
--   seq          position in its bucket; set by a trigger while the bucket's head is locked
--   relevant_at  the instant the row is about; 'infinity' while it must stay on every phone (standing facts, open work)
--   created_by   the signed-in author; recorded_at the device's claim of when, with its measured clock offset
--   received_at  when this server stored it; deleted_at a soft delete

create table public.organizations (
  id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('A', 'B', 'C', 'clinic')),
  phone text,
  duty_phone text,
  remote_area boolean not null default false,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.organizations is 'A long-term-care agency: A = coordination, B = services, C = local station.';

create table public.profiles (
  id uuid primary key,
  display_name text not null check (length(display_name) between 1 and 40),
  phone text,
  locale text not null default 'zh-TW' check (locale in ('zh-TW', 'en')),
  -- 256 bits, base64: seals the files in which this person's unsent work leaves a phone, so that only their own phones read them back.
  file_key text not null default encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'base64'),
  -- When this person's phones stay quiet, as Taipei's clock shows it; past midnight where it ends before it begins. Emergencies ring all the same.
  quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_until text check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  -- What they do not want to be told on a phone; it stands in the app all the same.
  silent_groups text[] not null default '{}' check (silent_groups <@ array['emergencies', 'tasks', 'visits', 'records', 'mentions', 'office']),
  -- When a family is told what the day has brought; empty = never.
  digest_at text default '19:00' check (digest_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.profiles is 'A signed-in person; id is auth.users.id.';

create table public.memberships (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  user_id uuid not null,
  role text not null check (role in ('worker', 'nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager', 'supervisor')),
  display_name text not null check (length(display_name) between 1 and 40),
  title text,
  phone text,
  ended_at timestamptz,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.memberships is 'Who works for which organisation, in which role. Ended, never erased.';
create unique index memberships_one_active on public.memberships (org_id, user_id) where ended_at is null;
create index memberships_user on public.memberships (user_id) where ended_at is null;

create table public.cases (
  id uuid primary key,
  org_id uuid not null references public.organizations (id),
  name text not null check (length(name) between 1 and 40),
  sex text check (sex in ('female', 'male', 'other')),
  born_on date,
  cms_level smallint check (cms_level between 1 and 8),
  status text not null default 'active' check (status in ('active', 'suspended', 'closed')),
  phone text,
  address text,
  village text,
  living_situation text check (living_situation in ('alone_listed', 'alone_unlisted', 'with_others')),
  conditions text[] not null default '{}',
  allergies text[] not null default '{}',
  alerts text[] not null default '{}',
  vital_limits jsonb not null default '{}',
  admitted_on date,
  note text,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.cases is 'A care recipient. vital_limits: that person''s own limits, set by a nurse (domain/vital-signs.ts PersonLimits).';
create index cases_org on public.cases (org_id);

create table public.case_staff_details (
  id uuid primary key,
  case_id uuid not null unique references public.cases (id),
  national_id text,
  copay_class smallint check (copay_class between 1 and 3),
  staff_alerts text[] not null default '{}',
  household_note text,
  audience text not null default 'staff' check (audience = 'staff'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.case_staff_details is 'What only staff may see of a care recipient; id equals case_id.';

create table public.case_contacts (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  name text not null check (length(name) between 1 and 40),
  relation text,
  phone text,
  is_primary boolean not null default false,
  note text,
  audience text not null default 'circle' check (audience in ('circle', 'staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.case_contacts is 'People to call for a care recipient.';
create index case_contacts_case on public.case_contacts (case_id);

create table public.case_members (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  user_id uuid not null,
  role text not null check (role in ('worker', 'nurse', 'therapist', 'dietitian', 'pharmacist', 'social_worker', 'care_manager', 'family')),
  display_name text not null check (length(display_name) between 1 and 40),
  org_name text,
  relation text,
  phone text,
  until_at timestamptz,
  ended_at timestamptz,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.case_members is 'The circle around one care recipient; crosses organisations. Ended, never erased.';
comment on column public.case_members.until_at is 'From then on the place counts as ended, whether or not somebody has written it down (ended_at). Null: it stands.';
create unique index case_members_one_active on public.case_members (case_id, user_id) where ended_at is null;
create index case_members_user on public.case_members (user_id) where ended_at is null;

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  org_id uuid not null references public.organizations (id),
  case_id uuid references public.cases (id),
  role text not null,
  display_name text not null check (length(display_name) between 1 and 40),
  relation text,
  token_hash text not null unique,
  expires_at timestamptz not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  accepted_by uuid,
  accepted_at timestamptz,
  revoked_at timestamptz
);
comment on table public.invitations is 'Not synced. Made and accepted online through create_invitation() and accept_invitation(); only a SHA-256 of the token is kept.';
create index invitations_org on public.invitations (org_id);
create index invitations_case on public.invitations (case_id);

create table public.visit_series (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  worker_id uuid,
  weekdays smallint[] not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  interval_weeks smallint not null default 1 check (interval_weeks between 1 and 12),
  starts_on date not null,
  until_on date,
  start_time text not null check (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  duration_minutes integer not null check (duration_minutes between 5 and 1440),
  planned_codes text[] not null default '{}',
  except_on date[] not null default '{}',
  note text,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.visit_series is 'A repeating visit, ISO weekdays (1 = Monday), Taipei time; its visits are stored as dated rows.';
create index visit_series_case on public.visit_series (case_id);

create table public.visits (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  series_id uuid references public.visit_series (id),
  worker_id uuid,
  worker_name text,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  status text not null default 'planned' check (status in ('planned', 'checked_in', 'done', 'no_answer', 'missed', 'cancelled')),
  planned_codes text[] not null default '{}',
  checked_in_at timestamptz,
  checked_out_at timestamptz,
  status_reason text,
  note text,
  audience text not null default 'circle' check (audience = 'circle'),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.visits is 'One planned or done home visit. checked_in_at and checked_out_at are device times.';
create index visits_case on public.visits (case_id, starts_at);
create index visits_worker on public.visits (worker_id, starts_at);
create index visits_series on public.visits (series_id);

create table public.visit_records (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  visit_id uuid references public.visits (id),
  done_codes jsonb not null default '[]',
  appetite text,
  fluids_ml integer check (fluids_ml between 0 and 10000),
  choking text,
  bowel text,
  urine text,
  skin text,
  mood text,
  sleep text,
  medication text,
  note text,
  corrects_id uuid references public.visit_records (id),
  correction_reason text,
  author_name text not null,
  audience text not null default 'circle' check (audience in ('circle', 'staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.visit_records is 'Append-only. done_codes: [{code, quantity, unit, price_ntd}] with the price of that day. A correction is a new row with corrects_id.';
create index visit_records_case on public.visit_records (case_id, recorded_at);
create index visit_records_visit on public.visit_records (visit_id);
create index visit_records_corrects on public.visit_records (corrects_id);

create table public.measurements (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  visit_id uuid references public.visits (id),
  kind text not null check (kind in ('blood_pressure', 'pulse', 'temperature', 'respiration', 'spo2', 'glucose', 'weight', 'pain')),
  value numeric not null,
  value2 numeric,
  severity text not null default 'none' check (severity in ('none', 'yellow', 'orange', 'red')),
  measured_at timestamptz not null,
  context text,
  note text,
  corrects_id uuid references public.measurements (id),
  author_name text not null,
  audience text not null default 'circle' check (audience in ('circle', 'staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.measurements is 'Append-only vital signs. blood_pressure: value = systolic, value2 = diastolic, mmHg; temperature °C; glucose mg/dL; weight kg; spo2 %; pain NRS 0-10.';
create index measurements_case on public.measurements (case_id, kind, measured_at);
create index measurements_visit on public.measurements (visit_id);
create index measurements_corrects on public.measurements (corrects_id);

create table public.emergencies (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  incident_type text not null,
  severity text not null check (severity in ('yellow', 'orange', 'red')),
  -- As reported; severity may be raised later.
  reported_severity text check (reported_severity in ('yellow', 'orange', 'red')),
  occurred_at timestamptz not null,
  description text,
  status text not null default 'open' check (status in ('open', 'acknowledged', 'acting', 'closed')),
  reporter_name text,
  acknowledged_at timestamptz,
  acknowledged_by_name text,
  closed_at timestamptz,
  closed_by_name text,
  outcome text,
  measurement_id uuid references public.measurements (id),
  -- Kept by the engine alone (migration 001100): null until it has told somebody.
  alarm_state text check (alarm_state in ('ringing', 'answered', 'exhausted')),
  alarm_step integer,
  alarm_next_at timestamptz,
  alarm_ladder jsonb,
  audience text not null default 'circle' check (audience in ('circle', 'staff', 'restricted')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.emergencies is 'An incident report. What was reported never changes; status moves by named transitions, each with a row in emergency_actions. In a restricted one created_by and reporter_name stay empty; the reporter stands in emergency_reporters.';
create index emergencies_case on public.emergencies (case_id, occurred_at);
create index emergencies_measurement on public.emergencies (measurement_id);

create table public.emergency_reporters (
  id uuid primary key,
  emergency_id uuid not null unique references public.emergencies (id),
  org_id uuid not null references public.organizations (id),
  reporter_id uuid not null,
  reporter_name text not null,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.emergency_reporters is 'Who reported a restricted emergency; only the organisation''s supervisors see it (老人福利法 §43 and the other three acts keep the reporter secret).';
create index emergency_reporters_org on public.emergency_reporters (org_id);

create table public.emergency_actions (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  emergency_id uuid not null references public.emergencies (id),
  action text not null check (action in ('acknowledge', 'act', 'note', 'raise', 'notify', 'close', 'reopen')),
  severity text check (severity in ('yellow', 'orange', 'red')),
  note text,
  author_name text not null,
  audience text not null default 'circle' check (audience in ('circle', 'staff', 'restricted')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.emergency_actions is 'Append-only: who heard, who did what, who closed.';
create index emergency_actions_emergency on public.emergency_actions (emergency_id);
create index emergency_actions_case on public.emergency_actions (case_id);

create table public.tasks (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  title text not null check (length(title) between 1 and 200),
  body text,
  status text not null default 'open' check (status in ('open', 'accepted', 'doing', 'done', 'declined', 'expired')),
  priority text not null default 'normal' check (priority in ('normal', 'high')),
  due_at timestamptz,
  assignee_id uuid,
  assignee_name text,
  decline_reason text,
  finished_at timestamptz,
  finished_by_name text,
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
comment on table public.tasks is 'A piece of work around one care recipient. assignee_id empty = anyone in the circle may accept. audience circle = the family sees it too.';
create index tasks_case on public.tasks (case_id);
create index tasks_assignee on public.tasks (assignee_id);

create table public.task_comments (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  task_id uuid not null references public.tasks (id),
  body text not null check (length(body) between 1 and 4000),
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
comment on table public.task_comments is 'Append-only.';
create index task_comments_task on public.task_comments (task_id);
create index task_comments_case on public.task_comments (case_id);

create table public.messages (
  id uuid primary key,
  case_id uuid references public.cases (id),
  org_id uuid references public.organizations (id),
  body text not null check (length(body) between 1 and 4000),
  reply_to_id uuid references public.messages (id),
  author_name text not null,
  author_role text,
  audience text not null check (audience in ('circle', 'staff', 'organization')),
  check ((audience = 'organization') = (case_id is null) and (audience = 'organization') = (org_id is not null)),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz not null,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.messages is 'Append-only. audience circle = circle thread, staff = staff thread of a case, organization = announcement by a supervisor.';
create index messages_case on public.messages (case_id, recorded_at);
create index messages_org on public.messages (org_id);
create index messages_reply on public.messages (reply_to_id);

create table public.message_reads (
  id uuid primary key,
  case_id uuid not null references public.cases (id),
  user_id uuid not null,
  user_name text not null,
  read_through timestamptz not null,
  audience text not null check (audience in ('circle', 'staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null default 'infinity',
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (case_id, audience, user_id)
);
comment on table public.message_reads is 'How far somebody has read a thread; read_through only grows. id is derived from case, audience and user (domain/ids.ts).';

create table public.notices (
  id uuid primary key,
  user_id uuid not null,
  kind text not null check (kind in ('emergency_reported', 'emergency_action', 'task_offered', 'task_answered', 'task_expired', 'restricted_report_received', 'conflict', 'access_granted',
    'case_moved', 'work_refused', 'late_work', 'handover_note', 'visit_offered', 'visit_offer_answered', 'record_returned', 'record_corrected', 'announcement_asked',
    'question_asked', 'question_handed', 'question_answered', 'question_unanswered', 'mentioned')),
  case_id uuid,
  subject_table text,
  subject_id uuid,
  severity text check (severity in ('yellow', 'orange', 'red')),
  data jsonb not null default '{}',
  read_at timestamptz,
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.notices is 'What one person should hear of; made by the server only. Carries ids and codes, the text is composed on the phone.';
create index notices_user on public.notices (user_id);

create table public.record_history (
  id uuid primary key,
  case_id uuid references public.cases (id),
  table_name text not null,
  row_id uuid not null,
  field text not null,
  kept jsonb,
  other jsonb,
  kind text not null check (kind in ('overwritten', 'proposal')),
  decision text check (decision in ('accepted', 'declined')),
  decided_by_name text,
  decided_at timestamptz,
  author_name text,
  mid uuid,
  audience text not null default 'staff' check (audience in ('staff')),
  bucket_id integer not null,
  seq bigint not null,
  relevant_at timestamptz not null,
  created_by uuid,
  recorded_at timestamptz,
  clock_offset_ms integer,
  received_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.record_history is 'Every value that lost: overwritten = an earlier value that a later edit replaced; proposal = a clinical value that waits for a person to decide. kept stands in the row, other does not.';
create index record_history_row on public.record_history (row_id);
create index record_history_case on public.record_history (case_id);

create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor uuid,
  session_id uuid,
  mid uuid,
  org_id uuid,
  case_id uuid,
  table_name text not null,
  row_id uuid,
  operation text not null check (operation in ('insert', 'update', 'delete', 'read', 'export', 'import', 'hand_over')),
  changed text[] not null default '{}',
  reason text
);
comment on table public.audit_log is 'Append-only, written by triggers. Names changed columns, not their values (record_history has those). reason: why somebody''s place was ended, for supervisors alone. Not synced; supervisors read it online.';
create index audit_log_org on public.audit_log (org_id, at);
create index audit_log_case on public.audit_log (case_id, at);

create table public.service_codes (
  code text not null,
  name_zh text not null,
  name_en text not null,
  unit text not null,
  price_ntd integer,
  price_remote_ntd integer,
  effective_from date not null,
  effective_to date,
  primary key (code, effective_from)
);
comment on table public.service_codes is '照顧組合 with prices by date. Same data as src/lib/domain/code-tables.ts, which the phones carry.';

create table public.problem_codes (
  code smallint primary key,
  name_zh text not null,
  name_en text not null
);
comment on table public.problem_codes is '照顧問題清單, 34 codes.';

create table public.incident_types (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  default_severity text not null check (default_severity in ('yellow', 'orange', 'red')),
  audience text not null default 'circle' check (audience in ('circle', 'staff', 'restricted'))
);
comment on table public.incident_types is 'Emergency report types; audience restricted = only supervisor and social worker see such reports.';
