/** The invented people of the demo: two organisations in 雲嶺鄉, a mountain township that does not exist. */
import type { CircleRole, StaffRole } from '#lib/domain/rows.ts';

export interface DemoOrganisation {
	readonly key: 'yunling' | 'qingxi';
	readonly name: string;
	readonly kind: 'A' | 'B';
	readonly phone: string;
	readonly dutyPhone: string;
}

/** `account`: the part before the @ of a demo account; people without one cannot sign in. */
export interface DemoStaff {
	readonly key: string;
	readonly org: DemoOrganisation['key'];
	readonly role: StaffRole;
	readonly name: string;
	readonly title: string;
	readonly account: string | null;
}

export const DEMO_DOMAIN = 'demo.connect10.tw';
export const DEMO_PASSWORD = 'connect10-demo';
export const VILLAGES = ['松泉村', '雲頂村', '竹林村', '山櫻村', '楓樹村', '溪尾村'] as const;

/** Numbers of the range that no operator hands out (0900-000-xxx, 000 exchange). */
export const DEMO_ORGANISATIONS: readonly DemoOrganisation[] = [
	{
		key: 'yunling',
		name: '雲嶺居家長照機構',
		kind: 'B',
		phone: '08-000-0110',
		dutyPhone: '0900-000-110'
	},
	{
		key: 'qingxi',
		name: '清溪社區整合型服務中心',
		kind: 'A',
		phone: '08-000-0220',
		dutyPhone: '0900-000-220'
	}
];

const staff = (
	key: string,
	org: DemoOrganisation['key'],
	role: StaffRole,
	name: string,
	title: string,
	account: string | null = null
): DemoStaff => ({ key, org, role, name, title, account });

export const DEMO_STAFF: readonly DemoStaff[] = [
	staff('supervisor', 'yunling', 'supervisor', '周淑芬', '居服督導', 'supervisor'),
	staff('manager', 'yunling', 'care_manager', '鄭雅文', '個案管理師', 'manager'),
	staff('nurse', 'yunling', 'nurse', '許美玲', '居家護理師', 'nurse'),
	staff('worker', 'yunling', 'worker', '陳怡君', '照顧服務員', 'worker'),
	staff('worker2', 'yunling', 'worker', '高志明', '照顧服務員', 'worker2'),
	staff('worker3', 'yunling', 'worker', '潘秋香', '照顧服務員'),
	staff('worker4', 'yunling', 'worker', '巴奈·古慕', '照顧服務員'),
	staff('worker5', 'yunling', 'worker', '吳家豪', '照顧服務員'),
	staff('worker6', 'yunling', 'worker', '蔡玉蘭', '照顧服務員'),
	staff('worker7', 'yunling', 'worker', '林佩珊', '照顧服務員'),
	staff('worker8', 'yunling', 'worker', '曾文雄', '照顧服務員'),
	staff('nurse2', 'yunling', 'nurse', '何靜宜', '居家護理師'),
	staff('social', 'yunling', 'social_worker', '方思穎', '社工師'),
	staff('manager2', 'yunling', 'care_manager', '江柏翰', '個案管理師'),
	staff('therapist', 'qingxi', 'therapist', '謝宗翰', '物理治療師', 'therapist'),
	staff('outsider', 'qingxi', 'supervisor', '羅國樑', '居服督導', 'outsider'),
	staff('dietitian', 'qingxi', 'dietitian', '蘇郁婷', '營養師'),
	staff('manager3', 'qingxi', 'care_manager', '邱惠如', '個案管理師'),
	staff('nurse3', 'qingxi', 'nurse', '馬瑞霞', '居家護理師'),
	staff('worker9', 'qingxi', 'worker', '溫麗珠', '照顧服務員'),
	staff('worker10', 'qingxi', 'worker', '伊斯坦大·海舒兒', '照顧服務員'),
	staff('worker11', 'qingxi', 'worker', '黃俊傑', '照顧服務員')
];

/** The one family account: 林阿嬤's daughter. */
export const DEMO_FAMILY = {
	key: 'family',
	name: '林秀華',
	relation: '女兒',
	account: 'family'
} as const;

