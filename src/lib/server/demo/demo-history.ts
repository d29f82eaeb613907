/** The past and the next two weeks of one demo case: visits with their records and vital signs. */
import { serviceCodeOn } from '#lib/domain/code-tables.ts';
import type { DoneCode, VisitStatus } from '#lib/domain/rows.ts';
import { addDays, instantAt, weekdayOf } from '#lib/domain/taiwan-dates.ts';
import type { PersonLimits, Reading } from '#lib/domain/vital-sign-types.ts';
import { assessReading } from '#lib/domain/vital-signs.ts';
import type { DemoCase } from './demo-people.ts';
import { demoId, plusMinutes, written, type DemoRow } from './demo-rows.ts';
import type { Random } from './random.ts';

/** How far ahead visits are planned. */
const PLANNED_DAYS = 14;

export interface CaseHistory {
	readonly series: DemoRow<'visit_series'>;
	readonly visits: DemoRow<'visits'>[];
	readonly records: DemoRow<'visit_records'>[];
	readonly measurements: DemoRow<'measurements'>[];
}

export interface Carer {
	readonly id: string;
	readonly name: string;
}

interface Day {
	readonly one: DemoCase;
	readonly worker: Carer;
	readonly day: string;
	/** Days from today, negative in the past. */
	readonly offset: number;
	readonly random: Random;
	readonly limits: PersonLimits;
}

/**
 * @param today Taipei day
 * @param planner who made the repeating visit
 */
export function caseHistory(
	one: DemoCase,
	worker: Carer,
	planner: Carer,
	today: string,
	limits: PersonLimits,
	random: Random
): CaseHistory {
	const caseId = demoId('case', one.key);
	const firstDay = addDays(today, -one.historyDays);
	const series: DemoRow<'visit_series'> = {
		id: demoId('series', one.key),
		case_id: caseId,
		worker_id: worker.id,
		weekdays: one.weekdays,
		starts_on: firstDay,
		start_time: one.startTime,
		duration_minutes: one.minutes,
		planned_codes: one.codes,
		...written(planner.id, instantAt(addDays(firstDay, -1), '09:00'))
	};
	const visits: DemoRow<'visits'>[] = [];
	const records: DemoRow<'visit_records'>[] = [];
	const measurements: DemoRow<'measurements'>[] = [];
	for (let offset = -one.historyDays; offset <= PLANNED_DAYS; offset++) {
		const day = addDays(today, offset);
		if (!one.weekdays.includes(weekdayOf(day))) continue;
		const context: Day = { one, worker, day, offset, random, limits };
		const visit = visitOn(context, series.id);
		visits.push(visit);
		if (visit.status !== 'done') continue;
		records.push(recordOf(context, visit));
		measurements.push(...vitalsOf(context, visit));
	}
	return { series, visits, records, measurements };
}

function visitOn({ one, worker, day, offset, random }: Day, seriesId: string): DemoRow<'visits'> {
	const startsAt = instantAt(day, one.startTime);
	const status: VisitStatus = offset >= 0 ? 'planned' : pastStatus(random);
	const came = plusMinutes(startsAt, random.int(-6, 12));
	const done = status === 'done';
	return {
		id: demoId('visit', one.key, day),
		case_id: demoId('case', one.key),
		series_id: seriesId,
		worker_id: worker.id,
		worker_name: worker.name,
		starts_at: startsAt,
		ends_at: plusMinutes(startsAt, one.minutes),
		status,
		planned_codes: one.codes,
		checked_in_at: done ? came : null,
		checked_out_at: done ? plusMinutes(came, one.minutes + random.int(-5, 10)) : null,
		status_reason:
			status === 'cancelled' ? '案家臨時就醫' : status === 'missed' ? '道路坍方，改日補' : null,
		...written(worker.id, status === 'planned' ? instantAt(addDays(day, -15), '09:00') : came)
	};
}

function pastStatus(random: Random): VisitStatus {
	const draw = random.next();
	if (draw < 0.955) return 'done';
	if (draw < 0.98) return 'cancelled';
	if (draw < 0.99) return 'missed';
	return 'no_answer';
}

const NOTES = [
	'精神不錯，一起把藥盒整理好。',
	'今天吃得比昨天多，陪著在院子走了兩圈。',
	'說膝蓋痠，幫忙熱敷十五分鐘。',
	'洗澡順利，皮膚完整。',
	'早上有下雨，走廊地板擦乾並放了止滑墊。',
	'家屬來電詢問回診時間，已轉知護理師。',
	'聊到年輕時種香菇的事，心情很好。'
];

