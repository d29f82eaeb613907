/**
 * The approved plans of the demo: each has room for the visits that are planned, but for one, so that it can be seen what is said then.
 */
import type { CasePlanCodeRow } from '#lib/domain/care-list-rows.ts';
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import type { Circle } from './demo-events.ts';
import { unitsAVisit } from './demo-history.ts';
import { DEMO_ORGANISATIONS } from './demo-people.ts';
import { demoId, written, type DemoRow } from './demo-rows.ts';

/** 施阿公 is visited every day; measuring was approved for the days from Monday to Friday. */
const SHORT = { key: 'shi', code: 'BA03', timesAWeek: 5 } as const;

/** 林阿嬤's daughter goes out with her now. */
const ENDED = { key: 'lin', code: 'BA13', reason: '改由女兒陪同外出', daysAgo: 20 } as const;

/** Plans are made for half a year (AA01). */
const PLAN_DAYS_AGO = 75;
const PLAN_DAYS = 182;

export function demoPlanCodes(
	circles: readonly Circle[],
	today: string
): DemoRow<'case_plan_codes'>[] {
	const validFrom = addDays(today, -PLAN_DAYS_AGO);
	const entry = ({ one, manager }: Circle, code: string, timesAWeek: number) => ({
		id: demoId('plan_code', one.key, code),
		case_id: demoId('case', one.key),
		code,
		times_week: timesAWeek,
		units_month: visitsAMonth(timesAWeek) * unitsAVisit(code, one.minutes),
		valid_from: validFrom,
		valid_until: addDays(validFrom, PLAN_DAYS),
		provider: DEMO_ORGANISATIONS.find(({ key }) => key === one.org)?.name ?? null,
		author_name: manager.name,
		...written(manager.id, instantAt(addDays(validFrom, -3), '15:00'))
	});
	return circles.flatMap((circle) => {
		const { key, codes, weekdays } = circle.one;
		const entries: DemoRow<'case_plan_codes'>[] = codes.map((code) => {
			const isShort = key === SHORT.key && code === SHORT.code;
			return entry(circle, code, isShort ? SHORT.timesAWeek : weekdays.length);
		});
		if (key === ENDED.key)
			entries.push({ ...entry(circle, ENDED.code, 1), ...ended(circle, today) });
		return entries;
	});
}

function ended(
	{ manager }: Circle,
	today: string
): Pick<CasePlanCodeRow, 'ended_at' | 'end_reason' | 'ended_by_name'> {
	return {
		ended_at: instantAt(addDays(today, -ENDED.daysAgo), '16:30'),
		end_reason: ENDED.reason,
		ended_by_name: manager.name
	};
}

/** As many as a month of 31 days can have. */
export function visitsAMonth(timesAWeek: number): number {
	return timesAWeek * 4 + Math.min(timesAWeek, 3);
}
