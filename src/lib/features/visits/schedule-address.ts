/** The schedule's state in its address, so that a reload or a shared link keeps day, span and whose schedule it is. */
import { links } from '#lib/care-ui/links.ts';
import type { ScheduleScope } from '#lib/db/queries/visits.ts';
import { isDay } from '#lib/domain/taiwan-dates.ts';

export interface ScheduleAddress {
	/** Taipei day. */
	readonly day: string;
	readonly span: 'day' | 'week';
	readonly scope: ScheduleScope;
}

/** What is missing or mistyped falls back on one's own today. */
export function readScheduleAddress(
	params: URLSearchParams,
	{ today, userId, ownDefault }: { today: string; userId: string; ownDefault: ScheduleScope }
): ScheduleAddress {
	const day = params.get('day');
	const who = params.get('who');
	const caseId = params.get('case');
	return {
		day: day !== null && isDay(day) ? day : today,
		span: params.get('span') === 'week' ? 'week' : 'day',
		scope: caseId ? { by: 'case', caseId } : scopeOf(who, userId, ownDefault)
	};
}

function scopeOf(who: string | null, userId: string, ownDefault: ScheduleScope): ScheduleScope {
	if (who === null) return ownDefault;
	if (who === 'all' || who === 'unassigned') return { by: who };
	return { by: 'worker', workerId: who === 'me' ? userId : who };
}

/** Only what differs from one's own today stands in the address. */
export function scheduleHref({ day, span, scope }: ScheduleAddress, today: string): string {
	const params = new URLSearchParams();
	if (day !== today) params.set('day', day);
	if (span === 'week') params.set('span', span);
	setScope(params, scope);
	return `/schedule?${params.toString()}`;
}

/** Where the week of that day is copied. `find`: what is looked for on the board. */
export function copyHref(
	{ day, scope }: Pick<ScheduleAddress, 'day' | 'scope'>,
	find = ''
): string {
	const params = new URLSearchParams({ day });
	setScope(params, scope);
	if (find.trim() !== '') params.set('find', find.trim());
	return `${links.copyWeek}?${params.toString()}`;
}

/** Where the week of that day is printed. */
export function printHref({ day, scope }: Pick<ScheduleAddress, 'day' | 'scope'>): string {
	const params = new URLSearchParams({ day });
	setScope(params, scope);
	return `/schedule/print?${params.toString()}`;
}

/** Where a visit is planned. `fromBoard`: and then it goes back to the board, from whose cell who goes and when may be known. */
export function planHref(
	{ day, scope }: Pick<ScheduleAddress, 'day'> & Partial<Pick<ScheduleAddress, 'scope'>>,
	fromBoard = false,
	place: { readonly workerId: string; readonly startTime: string } | null = null
): string {
	const params = new URLSearchParams({ day });
	if (place) {
		params.set('worker', place.workerId);
		params.set('time', place.startTime);
	}
	if (scope?.by === 'case') params.set('case', scope.caseId);
	if (fromBoard) params.set('back', 'board');
	return `/schedule/new?${params.toString()}`;
}

/** Who goes and when, where the address says both. */
export function planPlaceOf(
	params: URLSearchParams
): { readonly workerId: string; readonly startTime: string } | null {
	const workerId = params.get('worker');
	const startTime = params.get('time');
	return workerId === null || startTime === null ? null : { workerId, startTime };
}

function setScope(params: URLSearchParams, scope: ScheduleScope): void {
	if (scope.by === 'case') params.set('case', scope.caseId);
	else if (scope.by === 'worker') params.set('who', scope.workerId);
	else params.set('who', scope.by);
}
