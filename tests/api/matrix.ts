/**
 * Who may do what with which rows: the one place where it is written down to be read.
 *
 * Columns are people of supabase/seed.sql, rows are kinds of rows. A cell lists what is allowed: s select, i insert, u update,
 * d delete; everything that a cell does not list is denied. What an update may change is narrower still (tests/db/rules.test.ts).
 */
import type { Person } from '../fixtures/db-world.ts';

/** `session`, `session2`: the worker and the supervisor, with a token whose sign-in has been ended. `anonymous`: not signed in. */
export type Persona = Person | 'session' | 'session2' | 'anonymous';

/** As whom a persona acts; who is not signed in pretends to be the worker. */
export function personOf(persona: Persona): Person {
	if (persona === 'session2') return 'supervisor';
	return persona === 'session' || persona === 'anonymous' ? 'worker' : persona;
}
export type Operation = 'select' | 'insert' | 'update' | 'delete';

const TABLES = `
kind of row                     | worker | outside | nurse | therapist | social | manager | supervisor | family | outsider | removed | former | session | session2 | anonymous
organizations                   | s      | s       | s     | s         | s      | s       | su         |        |          | s       |        |         |          |
profiles: the worker's own      | su     |         |       |           |        |         |            |        |          |         |        |         |          |
memberships: the worker's       | s      | s       | s     | s         | s      | s       | su         |        |          | s       |        |         |          |
staff_absences: the worker's    | siu    | s       | s     | s         | s      | siu     | siu        |        |          | s       |        |         |          |
staff_absences: one's own       | siu    | si      | si    | si        | si     | siu     | siu        |        |          | si      |        |         |          |
office_days                     | s      | s       | s     | s         | s      | s       | siu        |        |          | s       |        |         |          |
escalation_ladders: a person's  | s      | s       | s     | s         | s      | s       | siu        |        |          | s       |        |         |          |
task_rules                      | s      | s       | s     | s         | s      | s       | siu        |        |          | s       |        |         |          |
task_templates                  | s      | s       | s     | s         | s      | siu     | siu        |        |          | s       |        |         |          |
duty_shifts                     | s      | s       | s     | s         | s      | s       | siu        |        |          | s       |        |         |          |
travel_notes: the worker's      | si     |         |       |           |        |         | s          |        |          |         |        |         |          |
travel_notes: one's own         | si     | i       | i     | i         | i      | i       | si         |        |          | i       |        |         |          |
cases                           | s      |         | su    | s         | s      | siu     | siu        | s      |          |         |        |         |          |
case_staff_details              | s      |         | siu   | s         | s      | siu     | siu        |        |          |         |        |         |          |
case_contacts: circle           | siu    |         | siu   | siu       | siu    | siu     | siu        | s      |          |         |        |         |          |
case_contacts: staff            | siu    |         | siu   | siu       | siu    | siu     | siu        |        |          |         |        |         |          |
case_members                    | s      |         | s     | s         | s      | siu     | siu        | s      |          |         |        |         |          |
case_medications                | s      |         | siu   | s         | s      | siu     | siu        | s      |          |         |        |         |          |
case_devices                    | s      |         | siu   | s         | s      | siu     | siu        | s      |          |         |        |         |          |
case_plan_codes                 | s      |         | s     | s         | s      | siu     | siu        | s      |          |         |        |         |          |
visit_series                    | s      |         | siu   | s         | s      | siu     | siu        | s      |          |         |        |         |          |
visits: the worker's            | su     |         | siu   | s         | s      | siu     | siu        | s      |          |         |        |         |          |
visit_offers: to a colleague     | s      |         | siu   | s         | s      | siu     | siu        |        |          |         |        |         |          |
offered_visits: the worker's    | s      |         |       |           |        |         |            |        |          |         |        |         |          |
visit_records: circle           | si     |         | si    | si        | si     | si      | si         | s      |          |         |        |         |          |
visit_records: of a visit       | si     |         | s     | s         | s      | si      | si         | s      |          |         |        |         |          |
visit_records: staff            | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
record_signatures: the worker's | si     |         | s     | s         | s      | si      | si         | s      |          |         |        |         |          |
record_signatures: one's own    | si     |         | si    | si        | si     | si      | si         | s      |          |         |        |         |          |
record_signatures: staff        | si     |         | s     | s         | s      | si      | si         |        |          |         |        |         |          |
record_reviews: of the worker   | s      |         | s     | s         | s      | s       | si         |        |          |         |        |         |          |
measurements                    | si     |         | si    | si        | si     | si      | si         | s      |          |         |        |         |          |
handover_notes                  | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
household_codes                 | s      |         | si    | s         | s      | si      | si         |        |          |         |        |         |          |
household_points                | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
visit_places                    | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
visit_remarks: worker's visit   | si     |         | s     | s         | s      | si      | si         |        |          |         |        |         |          |
visit_remarks: of one's own     | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
case_consents                   | siu    |         | siu   | siu       | siu    | siu     | siu        | s      |          |         |        |         |          |
attachments: the worker's       | siu    |         | si    | si        | si     | siu     | siu        | s      |          |         |        |         |          |
attachments: staff              | siu    |         | si    | si        | si     | siu     | siu        |        |          |         |        |         |          |
attachments: a paper            | siu    |         | si    | si        | si     | siu     | siu        | s      |          |         |        |         |          |
attachments: of a family report | si     |         | si    | si        | si     | siu     | siu        | s      |          |         |        |         |          |
attachments: restricted report  |        |         |       |           | si     |         | siu        |        |          |         |        |         |          |
attachments: of a staff message | siu    |         | si    | si        | si     | siu     | siu        |        |          |         |        |         |          |
attachments: a voice note       | siu    |         | si    | si        | si     | siu     | siu        | si     |          |         |        |         |          |
attachments: the family's       | si     |         | si    | si        | si     | siu     | siu        | siu    |          |         |        |         |          |
emergencies: circle             | si     |         | si    | si        | si     | si      | si         | si     |          |         |        |         |          |
emergencies: staff              | si     |         | si    | si        | si     | si      | si         | i      |          |         |        |         |          |
emergencies: restricted         | i      |         | i     | i         | si     | i       | si         | i      |          |         |        |         |          |
emergency_reporters             |        |         |       |           |        |         | s          |        |          |         |        |         |          |
emergency_actions: circle       | si     |         | si    | si        | si     | si      | si         | s      |          |         |        |         |          |
emergency_actions: restricted   |        |         |       |           | si     |         | si         |        |          |         |        |         |          |
emergency_receipts: circle      | s      |         | s     | s         | s      | s       | s          | s      |          |         |        |         |          |
emergency_receipts: restricted  |        |         |       |           | s      |         | s          |        |          |         |        |         |          |
tasks: worker's, by the nurse   | su     |         | siu   | si        | si     | siu     | siu        |        |          |         |        |         |          |
tasks: family's                 | s      |         | siu   | si        | si     | siu     | siu        | s      |          |         |        |         |          |
task_series: the nurse's         | s      |         | siu   | si        | si     | siu     | siu        |        |          |         |        |         |          |
task_checks: staff              | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
task_checks: circle             | si     |         | si    | si        | si     | si      | si         | s      |          |         |        |         |          |
task_checks: family's           | si     |         | si    | si        | si     | si      | si         | si     |          |         |        |         |          |
task_comments: staff            | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
task_comments: circle           | si     |         | si    | si        | si     | si      | si         | si     |          |         |        |         |          |
messages: circle                | si     |         | si    | si        | si     | si      | si         | si     |          |         |        |         |          |
messages: staff                 | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
messages: announcement          | s      | s       | s     | s         | s      | s       | si         |        |          | s       |        |         |          |
message_reads: worker's, circle | siu    |         | s     | s         | s      | s       | s          | s      |          |         |        |         |          |
message_reads: one's own, staff | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
questions: the worker's         | siu    |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
question_answers                | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
message_pins: circle            | si     |         | si    | si        | si     | si      | si         | s      |          |         |        |         |          |
message_pins: staff             | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
announcement_marks: worker's    | si     |         |       |           |        |         | s          |        |          |         |        |         |          |
announcement_marks: one's own   | si     | i       | i     | i         | i      | i       | si         |        |          | i       |        |         |          |
announcement_marks: a reminder  |        |         |       |           |        |         | si         |        |          |         |        |         |          |
sightings: of a circle record   | si     |         | si    | si        | si     | si      | si         | si     |          |         |        |         |          |
sightings: the worker's own     | si     |         | s     | s         | s      | s       | s          | s      |          |         |        |         |          |
sightings: of a staff task      | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
sightings: of a hand-over note  | si     |         | si    | si        | si     | si      | si         |        |          |         |        |         |          |
sightings: of a restricted one  |        |         |       |           | si     |         | si         |        |          |         |        |         |          |
notices: the worker's           | su     |         |       |           |        |         |            |        |          |         |        |         |          |
record_history: a proposal      | s      |         | su    | s         | s      | su      | su         |        |          |         |        |         |          |
invitations: the manager's      |        |         |       |           |        | s       | s          |        |          |         |        |         |          |
audit_log                       |        |         |       |           |        |         | s          |        |          |         |        |         |          |
service_codes                   | s      | s       | s     | s         | s      | s       | s          | s      | s        | s       | s      |         |          |
problem_codes                   | s      | s       | s     | s         | s      | s       | s          | s      | s        | s       | s      |         |          |
incident_types                  | s      | s       | s     | s         | s      | s       | s          | s      | s        | s       | s      |         |          |
`;

