/** Service codes 照顧組合 with unit and price by date. The same rows stand in `public.service_codes`. */

/** What one quantity of a code is; a screen words it. */
export type ServiceUnit =
	| 'time'
	| 'once'
	| 'half_hour'
	| 'hour'
	| 'two_hours'
	| 'half_day'
	| 'day'
	| 'day_24h'
	| 'month'
	| 'meal'
	| 'trip'
	| 'item'
	| 'set_2'
	| 'set_3'
	| 'set_3_plus_1'
	| 'set_4'
	| 'set_6';

export interface ServiceCode {
	readonly code: string;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly unit: ServiceUnit;
	/** NT$, whole; null where a county sets it or the public table gives none. */
	readonly priceNtd: number | null;
	/** NT$ in indigenous districts and on islands (原民區／離島). */
	readonly priceRemoteNtd: number | null;
	/** First day on which the price holds; for rows that were there before, the first day that our source vouches for. */
	readonly effectiveFrom: string;
	/** Last day, or null while it holds. */
	readonly effectiveTo: string | null;
}

/** The source (hand copies of 附表四 and of a county's table) was compared for 2025; earlier prices are not claimed. */
const PRICES_KNOWN_FROM = '2025-01-01';

/** LTC 3.0, first step: BD03 and CB01 change. */
const LTC3_FROM = '2025-09-01';
const DAY_BEFORE_LTC3 = '2025-08-31';

type Line = readonly [
	code: string,
	nameZh: string,
	nameEn: string,
	unit: ServiceUnit,
	priceNtd: number | null,
	priceRemoteNtd: number | null
];

