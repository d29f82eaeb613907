/**
 * The agency whose week is planned: twelve care workers in four villages, eight people each village, 180 visits this week, and for next
 * week a holiday and two who are away. Made through the public API by its supervisor; the workers come by invitation.
 */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { uuidV7 } from '#lib/domain/ids.ts';
import {
	addDays,
	instantAt,
	startOfDay,
	startOfWeek,
	taipeiDay
} from '#lib/domain/taiwan-dates.ts';
import { databaseAs, PASSWORD, rowsOf, type Row } from '../../fixtures/e2e-demo.ts';

export interface Worker {
	readonly id: string;
	readonly name: string;
	readonly email: string;
}
interface Recipient {
	readonly id: string;
	readonly name: string;
	readonly village: string;
}
export interface Village {
	readonly workers: readonly Worker[];
	readonly people: readonly Recipient[];
}
export interface Agency {
	readonly office: SupabaseClient;
	/** Mondays, as Taipei days. */
	readonly thisWeek: string;
	readonly nextWeek: string;
	readonly villages: readonly Village[];
}

/** Three workers each. */
const VILLAGES = ['甲村', '乙村', '丙村', '丁村'];
const WORKERS = ['石照服', '田照服', '江照服', '湯照服', '柯照服', '彭照服'].concat([
	'游照服',
	'邱照服',
	'范照服',
	'阮照服',
	'涂照服',
	'童照服'
]);
const SURNAMES = '丁戴方康古石巫田尤江湯伍'.split('');
const GIVEN = ['阿招', '春生', '月雲', '金水', '阿滿', '天福', '秀鳳', '木火'];
const WORKERS_A_VILLAGE = 3;
const DAYS = 5;
/** Of three workers one is busy and two are free at each hour. */
const VISITS_A_DAY = 3;

/** In the demo's second organisation, whose own plan of these weeks is taken away first. */
export async function makeAgency(baseURL: string): Promise<Agency> {
	const office = await databaseAs(baseURL, 'outsider');
	const { data } = await office.auth.getUser();
	const [membership] = await rowsOf(office, 'memberships', { user_id: data.user?.id ?? '' });
	const orgId = String(membership?.['org_id']);
	const thisWeek = startOfWeek(taipeiDay(new Date().toISOString()));
	await clearPlan(office, thisWeek);
	const workers = await Promise.all(
		WORKERS.map((name, index) => letIn(baseURL, office, { orgId, name, index }))
	);
	const villages = VILLAGES.map((village, index) => ({
		workers: workers.slice(index * WORKERS_A_VILLAGE, (index + 1) * WORKERS_A_VILLAGE),
		people: GIVEN.map((given, person) => ({
			id: newId(),
			name: `${SURNAMES[(index * 3 + person) % SURNAMES.length] ?? ''}${given}`,
			village
		}))
	}));
	const people = villages.flatMap((village) => village.people);
	await put(
		office,
		'cases',
		people.map(({ id, name, village }) => ({ id, org_id: orgId, name, village }))
	);
	await put(
		office,
		'case_members',
		villages.flatMap((village) =>
			village.people.flatMap(({ id: case_id }) =>
				village.workers.map(({ id: user_id, name }) => ({
					id: newId(),
					case_id,
					user_id,
					role: 'worker',
					display_name: name
				}))
			)
		)
	);
	const visits = villages.flatMap((village) => weekOf(village, thisWeek));
	await put(office, 'visits', visits);
	const agency = { office, thisWeek, nextWeek: addDays(thisWeek, 7), villages };
	await planAhead(agency, orgId);
	return agency;
}

/** A worker's hours are those of no colleague in the same village. */
function weekOf({ workers, people }: Village, monday: string): Row[] {
	return Array.from({ length: DAYS }, (_, day) => addDays(monday, day)).flatMap((day, dayIndex) =>
		workers.flatMap((worker, place) =>
			Array.from({ length: VISITS_A_DAY }, (_, turn): Row => {
				const hour = String(8 + place + turn * WORKERS_A_VILLAGE).padStart(2, '0');
				const person = people[(dayIndex + place + turn * WORKERS_A_VILLAGE) % people.length];
				return {
					id: newId(),
					case_id: person?.id,
					worker_id: worker.id,
					starts_at: instantAt(day, `${hour}:00`),
					ends_at: instantAt(day, `${hour}:50`),
					planned_codes: ['BA02', 'BA03']
				};
			})
		)
	);
}

/** Next week's Wednesday is a holiday on which one is away; another is away on Thursday and Friday. */
async function planAhead({ office, nextWeek, villages }: Agency, orgId: string): Promise<void> {
	await put(office, 'office_days', [
		{ id: newId(), org_id: orgId, day: addDays(nextWeek, 2), kind: 'holiday', name: '放假日' }
	]);
	const away = (worker: Worker | undefined, from: number, until: number): Row => ({
		id: newId(),
		org_id: orgId,
		user_id: worker?.id,
		starts_at: startOfDay(addDays(nextWeek, from)),
		ends_at: startOfDay(addDays(nextWeek, until))
	});
	await put(office, 'staff_absences', [
		away(villages[1]?.workers[0], 2, 3),
		away(villages[2]?.workers[1], 3, 5)
	]);
}

async function clearPlan(office: SupabaseClient, fromDay: string): Promise<void> {
	const { error } = await office
		.from('visits')
		.update({ status: 'cancelled', status_reason: '另排' })
		.match({ status: 'planned' })
		.gte('starts_at', startOfDay(fromDay));
	if (error) throw error;
}

async function letIn(
	baseURL: string,
	office: SupabaseClient,
	{ orgId, name, index }: { readonly orgId: string; readonly name: string; readonly index: number }
): Promise<Worker> {
	const { data: invitation, error } = await office.rpc('create_invitation', {
		request: { org_id: orgId, case_id: null, role: 'worker', display_name: name, relation: null }
	});
	if (error) throw error;
	const { supabaseUrl, publishableKey } = await configOf(baseURL);
	const phone = createClient(supabaseUrl, publishableKey, {
		auth: { persistSession: false, autoRefreshToken: false }
	});
	const email = `office${index}@example.org`;
	const joined = await phone.auth.signUp({
		email,
		password: PASSWORD,
		options: { data: { display_name: name } }
	});
	if (joined.error) throw joined.error;
	const accepted = await phone.rpc('accept_invitation', { token: tokenOf(invitation) });
	if (accepted.error) throw accepted.error;
	return { id: joined.data.user?.id ?? '', name, email };
}

export interface PublicConfig {
	readonly supabaseUrl: string;
	readonly publishableKey: string;
	readonly version: string;
}

export async function configOf(baseURL: string): Promise<PublicConfig> {
	const answer: unknown = await (await fetch(new URL('/config.json', baseURL))).json();
	const { supabaseUrl, publishableKey, version } = answer as PublicConfig;
	const url = new URL(supabaseUrl, baseURL).href.replace(/\/$/, '');
	return { supabaseUrl: url, publishableKey, version };
}

function tokenOf(invitation: unknown): string {
	if (typeof invitation === 'object' && invitation !== null && 'token' in invitation)
		return String(invitation.token);
	throw new Error('An invitation without a token');
}

async function put(office: SupabaseClient, table: string, rows: readonly Row[]): Promise<void> {
	const recorded_at = new Date().toISOString();
	const { error } = await office.from(table).insert(rows.map((row) => ({ recorded_at, ...row })));
	if (error) throw error;
}

function newId(): string {
	return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