/** What shapes a person's daily values. */
export interface Health {
	readonly systolic: number;
	readonly diastolic: number;
	/** mmHg per 30 days, to show a trend. */
	readonly drift: number;
	readonly pulse: number;
	readonly glucose: number | null;
	readonly spo2: number | null;
	readonly weightKg: number;
}

export interface DemoCase {
	readonly key: string;
	readonly org: DemoOrganisation['key'];
	readonly name: string;
	readonly sex: 'female' | 'male';
	readonly age: number;
	readonly cmsLevel: number;
	readonly village: string;
	readonly living: 'alone_listed' | 'alone_unlisted' | 'with_others';
	readonly conditions: readonly string[];
	readonly allergies: readonly string[];
	readonly alerts: readonly string[];
	readonly staffAlerts: readonly string[];
	readonly health: Health;
	/** Staff keys with their roles in the circle. */
	readonly circle: readonly { readonly key: string; readonly role: CircleRole }[];
	/** ISO weekdays and Taipei start of the repeating visit. */
	readonly weekdays: readonly number[];
	readonly startTime: string;
	readonly minutes: number;
	readonly codes: readonly string[];
	readonly historyDays: number;
	readonly contacts: readonly {
		readonly name: string;
		readonly relation: string;
		readonly phone: string;
	}[];
}

const health = (part: Partial<Health>): Health => ({
	systolic: 132,
	diastolic: 76,
	drift: 0,
	pulse: 74,
	glucose: null,
	spo2: null,
	weightKg: 56,
	...part
});

const CIRCLE_OF_FIVE = [
	{ key: 'worker', role: 'worker' },
	{ key: 'nurse', role: 'nurse' },
	{ key: 'manager', role: 'care_manager' }
] as const;

const DAILY = [1, 2, 3, 4, 5, 6, 7];

/** The five people of the prototype (domain facts §9), all in the worker's circle. */
export const PROTOTYPE_CASES: readonly DemoCase[] = [
	{
		key: 'lin',
		org: 'yunling',
		name: '林阿嬤',
		sex: 'female',
		age: 84,
		cmsLevel: 5,
		village: '松泉村',
		living: 'with_others',
		conditions: ['高血壓', '退化性膝關節炎', '骨質疏鬆'],
		allergies: ['盤尼西林'],
		alerts: ['跌倒高風險', '起身要人扶'],
		staffAlerts: ['白天女兒上班，鑰匙在信箱密碼盒'],
		health: health({ systolic: 138, diastolic: 78, drift: 1.2, weightKg: 51 }),
		circle: [
			...CIRCLE_OF_FIVE,
			{ key: 'therapist', role: 'therapist' },
			{ key: 'social', role: 'social_worker' }
		],
		weekdays: DAILY,
		startTime: '10:00',
		minutes: 60,
		codes: ['BA02', 'BA03', 'BA07'],
		historyDays: 365,
		contacts: [
			{ name: '林秀華', relation: '女兒', phone: '0900-000-301' },
			{ name: '林建宏', relation: '兒子', phone: '0900-000-302' }
		]
	},
	{
		key: 'wang',
		org: 'yunling',
		name: '王叔叔',
		sex: 'male',
		age: 68,
		cmsLevel: 4,
		village: '雲頂村',
		living: 'alone_unlisted',
		conditions: ['腦中風後右側無力', '高血壓'],
		allergies: [],
		alerts: ['右側無力，上下樓梯要人陪'],
		staffAlerts: [],
		health: health({ systolic: 142, diastolic: 84, drift: -0.8, weightKg: 66 }),
		circle: [...CIRCLE_OF_FIVE, { key: 'therapist', role: 'therapist' }],
		weekdays: DAILY,
		startTime: '08:30',
		minutes: 60,
		codes: ['BA02', 'BA03', 'BA11'],
		historyDays: 365,
		contacts: [{ name: '王淑貞', relation: '妹妹', phone: '0900-000-311' }]
	},
	{
		key: 'liu',
		org: 'yunling',
		name: '劉爺爺',
		sex: 'male',
		age: 91,
		cmsLevel: 7,
		village: '竹林村',
		living: 'with_others',
		conditions: ['慢性阻塞性肺病', '失智症'],
		allergies: ['阿斯匹靈'],
		alerts: ['會嗆咳，飲食要增稠'],
		staffAlerts: ['家中養大狗，進門前先打電話'],
		health: health({ systolic: 124, diastolic: 70, pulse: 82, spo2: 92, weightKg: 58 }),
		circle: [...CIRCLE_OF_FIVE, { key: 'dietitian', role: 'dietitian' }],
		weekdays: DAILY,
		startTime: '13:30',
		minutes: 90,
		codes: ['BA01', 'BA02', 'BA03', 'BA10'],
		historyDays: 365,
		contacts: [{ name: '劉志遠', relation: '兒子', phone: '0900-000-321' }]
	},
	{
		key: 'chen',
		org: 'yunling',
		name: '陳阿嬤',
		sex: 'female',
		age: 79,
		cmsLevel: 3,
		village: '山櫻村',
		living: 'alone_listed',
		conditions: ['憂鬱症', '第二型糖尿病'],
		allergies: [],
		alerts: ['情緒起伏，多陪她說話'],
		staffAlerts: ['曾表達活著沒意思，情緒異常立即通知護理師'],
		health: health({ systolic: 128, diastolic: 74, glucose: 148, weightKg: 60 }),
		circle: [...CIRCLE_OF_FIVE, { key: 'social', role: 'social_worker' }],
		weekdays: DAILY,
		startTime: '15:30',
		minutes: 60,
		codes: ['BA02', 'BA03', 'BA05'],
		historyDays: 365,
		contacts: [{ name: '陳美惠', relation: '姪女', phone: '0900-000-331' }]
	},
	{
		key: 'shi',
		org: 'yunling',
		name: '施阿公',
		sex: 'male',
		age: 82,
		cmsLevel: 4,
		village: '楓樹村',
		living: 'with_others',
		conditions: ['高血壓', '心臟衰竭'],
		allergies: ['海鮮'],
		alerts: ['限水 1500 ml', '血壓偏高要通知護理師'],
		staffAlerts: [],
		health: health({ systolic: 152, diastolic: 86, drift: 1.5, pulse: 78, weightKg: 63 }),
		circle: [...CIRCLE_OF_FIVE],
		weekdays: DAILY,
		startTime: '17:00',
		minutes: 60,
		codes: ['BA02', 'BA03'],
		historyDays: 365,
		contacts: [{ name: '施林月娥', relation: '太太', phone: '0900-000-341' }]
	}
];