/** Functions that the API exposes: x = answers; else refused. */
const FUNCTIONS = `
call                            | worker | outside | nurse | therapist | social | manager | supervisor | family | outsider | removed | former | session | session2 | anonymous
sync                            | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
history: of 阿月                 | x      |         | x     | x         | x      | x       | x          | x      |          |         |        |         |          |
whoami                          | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
create_invitation: family       |        |         |       |           |        | x       | x          |        |          |         |        |         |          |
create_invitation: nurse        |        |         |       |           |        |         | x          |        |          |         |        |         |          |
preview_invitation              | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      | x       | x        | x
accept_invitation               | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
revoke_invitation               |        |         |       |           |        | x       | x          |        |          |         |        |         |          |
import_cases                    |        |         |       |           |        | x       | x          |        |          |         |        |         |          |
create_handover                 |        |         |       |           |        |         | x          |        |          |         |        |         |          |
open_handovers                  |        |         |       |           |        |         | x          |        |          |         |        |         |          |
revoke_handover                 |        |         |       |           |        |         | x          |        |          |         |        |         |          |
preview_handover                |        |         |       |           |        |         | x          |        | x        |         |        |         |          |
accept_handover                 |        |         |       |           |        |         |            |        | x        |         |        |         |          |
store_piece                     | x      |         | x     | x         | x      | x       | x          |        |          |         |        |         |          |
read_pieces                     | x      |         | x     | x         | x      | x       | x          | x      |          |         |        |         |          |
preview_task_rule               |        |         |       |           |        |         | x          |        |          |         |        |         |          |
refused_work                    | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
settle_refused                  |        |         |       |           |        |         | x          |        |          |         |        |         |          |
my_calendar_feed                | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
calendar_feed                   | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      | x       | x        | x
push_register                   | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
push_forget                     | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
push_check                      | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
push_test                       | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
push_receipt                    | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      | x       | x        | x
push_move                       | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      | x       | x        | x
engine_health                   |        |         |       |           |        |         | x          |        | x        |         |        |         |          |
engine_start                    |        |         |       |           |        |         |            |        |          |         |        |         |          |
engine_tick                     |        |         |       |           |        |         |            |        |          |         |        |         |          |
engine_settle                   |        |         |       |           |        |         |            |        |          |         |        |         |          |
my_devices                      | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
request_wipe: worker's phone    | x      |         |       |           |        |         | x          |        |          |         |        |         |          |
confirm_wipe                    | x      | x       | x     | x         | x      | x       | x          | x      | x        | x       | x      |         |          |
`;

