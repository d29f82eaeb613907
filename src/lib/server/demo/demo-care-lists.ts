/** What the prototype's five take and wear in the demo: copied by their nurse, one change overdue, one name among the allergies. */
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import type { CaseDeviceRow, CaseMedicationRow } from '#lib/domain/care-list-rows.ts';
import type { Circle } from './demo-events.ts';
import { demoId, written, type DemoRow } from './demo-rows.ts';

type Taken = Pick<CaseMedicationRow, 'name' | 'strength' | 'dose' | 'times' | 'reason' | 'help'> &
	Partial<Pick<CaseMedicationRow, 'directions' | 'route'>>;

const AMLODIPINE: Taken = {
	name: '脈優',
	strength: '5 mg',
	dose: '1 顆',
	times: ['morning'],
	reason: '高血壓',
	help: 'reminded'
};
const METFORMIN: Taken = {
	name: '庫魯化',
	strength: '500 mg',
	dose: '1 顆',
	times: ['morning', 'evening'],
	directions: '飯後',
	reason: '糖尿病',
	help: 'pill_box'
};
const PARACETAMOL: Taken = {
	name: '普拿疼',
	strength: '500 mg',
	dose: '1 顆',
	times: ['as_needed'],
	directions: '一天不超過 4 顆',
	reason: '膝蓋痛',
	help: 'self'
};
const ASPIRIN: Taken = {
	name: '阿斯匹靈腸溶錠',
	strength: '100 mg',
	dose: '1 顆',
	times: ['morning'],
	directions: '飯後',
	reason: '預防中風',
	help: 'family'
};

const MEDICATIONS: Readonly<Record<string, readonly Taken[]>> = {
	lin: [AMLODIPINE, PARACETAMOL],
	wang: [AMLODIPINE, { ...ASPIRIN, help: 'pill_box' }],
	liu: [ASPIRIN],
	chen: [METFORMIN],
	shi: [AMLODIPINE]
};

/** Days before today on which it was placed, and after today on which its change is due. */
interface Worn extends Pick<CaseDeviceRow, 'kind' | 'size'> {
	readonly placedDaysAgo: number;
	readonly dueInDays: number | null;
	readonly by: string | null;
}
const DEVICES: Readonly<Record<string, readonly Worn[]>> = {
	lin: [
		{ kind: 'walker', size: null, placedDaysAgo: 200, dueInDays: null, by: null },
		{ kind: 'urinary_catheter', size: '16 Fr', placedDaysAgo: 24, dueInDays: 4, by: '雲嶺衛生所' }
	],
	wang: [
		{ kind: 'urinary_catheter', size: '16 Fr', placedDaysAgo: 30, dueInDays: -2, by: '居家護理師' },
		{ kind: 'wheelchair', size: null, placedDaysAgo: 90, dueInDays: null, by: null }
	],
	liu: [{ kind: 'oxygen', size: '2 L/min', placedDaysAgo: 60, dueInDays: null, by: '輔具公司' }],
	shi: [{ kind: 'bed', size: null, placedDaysAgo: 60, dueInDays: null, by: null }]
};

const BAG_DAYS_AGO = 19;
const DAYS_A_BAG_LASTS = 28;

export function demoMedications(
	circles: readonly Circle[],
	today: string
): DemoRow<'case_medications'>[] {
	const bagOn = addDays(today, -BAG_DAYS_AGO);
	return circles.flatMap(({ one, nurse }) =>
		(MEDICATIONS[one.key] ?? []).map((taken, index) => ({
			id: demoId('medication', one.key, index),
			case_id: demoId('case', one.key),
			route: 'oral' as const,
			...taken,
			prescriber: '雲嶺衛生所 家醫科',
			bag_on: bagOn,
			starts_on: bagOn,
			ends_on: addDays(bagOn, DAYS_A_BAG_LASTS),
			author_name: nurse.name,
			...written(nurse.id, instantAt(addDays(bagOn, 1), '10:00'))
		}))
	);
}

export function demoDevices(circles: readonly Circle[], today: string): DemoRow<'case_devices'>[] {
	return circles.flatMap(({ one, nurse }) =>
		(DEVICES[one.key] ?? []).map(({ kind, size, placedDaysAgo, dueInDays, by }) => ({
			id: demoId('device', one.key, kind),
			case_id: demoId('case', one.key),
			kind,
			size,
			placed_on: addDays(today, -placedDaysAgo),
			change_due_on: dueInDays === null ? null : addDays(today, dueInDays),
			changed_by: by,
			author_name: nurse.name,
			...written(nurse.id, instantAt(addDays(today, -placedDaysAgo), '11:00'))
		}))
	);
}