const LINES: readonly Line[] = [
	['AA01', '照顧計畫擬訂與服務連結', 'Care plan and service linkage', 'time', 1700, 2040],
	['AA02', '照顧管理', 'Care management', 'month', 400, 480],
	['AA03', '照服員配合專業服務', 'Worker joins a professional visit', 'time', 600, 720],
	['AA04', '臨終日服務加計', 'End-of-life day add-on', 'once', 1200, 1440],
	['AA05', '照顧困難加計', 'Difficult care add-on', 'day', 200, 240],
	['AA06', '身體照顧困難加計', 'Heavy body care add-on', 'day', 200, 240],
	['AA07', '家庭照顧功能微弱加計', 'Weak family support add-on', 'month', 760, 915],
	['AA08', '晚間服務', 'Evening service (20–24 h)', 'day', 385, 465],
	['AA09', '例假日服務', 'Weekend and holiday service', 'day', 770, 925],
	['AA10', '夜間緊急服務', 'Night emergency service (0–6 h)', 'day', 1000, 1200],
	['AA11', '照服員進階訓練', 'Worker with advanced training', 'day', 50, 60],
	['AA12', '開立醫師意見書', "Doctor's opinion", 'time', 1500, 1800],
	['BA01', '基本身體清潔', 'Basic body wash', 'time', 260, 310],
	['BA02', '基本日常照顧', 'Basic daily care', 'half_hour', 195, 235],
	['BA03', '測量生命徵象', 'Vital signs', 'time', 35, 40],
	['BA04', '協助進食或管灌餵食', 'Help with eating or tube feeding', 'meal', 130, 155],
	['BA05', '餐食照顧', 'Cooking', 'time', 310, 370],
	['BA07', '協助沐浴及洗頭', 'Bath and hair wash', 'time', 325, 385],
	['BA08', '足部照護', 'Foot care', 'time', 500, 600],
	['BA09', '到宅沐浴車第一型', 'Bath van, type 1', 'time', 2200, 2640],
	['BA09a', '到宅沐浴車第二型', 'Bath van, type 2 (with nurse)', 'time', 2500, 3000],
	['BA10', '翻身拍背', 'Turning and back percussion', 'time', 155, 190],
	['BA11', '肢體關節活動', 'Range-of-motion exercise', 'time', 195, 235],
	['BA12', '協助上（下）樓梯', 'Help on stairs', 'time', 130, 155],
	['BA13', '陪同外出', 'Escort outdoors', 'half_hour', 195, 235],
	['BA14', '陪同就醫', 'Escort to a clinic', 'time', 685, 825],
	['BA15', '家務協助', 'Housework', 'half_hour', 195, 235],
	['BA16', '代購或代領或代送', 'Errands', 'time', 130, 155],
	['BA17a', '人工氣道管內抽吸', 'Suction inside an airway tube', 'time', 75, 90],
	['BA17b', '口腔內抽吸', 'Oral suction', 'time', 65, 80],
	['BA17c', '尿管鼻胃管清潔固定', 'Cleaning and fixing of tubes', 'time', 50, 60],
	['BA17d1', '血糖機驗血糖', 'Blood glucose by meter', 'time', 50, 60],
	['BA17d2', '甘油球通便', 'Glycerine enema', 'time', 50, 60],
	['BA17e', '依指示置入藥盒', 'Filling the pill box as instructed', 'time', 50, 60],
	['BA18', '安全看視', 'Safety watch', 'half_hour', 200, 240],
	['BA20', '陪伴服務', 'Company', 'half_hour', 175, 210],
	['BA22', '巡視服務', 'Check-in rounds', 'day', 130, 160],
	['BA23', '協助洗頭', 'Hair wash', 'time', 200, 240],
	['BA24', '協助排泄', 'Help with toileting', 'time', 220, 265],
	['BD01', '社區式協助沐浴', 'Bath at the centre', 'time', 200, 240],
	['BD02', '社區式晚餐', 'Dinner at the centre', 'time', 150, 180],
	['CA07', 'IADLs／ADLs復能照護', 'Reablement of daily activities', 'set_3', 4500, 5400],
	['CA08', '個別化服務計畫（ISP）擬定與執行', 'Individual service plan', 'set_4', 6000, 7200],
	['CB02', '進食與吞嚥照護', 'Eating and swallowing care', 'set_6', 9000, 10800],
	['CB03', '困擾行為照護', 'Care of troubling behaviour', 'set_3', 4500, 5400],
	['CB04', '臥床或長期活動受限照護', 'Bed-bound care', 'set_6', 9000, 10800],
	['CC01', '居家環境安全或無障礙規劃', 'Home safety planning', 'set_2', 2000, 2400],
	['CD02', '居家護理指導與諮詢', 'Home nursing guidance', 'set_3_plus_1', 6000, 7200],
	['DA01', '交通接送', 'Medical ride', 'trip', null, null],
	['EA', '輔具服務（EA類）', 'Assistive devices, group EA', 'item', null, null],
	['EB', '輔具服務（EB類）', 'Assistive devices, group EB', 'item', null, null],
	['EC', '輔具服務（EC類）', 'Assistive devices, group EC', 'item', null, null],
	['ED', '輔具服務（ED類）', 'Assistive devices, group ED', 'item', null, null],
	['EE', '輔具服務（EE類）', 'Assistive devices, group EE', 'item', null, null],
	['EF', '輔具服務（EF類）', 'Assistive devices, group EF', 'item', null, null],
	['EG', '輔具服務（EG類）', 'Assistive devices, group EG', 'item', null, null],
	['EH', '輔具服務（EH類）', 'Assistive devices, group EH', 'item', null, null],
	['FA', '居家無障礙環境改善（FA類）', 'Home modification, group FA', 'item', null, null],
	['GA03', '日照喘息（全日）', 'Day-centre respite, full day', 'day', 1250, 1500],
	['GA04', '日照喘息（半日）', 'Day-centre respite, half day', 'half_day', 625, 750],
	['GA05', '機構住宿式喘息', 'Residential respite', 'day_24h', 2310, 2775],
	['GA06', '小規機夜間喘息', 'Night respite (18–08 h)', 'time', 2000, 2400],
	['GA07', '巷弄長照站喘息', 'Respite at a local station', 'hour', 170, 205],
	['GA09', '居家喘息', 'Home respite', 'two_hours', 770, 925],
	['SC03', '日照短照（全日）', 'Day-centre short-term care, full day', 'day', 1250, 1500],
	['SC04', '日照短照（半日）', 'Day-centre short-term care, half day', 'half_day', 625, 750],
	['SC05', '機構住宿式短照', 'Residential short-term care', 'day_24h', 2310, 2775],
	['SC06', '小規機夜間短照', 'Night short-term care (18–08 h)', 'time', 2000, 2400],
	['SC07', '巷弄長照站短照', 'Short-term care at a local station', 'hour', 170, 205],
	['SC09', '居家短照', 'Home short-term care', 'two_hours', 770, 925],
	['OT01', '營養餐飲服務', 'Meal delivery', 'meal', null, null]
];