export interface MatrixRow<Allowed> {
	readonly kind: string;
	/** Table or function: the kind up to its colon. */
	readonly object: string;
	readonly cells: readonly { readonly persona: Persona; readonly allowed: Allowed }[];
}

const OPERATIONS: readonly Operation[] = ['select', 'insert', 'update', 'delete'];

export const TABLE_MATRIX: readonly MatrixRow<ReadonlySet<Operation>>[] = parse(
	TABLES,
	(cell) => new Set(OPERATIONS.filter((operation) => cell.includes(operation.charAt(0))))
);
export const FUNCTION_MATRIX: readonly MatrixRow<boolean>[] = parse(
	FUNCTIONS,
	(cell) => cell === 'x'
);
export const EVERY_OPERATION = OPERATIONS;

function parse<Allowed>(grid: string, read: (cell: string) => Allowed): MatrixRow<Allowed>[] {
	const [head, ...lines] = grid
		.trim()
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim()));
	// The heading names people of the seed; a misspelt one fails where its token is asked for.
	const personas = (head ?? []).slice(1) as Persona[];
	return lines.map(([kind = '', ...cells]) => ({
		kind,
		object: kind.split(':')[0] ?? kind,
		cells: personas.map((persona, index) => ({ persona, allowed: read(cells[index] ?? '') }))
	}));
}
