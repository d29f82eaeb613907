/** What happens around the demo cases: emergencies with what was done, tasks with comments, messages. */
import { messageReadId } from '#lib/domain/ids.ts';
import { instantAt } from '#lib/domain/taiwan-dates.ts';
import type { EmergencySeverity, EmergencyStatus, TaskStatus } from '#lib/domain/rows.ts';
import type { Carer } from './demo-history.ts';
import type { DemoCase } from './demo-people.ts';
import { demoId, plusMinutes, written, type DemoRow } from './demo-rows.ts';
import type { Random } from './random.ts';

/** The people around one case who write things. */
export interface Circle {
	readonly one: DemoCase;
	readonly worker: Carer;
	readonly nurse: Carer;
	readonly manager: Carer;
	readonly family: Carer | null;
}

interface Incident {
	readonly key: string;
	readonly type: string;
	readonly severity: EmergencySeverity;
	readonly occurredAt: string;
	readonly description: string;
	readonly status: EmergencyStatus;
}

export interface Emergencies {
	readonly emergencies: DemoRow<'emergencies'>[];
	readonly actions: DemoRow<'emergency_actions'>[];
}

/** The three rows of the prototype's 緊急通報 table (domain facts §9), to the day, the part of the day and the severity. */
export function prototypeEmergencies(circleOf: ReadonlyMap<string, Circle>): Emergencies {
	const rows: readonly (readonly [caseKey: string, incident: Incident])[] = [
		[
			'lin',
			{
				key: 'p1',
				type: 'FALL',
				severity: 'orange',
				occurredAt: instantAt('2024-11-09', '14:30'),
				description: '發生跌倒事件',
				status: 'acknowledged'
			}
		],
		[
			'shi',
			{
				key: 'p2',
				type: 'BPABN',
				severity: 'yellow',
				occurredAt: instantAt('2024-11-06', '09:20'),
				description: '血壓偏高',
				status: 'acknowledged'
			}
		],
		[
			'chen',
			{
				key: 'p3',
				type: 'BEHAV',
				severity: 'yellow',
				occurredAt: instantAt('2024-10-30', '10:10'),
				description: '情緒不穩定',
				status: 'acknowledged'
			}
		]
	];
	return merge(
		rows.map(([caseKey, incident]) => {
			const circle = circleOf.get(caseKey);
			if (!circle) throw new Error(`the demo has no case ${caseKey}`);
			return emergency(circle, incident);
		})
	);
}

const INCIDENTS: readonly (readonly [
	type: string,
	severity: EmergencySeverity,
	description: string
])[] = [
	['FALL', 'orange', '在浴室門口滑倒，右手肘擦傷，意識清楚'],
	['FALL', 'yellow', '起身時坐回地上，沒有受傷'],
	['BPABN', 'orange', '休息後再量仍偏高，無頭痛'],
	['BPABN', 'yellow', '今日血壓比平常高'],
	['FEVER', 'orange', '體溫 38.2 度，有咳嗽'],
	['SKIN', 'orange', '薦骨處發紅，指壓不退'],
	['MED', 'orange', '晚上的藥早上吃了'],
	['REFUSE', 'yellow', '不願吃午餐，只喝水'],
	['BEHAV', 'yellow', '情緒激動，安撫後平靜'],
	['NOANS', 'orange', '按鈴與電話都沒有回應'],
	['HYPOG', 'red', '血糖 62，冒冷汗，已給糖水'],
	['TUBE', 'orange', '鼻胃管滑出約五公分']
];

/** `count` incidents in the last 90 days; the newest `open` of them are not closed yet. */
export function recentEmergencies(
	circles: readonly Circle[],
	count: number,
	open: number,
	now: string,
	random: Random
): Emergencies {
	return merge(
		Array.from({ length: count }, (_, index) => {
			const [type, severity, description] = random.pick(INCIDENTS);
			const hoursAgo = index < open ? 2 + index * 7 : random.int(30, 89 * 24);
			return emergency(random.pick(circles), {
				key: `r${index}`,
				type,
				severity,
				occurredAt: plusMinutes(now, -hoursAgo * 60),
				description,
				status: index < open ? (index % 2 === 0 ? 'open' : 'acting') : 'closed'
			});
		})
	);
}

const OUTCOME = '已處理，家屬與護理師知悉，持續觀察三天。';