/** Day centre (BB) and family home (BC): one pair of codes a CMS level, from 01/02 for level 2 to 13/14 for level 8. */
const DAY_CARE_PRICES: readonly (readonly [
	bbDay: number,
	bbHalf: number,
	bcDay: number,
	bcHalf: number
])[] = [
	[675, 340, 625, 315],
	[840, 420, 760, 380],
	[920, 460, 785, 395],
	[1045, 525, 880, 440],
	[1130, 565, 960, 480],
	[1210, 605, 980, 490],
	[1285, 645, 1040, 520]
];

export const SERVICE_CODES: readonly ServiceCode[] = [
	...LINES.map((line) => serviceCode(line)),
	...dayCareCodes(),
	{
		...serviceCode(['BD03', '社區式交通接送', 'Ride to the centre', 'trip', 100, null]),
		effectiveTo: DAY_BEFORE_LTC3
	},
	{
		...serviceCode(['BD03', '社區式交通接送', 'Ride to the centre', 'trip', 115, 140]),
		effectiveFrom: LTC3_FROM
	},
	{
		...serviceCode(['CB01', '營養照護', 'Nutrition care', 'set_4', 4000, null]),
		effectiveTo: DAY_BEFORE_LTC3
	},
	{
		...serviceCode(['CB01', '營養照護', 'Nutrition care', 'set_3', 4500, 5400]),
		effectiveFrom: LTC3_FROM
	}
];

function serviceCode([code, nameZh, nameEn, unit, priceNtd, priceRemoteNtd]: Line): ServiceCode {
	return {
		code,
		nameZh,
		nameEn,
		unit,
		priceNtd,
		priceRemoteNtd,
		effectiveFrom: PRICES_KNOWN_FROM,
		effectiveTo: null
	};
}

function dayCareCodes(): ServiceCode[] {
	return DAY_CARE_PRICES.flatMap(([bbDay, bbHalf, bcDay, bcHalf], index) => {
		const type = index + 1;
		const day = String(2 * index + 1).padStart(2, '0');
		const half = String(2 * index + 2).padStart(2, '0');
		const lines: Line[] = [
			[
				`BB${day}`,
				`日間照顧（全日）－第${type}型`,
				`Day care, full day, type ${type}`,
				'day',
				bbDay,
				null
			],
			[
				`BB${half}`,
				`日間照顧（半日）－第${type}型`,
				`Day care, half day, type ${type}`,
				'half_day',
				bbHalf,
				null
			],
			[
				`BC${day}`,
				`家庭托顧（全日）－第${type}型`,
				`Family day home, full day, type ${type}`,
				'day',
				bcDay,
				null
			],
			[
				`BC${half}`,
				`家庭托顧（半日）－第${type}型`,
				`Family day home, half day, type ${type}`,
				'half_day',
				bcHalf,
				null
			]
		];
		return lines.map((line) => serviceCode(line));
	});
}
