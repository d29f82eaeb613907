/** The day that is scripted: seven people in three villages, each visited before, and one visit of the demo's worker to each today. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { uuidV7 } from '#lib/domain/ids.ts';
import { instantAt, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { databaseAs, rowsOf, type Row } from '../../fixtures/e2e-demo.ts';

interface PlannedStop {
	readonly name: string;
	readonly village: string;
	readonly hasSignal: boolean;
	/** What the worker meets there. */
	readonly meets: 'plain' | 'vitals' | 'nobody' | 'red';
}
export interface Stop extends PlannedStop {
	readonly visitId: string;
	readonly caseId: string;
}

/** In the order of the day; the second village and half of the third have no signal. */
const STOPS: readonly PlannedStop[] = [
	{ name: '丁阿招', village: '甲村', hasSignal: true, meets: 'plain' },
	{ name: '戴春生', village: '甲村', hasSignal: true, meets: 'vitals' },
	{ name: '方月雲', village: '乙村', hasSignal: false, meets: 'vitals' },
	{ name: '康金水', village: '乙村', hasSignal: false, meets: 'nobody' },
	{ name: '古阿滿', village: '乙村', hasSignal: false, meets: 'red' },
	{ name: '石天福', village: '丙村', hasSignal: false, meets: 'plain' },
	{ name: '巫秀鳳', village: '丙村', hasSignal: true, meets: 'plain' }
];

/** Takes the demo's own visits off the worker's day and puts these in their place. */
export async function planDay(baseURL: string): Promise<readonly Stop[]> {
	const office = await databaseAs(baseURL, 'supervisor');
	const worker = await databaseAs(baseURL, 'worker');
	const { data } = await worker.auth.getUser();
	const workerId = data.user?.id ?? '';
	const [membership] = await rowsOf(worker, 'memberships', { user_id: workerId });
	const today = taipeiDay(new Date().toISOString());
	await clearDay(office, workerId, today);
	const stops: Stop[] = [];
	for (const [index, stop] of STOPS.entries()) {
		const [caseId, visitId] = [newId(), newId()];
		await put(office, 'cases', {
			id: caseId,
			org_id: membership?.['org_id'],
			name: stop.name,
			village: stop.village
		});
		await put(office, 'case_members', {
			id: newId(),
			case_id: caseId,
			user_id: workerId,
			role: 'worker',
			display_name: '?'
		});
		// What "the rest as last time" takes over.
		await put(office, 'visit_records', {
			id: newId(),
			case_id: caseId,
			author_name: '?',
			appetite: 'all',
			bowel: 'normal',
			urine: 'normal',
			skin: 'intact',
			mood: 'calm',
			sleep: 'good'
		});
		const time = `${String(8 + index).padStart(2, '0')}:00`;
		await put(office, 'visits', {
			id: visitId,
			case_id: caseId,
			worker_id: workerId,
			starts_at: instantAt(today, time),
			ends_at: instantAt(today, time.replace(':00', ':50')),
			planned_codes: ['BA02', 'BA03']
		});
		stops.push({ ...stop, caseId, visitId });
	}
	return stops;
}

async function clearDay(office: SupabaseClient, workerId: string, today: string): Promise<void> {
	const { error } = await office
		.from('visits')
		.update({ status: 'cancelled', status_reason: '另排' })
		.match({ worker_id: workerId, status: 'planned' })
		.gte('starts_at', instantAt(today, '00:00'))
		.lte('starts_at', instantAt(today, '23:59'));
	if (error) throw error;
}

async function put(office: SupabaseClient, table: string, row: Row): Promise<void> {
	const { error } = await office
		.from(table)
		.insert({ recorded_at: new Date().toISOString(), ...row });
	if (error) throw error;
}

function newId(): string {
	return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