function emergency({ one, worker, nurse, manager }: Circle, incident: Incident): Emergencies {
	const id = demoId('emergency', incident.key);
	const caseId = demoId('case', one.key);
	const heardAt = plusMinutes(incident.occurredAt, 6);
	const closedAt = plusMinutes(incident.occurredAt, 26 * 60);
	const heard = incident.status !== 'open';
	const closed = incident.status === 'closed';
	const step = (
		action: 'acknowledge' | 'act' | 'close',
		by: Carer,
		at: string,
		note: string | null
	): DemoRow<'emergency_actions'> => ({
		id: demoId('emergency_action', incident.key, action),
		case_id: caseId,
		emergency_id: id,
		action,
		note,
		author_name: by.name,
		...written(by.id, at)
	});
	return {
		emergencies: [
			{
				id,
				case_id: caseId,
				incident_type: incident.type,
				severity: incident.severity,
				occurred_at: incident.occurredAt,
				description: incident.description,
				status: incident.status,
				reporter_name: worker.name,
				acknowledged_at: heard ? heardAt : null,
				acknowledged_by_name: heard ? nurse.name : null,
				closed_at: closed ? closedAt : null,
				closed_by_name: closed ? manager.name : null,
				outcome: closed ? OUTCOME : null,
				...written(worker.id, plusMinutes(incident.occurredAt, 2))
			}
		],
		actions: [
			...(heard ? [step('acknowledge', nurse, heardAt, null)] : []),
			...(closed || incident.status === 'acting'
				? [
						step(
							'act',
							nurse,
							plusMinutes(heardAt, 20),
							'電話評估，請照服員休息五分鐘後再量一次並回報。'
						)
					]
				: []),
			...(closed ? [step('close', manager, closedAt, OUTCOME)] : [])
		]
	};
}

const TASKS: readonly (readonly [title: string, body: string])[] = [
	['陪同回診', '帶健保卡、連續處方箋與血壓紀錄本。'],
	['確認藥盒', '核對三餐藥格，缺藥請通知護理師。'],
	['更換浴室止滑墊', '舊的已脫落，跌倒風險高。'],
	['聯絡家屬討論喘息服務', '主要照顧者說最近睡不好。'],
	['測量一週血壓', '早晚各兩次，間隔一分鐘（722）。'],
	['輔具評估', '助行器高度不合，約治療師到宅。'],
	['補交服務同意書', '請家屬簽名後拍照存檔。'],
	['營養評估', '體重一個月少了兩公斤。'],
	['傷口照護指導', '示範翻身擺位，請家屬回示教。'],
	['更新緊急聯絡人', '兒子換了電話號碼。']
];

/** Index in TASKS → what it takes. */
const STEPS: Readonly<Record<number, readonly string[]>> = {
	0: ['確認回診時間與交通', '帶健保卡與連續處方箋', '抄下醫囑與新的用藥'],
	5: ['約治療師到宅時間', '量助行器高度', '教家屬怎麼用', '補照片與紀錄'],
	7: ['量體重', '記三天飲食', '回報營養師']
};

/** Minutes to answer, of tasks that ask for it. */
const ASKED_FOR = 120;
/** Index of a task → minutes that are left. */
const MINUTES_LEFT: Readonly<Record<number, number>> = { 5: -1, 7: 80 };

export interface Tasks {
	readonly tasks: DemoRow<'tasks'>[];
	readonly comments: DemoRow<'task_comments'>[];
}

/** `count` tasks over 90 days; about one in six is still open, some of them overdue. */
export function demoTasks(
	circles: readonly Circle[],
	count: number,
	now: string,
	random: Random
): Tasks {
	const tasks: DemoRow<'tasks'>[] = [];
	const comments: DemoRow<'task_comments'>[] = [];
	for (let index = 0; index < count; index++) {
		// The first ones go to the prototype's five, so that the demo worker has a board to look at.
		const circle = index < 10 ? circles[index % 5] : random.pick(circles);
		if (!circle) continue;
		const { one, worker, nurse, manager, family } = circle;
		const active = index < 50;
		const drawnAuthor = random.pick([nurse, manager]);
		const toFamily = family !== null && index === 0;
		const chosen = toFamily ? family : random.chance(0.75) ? worker : nurse;
		const drawn: TaskStatus = active
			? random.pick(['open', 'open', 'accepted', 'doing'])
			: random.chance(0.95)
				? 'done'
				: 'declined';
		const madeAt = plusMinutes(
			now,
			-60 * (active ? random.int(4, 6 * 24) : random.int(7 * 24, 89 * 24))
		);
		const dueAt = plusMinutes(madeAt, 60 * random.int(24, 7 * 24));
		const finishedAt = plusMinutes(madeAt, 60 * random.int(3, 72));
		const [title, body] = TASKS[index % TASKS.length] ?? ['', ''];
		const free = drawn === 'open' && random.chance(0.3) && !toFamily;
		// The person who was asked has so many minutes left: one offer whose time has just passed, and one that waits.
		const left = MINUTES_LEFT[index] ?? null;
		const assignee = left === null ? chosen : nurse;
		const status = left === null ? drawn : 'open';
		const unassigned = left === null && free;
		const author = left === null ? drawnAuthor : manager;
		const id = demoId('task', index);
		tasks.push({
			id,
			case_id: demoId('case', one.key),
			title,
			body,
			steps: [...(STEPS[index % TASKS.length] ?? [])],
			status,
			priority: random.chance(0.2) ? 'high' : 'normal',
			due_at: dueAt,
			assignee_id: unassigned ? null : assignee.id,
			assignee_name: unassigned ? null : assignee.name,
			decline_reason: status === 'declined' ? '當天已有其他訪視，請改派' : null,
			reply_minutes: left === null ? null : ASKED_FOR,
			reply_due_at: left === null ? null : plusMinutes(now, left),
			finished_at: status === 'done' ? finishedAt : null,
			finished_by_name: status === 'done' ? assignee.name : null,
			author_name: author.name,
			audience: toFamily ? 'circle' : 'staff',
			...written(author.id, left === null ? madeAt : plusMinutes(now, left - ASKED_FOR))
		});
		if (!active || random.chance(0.6)) continue;
		comments.push({
			id: demoId('task_comment', index),
			case_id: demoId('case', one.key),
			task_id: id,
			body: '已聯絡案家，約好時間再回報。',
			author_name: assignee.name,
			audience: toFamily ? 'circle' : 'staff',
			...written(assignee.id, plusMinutes(madeAt, 90))
		});
	}
	return { tasks, comments };
}