/** Building blocks of the other care recipients' names and lives. */
export const SURNAMES = [
	'張',
	'李',
	'黃',
	'吳',
	'蔡',
	'楊',
	'許',
	'鄭',
	'謝',
	'郭',
	'洪',
	'邱',
	'曾',
	'廖',
	'賴',
	'徐',
	'周',
	'葉',
	'蘇',
	'莊',
	'江',
	'呂',
	'何',
	'羅',
	'高',
	'潘'
] as const;
export const FEMALE_NAMES = [
	'秀英',
	'玉蘭',
	'春梅',
	'阿滿',
	'金枝',
	'月桃',
	'寶珠',
	'麗卿',
	'素珍',
	'罔市',
	'美雲',
	'秋菊'
] as const;
export const MALE_NAMES = [
	'金水',
	'文雄',
	'清泉',
	'進財',
	'福來',
	'土生',
	'春木',
	'正義',
	'阿海',
	'天賜',
	'明德',
	'永昌'
] as const;
/** Names as they stand on indigenous people's identity cards; longer than three characters, so that layouts are tried on them. */
export const LONG_NAMES = [
	'拉罕·伊斯坦大',
	'阿布絲·卡阿斐依亞那',
	'達悟拉·瑪靼霸',
	'歐陽林阿彩'
] as const;
export const CONDITIONS = [
	'高血壓',
	'第二型糖尿病',
	'失智症',
	'帕金森氏症',
	'腦中風後遺症',
	'慢性腎臟病',
	'骨質疏鬆',
	'慢性阻塞性肺病',
	'心臟衰竭',
	'退化性膝關節炎'
] as const;
export const ALLERGIES = ['盤尼西林', '磺胺類', '阿斯匹靈', '海鮮', '花生'] as const;
export const ALERTS = [
	'跌倒高風險',
	'吞嚥困難',
	'重聽，請在右側說話',
	'只會說台語',
	'導尿管',
	'壓傷風險',
	'獨居，注意門窗瓦斯'
] as const;