function recordOf(
	{ one, worker, day, random }: Day,
	visit: DemoRow<'visits'>
): DemoRow<'visit_records'> {
	const low = one.conditions.includes('憂鬱症') && random.chance(0.25);
	return {
		id: demoId('record', one.key, day),
		case_id: visit.case_id ?? '',
		visit_id: visit.id,
		done_codes: one.codes.flatMap((code) => doneCode(code, one.minutes, day)),
		appetite: random.pick(['all', 'most', 'most', 'half', low ? 'little' : 'most']),
		fluids_ml: random.pick([800, 1000, 1000, 1200, 1500]),
		choking: one.alerts.some((alert) => alert.includes('嗆') || alert.includes('吞嚥'))
			? random.pick(['none', 'none', 'sometimes'])
			: 'none',
		bowel: random.pick(['normal', 'normal', 'normal', 'none_today', 'hard']),
		urine: random.pick(['normal', 'normal', 'normal', 'normal', 'frequent']),
		skin: random.pick(['intact', 'intact', 'intact', 'dry', random.chance(0.1) ? 'red' : 'intact']),
		mood: low
			? 'low'
			: random.pick([
					'calm',
					'calm',
					'cheerful',
					'cheerful',
					random.chance(0.1) ? 'anxious' : 'calm'
				]),
		sleep: random.pick(['good', 'good', 'fair', 'fair', random.chance(0.3) ? 'broken' : 'good']),
		medication: random.pick([
			'taken',
			'taken',
			'taken',
			'taken',
			random.chance(0.2) ? 'partly' : 'taken'
		]),
		note: random.chance(0.35) ? random.pick(NOTES) : null,
		author_name: worker.name,
		...written(worker.id, visit.checked_out_at ?? visit.starts_at ?? '')
	};
}

/** Daily care, counted by 30 minutes, fills the visit; every other code is done once. */
export function unitsAVisit(code: string, minutes: number): number {
	return code === 'BA02' ? Math.max(1, Math.floor(minutes / 30)) : 1;
}

function doneCode(code: string, minutes: number, day: string): DoneCode[] {
	const row = serviceCodeOn(code, day);
	// Before the first day of the price table nothing is claimed, rather than a price made up.
	if (row === null) return [];
	return [{ code, quantity: unitsAVisit(code, minutes), unit: row.unit, price_ntd: row.priceNtd }];
}

function vitalsOf(
	{ one, worker, day, offset, random, limits }: Day,
	visit: DemoRow<'visits'>
): DemoRow<'measurements'>[] {
	const { health } = one;
	const trend = (health.drift * offset) / 30;
	const readings: Reading[] = [
		{
			kind: 'blood_pressure',
			sys: Math.round(random.around(health.systolic + trend, 10)),
			dia: Math.round(random.around(health.diastolic + trend / 2, 7))
		},
		{ kind: 'pulse', value: Math.round(random.around(health.pulse, 8)) }
	];
	if (random.chance(0.3))
		readings.push({ kind: 'temperature', value: Math.round(random.around(36.5, 0.4) * 10) / 10 });
	if (health.glucose !== null)
		readings.push({ kind: 'glucose', value: Math.round(random.around(health.glucose, 25)) });
	if (health.spo2 !== null)
		readings.push({
			kind: 'spo2',
			value: Math.min(99, Math.round(random.around(health.spo2, 1.5)))
		});
	if (offset % 14 === 0)
		readings.push({
			kind: 'weight',
			value: Math.round(random.around(health.weightKg, 0.6) * 10) / 10
		});
	const measuredAt = plusMinutes(visit.checked_in_at ?? visit.starts_at ?? '', 10);
	return readings.map((reading) => ({
		id: demoId('measurement', one.key, day, reading.kind),
		case_id: visit.case_id ?? '',
		visit_id: visit.id,
		kind: reading.kind,
		...valuesOf(reading),
		severity: assessReading(reading, { limits }).severity,
		measured_at: measuredAt,
		author_name: worker.name,
		...written(worker.id, measuredAt)
	}));
}

function valuesOf(reading: Reading): { readonly value: number; readonly value2: number | null } {
	if (reading.kind === 'blood_pressure') return { value: reading.sys, value2: reading.dia };
	if (typeof reading.value !== 'number') throw new Error('the demo makes no HI or LO readings');
	return { value: reading.value, value2: null };
}
