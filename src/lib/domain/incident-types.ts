/** Types of incident with default severity and audience, merged from the official lists. Also in `public.incident_types`. */

import type { Audience } from './rows.ts';
import type { ReportSeverity } from './severity.ts';

/** A yes/no question whose yes raises the severity. */
export interface RaisingSign {
	readonly code: string;
	readonly severity: ReportSeverity;
}

export interface IncidentType {
	readonly code: string;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly defaultSeverity: ReportSeverity;
	/** A reporter may never choose a wider audience than this. */
	readonly audience: Audience;
	/** Signs to ask for; each yes raises to at least its severity. */
	readonly raisedBy: readonly RaisingSign[];
	/** A duty by law to report to the county within this many hours (老人福利法§43, 自殺防治法§11), or null. */
	readonly dutyHours: number | null;
}

type Line = readonly [
	code: string,
	nameZh: string,
	nameEn: string,
	defaultSeverity: ReportSeverity,
	audience?: Audience,
	raisedBy?: readonly RaisingSign[],
	dutyHours?: number
];

const red = (code: string): RaisingSign => ({ code, severity: 'red' });
const orange = (code: string): RaisingSign => ({ code, severity: 'orange' });

/*
 * Audience. ABUSE is restricted by design of the product; FINEX with it, as the one who takes the money is often family. SUIC and
 * DEATH are for staff first: a person tells the family, not a notification. STAFF concerns the worker, not the care recipient.
 * Severity. Where the source gives a range the milder end is the default and a sign raises it; HYPOG is the exception (red).
 */
const LINES: readonly Line[] = [
	[
		'FALL',
		'跌倒',
		'Fall',
		'orange',
		'circle',
		[red('head_hit'), red('anticoagulant'), red('cannot_stand')]
	],
	['UNCON', '意識改變', 'Low consciousness', 'red'],
	['CHOKE', '噎食哽嗆', 'Choking', 'red'],
	['STROKE', '疑似中風', 'Signs of a stroke', 'red'],
	['CHEST', '胸痛或呼吸困難', 'Chest pain or breathlessness', 'red'],
	['BPABN', '血壓異常', 'Abnormal blood pressure', 'yellow', 'circle', [red('feels_unwell')]],
	['FEVER', '發燒', 'Fever', 'orange', 'circle', [red('drowsy_or_confused')]],
	['HYPOG', '低血糖', 'Low blood sugar', 'red'],
	['TUBE', '管路滑脫', 'Tube out', 'orange', 'circle', [red('tracheostomy')]],
	['LOST', '走失', 'Missing person', 'red'],
	['BEHAV', '情緒或攻擊行為', 'Mood or aggression', 'yellow', 'circle', [orange('hurts_someone')]],
	['REFUSE', '拒食或拒藥', 'Refuses food or medicine', 'yellow'],
	['SUIC', '自殺或自傷', 'Self-harm', 'red', 'staff', [], 24],
	['ABUSE', '疑似受虐或疏忽', 'Suspected abuse or neglect', 'red', 'restricted', [], 24],
	['FINEX', '財務剝削', 'Financial abuse', 'orange', 'restricted'],
	['SKIN', '壓傷或皮膚問題', 'Pressure injury or skin', 'yellow', 'circle', [orange('open_wound')]],
	['BURN', '燙傷', 'Burn or scald', 'orange'],
	['MED', '用藥錯誤', 'Medication error', 'orange'],
	['INFECT', '疑似傳染病', 'Suspected infection', 'orange'],
	['NOANS', '服務未遇或無人應門', 'No answer at the door', 'orange'],
	['ENV', '居家危險或火災', 'Hazard or fire at home', 'orange', 'circle', [red('danger_now')]],
	['STAFF', '人員安全或車禍', 'Staff safety or road accident', 'orange', 'staff', [red('injured')]],
	['DEATH', '死亡', 'Death', 'red', 'staff'],
	['OTHER', '其他', 'Other', 'yellow']
];

export const INCIDENT_TYPES: readonly IncidentType[] = LINES.map(
	([code, nameZh, nameEn, defaultSeverity, audience = 'circle', raisedBy = [], dutyHours]) => ({
		code,
		nameZh,
		nameEn,
		defaultSeverity,
		audience,
		raisedBy,
		dutyHours: dutyHours ?? null
	})
);
