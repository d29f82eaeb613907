/**
 * The repeating visits of the demo as an office would place them: nobody is in two places, the way to the next house fits in between, and
 * the level of care pays for what is planned. What the demo shows on purpose stands where it is made: demo-plan-codes.ts, demoAbsence().
 */
import { serviceCodeOn } from '#lib/domain/code-tables.ts';
import { monthQuota } from '#lib/domain/month-quota.ts';
import { priceSnapshot } from '#lib/domain/visit-prices.ts';
import { unitsAVisit } from './demo-history.ts';
import { DEMO_STAFF, type DemoCase } from './demo-people.ts';
import { visitsAMonth } from './demo-plan-codes.ts';

/** Visits begin and end within these. Minutes of the day. */
const FIRST = 7 * 60;
const LAST = 19.5 * 60;
/** Between two visits: the way, and that one came late and stayed longer. Minutes. */
const PAUSE = 30;
const QUARTER = 15;
const HIGHEST_LEVEL = 8;

/**
 * Each keeps the worker and the time that were drawn where there is room, else the nearest time, else a colleague of the same organisation;
 * where nobody has room (ten times the people with the same staff, for the bench), what was drawn.
 */
export function withRoom(cases: readonly DemoCase[]): DemoCase[] {
	const days = new Map<string, DemoCase[]>();
	return cases.map((one) => {
		const own = workerOf(one);
		const colleagues = DEMO_STAFF.filter(({ org, role }) => org === one.org && role === 'worker')
			.map(({ key }) => key)
			.sort((a, b) => (days.get(a)?.length ?? 0) - (days.get(b)?.length ?? 0));
		for (const worker of [own, ...colleagues]) {
			const theirs = days.get(worker) ?? [];
			const startTime = roomFor(one, theirs);
			if (startTime === null) continue;
			const placed = { ...one, startTime, circle: withWorker(one, worker) };
			days.set(worker, [...theirs, placed]);
			return placed;
		}
		return one;
	});
}

/** The level that was drawn, or the lowest above it that pays for the visits of the longest month. */
export function paidFor(one: DemoCase, today: string): DemoCase {
	const visits = visitsAMonth(one.weekdays.length);
	const known = one.codes.filter((code) => serviceCodeOn(code, today) !== null);
	const planned = priceSnapshot(
		known.map((code) => ({ code, quantity: visits * unitsAVisit(code, one.minutes) })),
		today,
		false
	);
	let { cmsLevel } = one;
	const isOver = () =>
		(monthQuota({ cmsLevel, copayClass: null, done: [], planned })?.leftNtd ?? 0) < 0;
	while (cmsLevel < HIGHEST_LEVEL && isOver()) cmsLevel += 1;
	return { ...one, cmsLevel };
}

/** HH:MM of a minute of the day. */
export function clock(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function minutesOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}

function workerOf({ circle }: DemoCase): string {
	return circle.find(({ role }) => role === 'worker')?.key ?? '';
}

function withWorker({ circle }: DemoCase, key: string): DemoCase['circle'] {
	return circle.map((member) => (member.role === 'worker' ? { key, role: 'worker' } : member));
}

/** The start nearest to the wanted one; null when that worker's days are full. */
function roomFor(one: DemoCase, theirs: readonly DemoCase[]): string | null {
	const wanted = minutesOf(one.startTime);
	const starts = Array.from(
		{ length: Math.floor((LAST - one.minutes - FIRST) / QUARTER) + 1 },
		(_, index) => FIRST + index * QUARTER
	).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
	const beside = theirs.filter(({ weekdays }) =>
		weekdays.some((day) => one.weekdays.includes(day))
	);
	const start = starts.find((from) =>
		beside.every(({ startTime, minutes }) => {
			const begun = minutesOf(startTime);
			return from + one.minutes + PAUSE <= begun || begun + minutes + PAUSE <= from;
		})
	);
	return start === undefined ? null : clock(start);
}
