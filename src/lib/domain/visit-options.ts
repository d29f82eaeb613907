/** Option lists of the visit record: what was seen of eating, drinking, elimination, skin, mood and sleep. */

import type { Severity } from './severity.ts';

export interface VisitOption {
	readonly code: string;
	readonly nameZh: string;
	readonly nameEn: string;
	/** How much it asks for attention; `none` is the ordinary answer. */
	readonly concern: Severity;
}

/** Columns of `visit_records` that hold one of a list. */
export type VisitField =
	'appetite' | 'choking' | 'bowel' | 'urine' | 'skin' | 'mood' | 'sleep' | 'medication';

const option = (
	code: string,
	nameZh: string,
	nameEn: string,
	concern: Severity = 'none'
): VisitOption => ({
	code,
	nameZh,
	nameEn,
	concern
});

/** The ordinary answer stands first. `unknown` is an answer too: a worker who came at noon cannot know how the night was. */
export const VISIT_OPTIONS: Readonly<Record<VisitField, readonly VisitOption[]>> = {
	appetite: [
		option('all', '全部吃完', 'Ate all of it'),
		option('most', '吃了大半', 'Ate most of it'),
		option('half', '吃了一半', 'Ate half'),
		option('little', '只吃一點', 'Ate a little', 'yellow'),
		option('none', '沒有吃', 'Did not eat', 'orange'),
		option('unknown', '不清楚', 'Not known')
	],
	choking: [
		option('none', '沒有嗆咳', 'No choking'),
		option('sometimes', '偶爾嗆咳', 'Coughed now and then', 'yellow'),
		option('often', '經常嗆咳', 'Coughed often', 'orange'),
		option('unknown', '不清楚', 'Not known')
	],
	bowel: [
		option('normal', '正常', 'Normal'),
		option('hard', '硬便', 'Hard', 'yellow'),
		option('loose', '軟稀', 'Loose', 'yellow'),
		option('diarrhoea', '腹瀉', 'Diarrhoea', 'orange'),
		option('none_today', '今天沒有', 'None today'),
		option('none_3_days', '三天以上沒有', 'None for 3 days or more', 'orange'),
		option('blood', '帶血或黑便', 'Blood or black', 'red'),
		option('unknown', '不清楚', 'Not known')
	],
	urine: [
		option('normal', '正常', 'Normal'),
		option('little', '量少', 'Little', 'yellow'),
		option('frequent', '頻尿', 'Frequent', 'yellow'),
		option('cloudy', '混濁或異味', 'Cloudy or smells', 'orange'),
		option('blood', '帶血', 'Blood', 'red'),
		option('none_8_hours', '八小時以上沒有', 'None for 8 hours or more', 'red'),
		option('unknown', '不清楚', 'Not known')
	],
	skin: [
		option('intact', '完整', 'Intact'),
		option('dry', '乾燥', 'Dry'),
		option('red', '發紅', 'Reddened', 'yellow'),
		option('rash', '起疹或失禁性皮膚炎', 'Rash or incontinence dermatitis', 'yellow'),
		option('bruise', '瘀青', 'Bruise', 'yellow'),
		option('tear', '破皮或撕裂傷', 'Skin tear', 'orange'),
		option('pressure_injury', '壓傷', 'Pressure injury', 'orange'),
		option('unknown', '沒有看到', 'Not seen')
	],
	mood: [
		option('cheerful', '愉快', 'Cheerful'),
		option('calm', '平穩', 'Calm'),
		option('low', '低落', 'Low', 'yellow'),
		option('anxious', '焦慮', 'Anxious', 'yellow'),
		option('agitated', '激動', 'Agitated', 'orange'),
		option('drowsy', '嗜睡', 'Drowsy', 'orange'),
		option('unknown', '不清楚', 'Not known')
	],
	sleep: [
		option('good', '睡得好', 'Slept well'),
		option('fair', '普通', 'Fair'),
		option('broken', '斷斷續續', 'Broken sleep', 'yellow'),
		option('poor', '睡不好', 'Slept badly', 'yellow'),
		option('reversed', '日夜顛倒', 'Day and night reversed', 'orange'),
		option('unknown', '不清楚', 'Not known')
	],
	medication: [
		option('taken', '都有服用', 'All taken'),
		option('none_due', '這次不用吃藥', 'None due'),
		option('partly', '部分服用', 'Partly taken', 'yellow'),
		option('refused', '拒絕服藥', 'Refused', 'orange'),
		option('missed', '忘了吃', 'Missed', 'orange'),
		option('wrong', '吃錯藥', 'Wrong medicine', 'red'),
		option('unknown', '不清楚', 'Not known')
	]
};

export const VISIT_FIELDS: readonly VisitField[] = [
	'appetite',
	'choking',
	'bowel',
	'urine',
	'skin',
	'mood',
	'sleep',
	'medication'
];

/** Amounts of drink that a tap can record, in ml; a number can be typed as well. */
export const FLUID_STEPS_ML: readonly number[] = [200, 500, 800, 1000, 1500, 2000];

/** Less than this a day is little for an older adult; the doctor's order goes before it. Proposal, to be confirmed by a clinician. */
export const FLUIDS_LOW_ML = 800;
