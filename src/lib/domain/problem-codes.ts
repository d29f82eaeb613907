/** The 34 problem codes of the care plan (照顧問題清單, 附表一). The same rows stand in `public.problem_codes`. */

export interface ProblemCode {
	readonly code: number;
	readonly nameZh: string;
	readonly nameEn: string;
}

const NAMES: readonly (readonly [nameZh: string, nameEn: string])[] = [
	['進食', 'Eating'],
	['洗澡', 'Bathing'],
	['個人修飾', 'Grooming'],
	['穿脫衣物', 'Dressing'],
	['大小便控制', 'Continence'],
	['上廁所', 'Using the toilet'],
	['移位', 'Transfers'],
	['走路', 'Walking'],
	['上下樓梯', 'Stairs'],
	['使用電話', 'Using the phone'],
	['購物或外出', 'Shopping and going out'],
	['備餐', 'Preparing meals'],
	['處理家務', 'Housework'],
	['用藥', 'Medicines'],
	['處理財務', 'Money matters'],
	['溝通', 'Communication'],
	['短期記憶障礙', 'Short-term memory loss'],
	['疼痛', 'Pain'],
	['不動症候群風險', 'Risk of immobility syndrome'],
	['皮膚照護', 'Skin care'],
	['傷口', 'Wounds'],
	['水份及營養', 'Fluids and nutrition'],
	['吞嚥', 'Swallowing'],
	['管路照顧', 'Tube care'],
	['其他醫療照護', 'Other medical care'],
	['跌倒風險', 'Risk of falls'],
	['安全疑慮', 'Safety concerns'],
	['居住環境障礙', 'Barriers at home'],
	['社會參與需協助', 'Help to take part in social life'],
	['困擾行為', 'Troubling behaviour'],
	['照顧負荷過重', 'Caregiver overload'],
	['輔具使用', 'Use of assistive devices'],
	['感染', 'Infection'],
	['其他', 'Other']
];

export const PROBLEM_CODES: readonly ProblemCode[] = NAMES.map(([nameZh, nameEn], index) => ({
	code: index + 1,
	nameZh,
	nameEn
}));
