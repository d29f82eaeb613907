/** The care recipients of the demo: the prototype's five and the generated others, each with circle and repeating visit. */
import { clock } from './demo-days.ts';
import type { Random } from './random.ts';
import {
	ALERTS,
	ALLERGIES,
	CONDITIONS,
	DEMO_STAFF,
	FEMALE_NAMES,
	LONG_NAMES,
	MALE_NAMES,
	PROTOTYPE_CASES,
	SURNAMES,
	VILLAGES,
	type DemoCase,
	type DemoOrganisation
} from './demo-people.ts';

/** How many days of history the people beside the prototype's five have. */
const HISTORY_DAYS = 90;

/** `count` care recipients in all; the five of the prototype come first, three of four others belong to the first organisation. */
export function demoCases(count: number, random: Random): DemoCase[] {
	const names = new Set(PROTOTYPE_CASES.map((one) => one.name));
	const others = Array.from({ length: Math.max(0, count - PROTOTYPE_CASES.length) }, (_, index) =>
		otherCase(index, random, names)
	);
	return [...PROTOTYPE_CASES, ...others];
}

function otherCase(index: number, random: Random, taken: Set<string>): DemoCase {
	const org: DemoOrganisation['key'] = index % 4 === 3 ? 'qingxi' : 'yunling';
	const sex = random.chance(0.6) ? 'female' : 'male';
	const name = freeName(index, sex, random, taken);
	const conditions: readonly string[] = some(CONDITIONS, random.int(1, 3), random);
	const has = (condition: string) => conditions.includes(condition);
	const workerKey = workerFor(org, index);
	const startMinutes = 8 * 60 + (index % 7) * 75;
	return {
		key: `case-${index}`,
		org,
		name,
		sex,
		age: random.int(66, 97),
		cmsLevel: random.int(2, 8),
		village: random.pick(VILLAGES),
		living: random.pick(['alone_listed', 'alone_unlisted', 'with_others', 'with_others']),
		conditions,
		allergies: random.chance(0.3) ? some(ALLERGIES, 1, random) : [],
		alerts: random.chance(0.6) ? some(ALERTS, random.int(1, 2), random) : [],
		staffAlerts: random.chance(0.15) ? ['案家手足意見不同，照顧決定先問主要聯絡人'] : [],
		health: {
			systolic: has('高血壓') ? random.int(136, 158) : random.int(114, 132),
			diastolic: has('高血壓') ? random.int(78, 92) : random.int(64, 80),
			drift: random.around(0, 1.5),
			pulse: random.int(64, 86),
			glucose: has('第二型糖尿病') ? random.int(118, 190) : null,
			spo2: has('慢性阻塞性肺病') ? random.int(91, 94) : null,
			weightKg: random.int(42, 74)
		},
		circle: [
			{ key: workerKey, role: 'worker' },
			{ key: nurseFor(org, index), role: 'nurse' },
			{ key: managerFor(org, index), role: 'care_manager' },
			...(random.chance(0.25) ? [{ key: 'therapist', role: 'therapist' } as const] : []),
			...(random.chance(0.15) ? [{ key: 'dietitian', role: 'dietitian' } as const] : [])
		],
		weekdays: random.pick([
			[1, 2, 3, 4, 5],
			[1, 2, 3, 4, 5, 6],
			[1, 2, 3, 4, 5, 6, 7],
			[1, 3, 5],
			[1, 2, 4, 5]
		]),
		startTime: clock(startMinutes),
		minutes: random.pick([45, 60, 60, 90]),
		codes: random.pick([
			['BA02', 'BA03'],
			['BA02', 'BA03', 'BA07'],
			['BA03', 'BA05', 'BA15'],
			['BA01', 'BA03', 'BA10'],
			['BA02', 'BA03', 'BA13']
		]),
		historyDays: HISTORY_DAYS,
		contacts: [
			{
				name: `${name.slice(0, 1)}${random.pick(['志偉', '淑惠', '家豪', '美君'])}`,
				relation: random.pick(['兒子', '女兒', '媳婦', '太太', '先生']),
				phone: `0900-000-${String(400 + (index % 500)).padStart(3, '0')}`
			}
		]
	};
}

/** The demo worker and the second worker have a full day each, and neither sees the other's. Whose day is too full for one more: demo-days.ts. */
function workerFor(org: DemoOrganisation['key'], index: number): string {
	const workers = DEMO_STAFF.filter((one) => one.org === org && one.role === 'worker').map(
		(one) => one.key
	);
	if (org === 'yunling' && index < 4) return 'worker';
	if (org === 'yunling' && index % 3 === 0) return 'worker2';
	const rest = workers.filter((key) => key !== 'worker' && key !== 'worker2');
	return rest[index % rest.length] ?? 'worker2';
}

function nurseFor(org: DemoOrganisation['key'], index: number): string {
	if (org === 'qingxi') return 'nurse3';
	return index % 2 === 0 ? 'nurse' : 'nurse2';
}

function managerFor(org: DemoOrganisation['key'], index: number): string {
	if (org === 'qingxi') return 'manager3';
	return index % 2 === 0 ? 'manager' : 'manager2';
}

function freeName(index: number, sex: DemoCase['sex'], random: Random, taken: Set<string>): string {
	const long = index % 12 === 5 ? LONG_NAMES[Math.floor(index / 12)] : undefined;
	let name = long ?? '';
	let tries = 0;
	while (name === '' || taken.has(name)) {
		name = random.pick(SURNAMES) + random.pick(sex === 'female' ? FEMALE_NAMES : MALE_NAMES);
		// Ten times the demo (bench) has more people than names: the village tells two of a name apart, as people there do.
		if (++tries > 40) name = `${name}（${random.pick(VILLAGES).slice(0, 2)}${index}）`;
	}
	taken.add(name);
	return name;
}

function some<T>(items: readonly T[], count: number, random: Random): T[] {
	const left = [...items];
	return Array.from({ length: Math.min(count, left.length) }, () => {
		const [item] = left.splice(random.int(0, left.length - 1), 1);
		if (item === undefined) throw new Error('some() drew from an empty list');
		return item;
	});
}