const CIRCLE_LINES: readonly (readonly [
	from: 'worker' | 'nurse' | 'family' | 'manager',
	body: string
])[] = [
	['worker', '今天精神很好，早餐吃完一碗粥。'],
	['family', '謝謝，今天比較冷，請幫她加件背心。'],
	['nurse', '這週血壓大致穩定，藥照原來的吃。'],
	['manager', '下週二下午家訪，方便嗎？'],
	['family', '可以，我會在家。'],
	['worker', '下午陪著走到廟口，來回二十分鐘。']
];
const STAFF_LINES: readonly (readonly [from: 'worker' | 'nurse' | 'manager', body: string])[] = [
	['worker', '她說膝蓋比上週痛，走路比較慢。'],
	['nurse', '收到，明天我去看，先不要走樓梯。'],
	['manager', '本月額度還剩三千多，可以加一次 BA11。'],
	['worker', '了解，週四開始加。']
];

/** Two threads a case, the newest line some hours old. */
export function demoMessages(
	circles: readonly Circle[],
	now: string,
	random: Random
): DemoRow<'messages'>[] {
	return circles.flatMap((circle) => [
		...thread(circle, 'circle', CIRCLE_LINES, now, random),
		...thread(circle, 'staff', STAFF_LINES, now, random)
	]);
}

function thread(
	{ one, ...people }: Circle,
	audience: 'circle' | 'staff',
	lines: readonly (readonly [from: 'worker' | 'nurse' | 'family' | 'manager', body: string])[],
	now: string,
	random: Random
): DemoRow<'messages'>[] {
	const present = lines.filter(([from]) => people[from] !== null);
	const count = random.int(2, present.length);
	return present.slice(0, count).map(([from, body], index) => {
		const author = people[from];
		if (author === null) throw new Error('only present people write');
		const at = plusMinutes(now, -60 * (3 + (count - index) * random.int(5, 20)));
		return {
			id: demoId('message', one.key, audience, index),
			case_id: demoId('case', one.key),
			body,
			author_name: author.name,
			author_role: from === 'manager' ? 'care_manager' : from,
			audience,
			needs_confirmation: false,
			...written(author.id, at)
		};
	});
}

/** Everybody has read what is older than this: what waits on a phone is what one night leaves. */
const READ_UNTIL_HOURS_AGO = 12;

/** How far the people of each circle, and the supervisor over them, have read its threads. */
export function demoReads(
	circles: readonly Circle[],
	supervisor: Carer,
	now: string
): DemoRow<'message_reads'>[] {
	const readThrough = plusMinutes(now, -60 * READ_UNTIL_HOURS_AGO);
	return circles.flatMap(({ one, worker, nurse, manager, family }) => {
		const caseId = demoId('case', one.key);
		const marks = (readers: readonly Carer[], audience: 'circle' | 'staff') =>
			[...new Map(readers.map((reader) => [reader.id, reader])).values()].map((reader) => ({
				id: messageReadId(caseId, audience, reader.id),
				case_id: caseId,
				user_id: reader.id,
				user_name: reader.name,
				read_through: readThrough,
				audience,
				...written(reader.id, readThrough)
			}));
		const staff = [worker, nurse, manager, supervisor];
		return [
			...marks(family === null ? staff : [...staff, family], 'circle'),
			...marks(staff, 'staff')
		];
	});
}

function merge(parts: readonly Emergencies[]): Emergencies {
	return {
		emergencies: parts.flatMap((part) => part.emergencies),
		actions: parts.flatMap((part) => part.actions)
	};
}
