/** A week of one worker or of one person, as it hangs on a wall: who and when, nothing of health. */
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { OrganizationRow, VisitRow } from '#lib/domain/rows.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { schedule, type ScheduleLine, type ScheduleScope } from './visits.ts';

export interface WeekSheet {
	/** Whose week; empty when this phone does not know. */
	readonly name: string;
	/** Whom the household can call; of a person's week only. */
	readonly organization: OrganizationRow | null;
	/** Seven, each with its visits in order of time; those that were called off are left out. */
	readonly days: readonly { readonly day: string; readonly lines: readonly ScheduleLine[] }[];
}

/** @param days Taipei days, in order */
export async function weekSheet(
	db: LocalDb,
	scope: Extract<ScheduleScope, { by: 'worker' | 'case' }>,
	days: readonly string[]
): Promise<WeekSheet> {
	const [fromDay, toDay] = [days[0] ?? '', days.at(-1) ?? ''];
	const all = await schedule(db, { fromDay, toDay, scope });
	const coming = all.filter(({ visit }) => visit.status !== 'cancelled');
	return {
		...(scope.by === 'case'
			? await ofPerson(db, scope.caseId)
			: await ofWorker(db, scope.workerId, coming)),
		days: days.map((day) => ({
			day,
			lines: coming.filter(({ visit }) => taipeiDay(visit.starts_at) === day)
		}))
	};
}

async function ofPerson(
	db: LocalDb,
	caseId: string
): Promise<Pick<WeekSheet, 'name' | 'organization'>> {
	const person = await db.cases.get(caseId);
	const organization = person && (await db.organizations.get(person.org_id));
	return { name: person?.name ?? '', organization: organization ?? null };
}

async function ofWorker(
	db: LocalDb,
	workerId: string,
	coming: readonly { readonly visit: VisitRow }[]
): Promise<Pick<WeekSheet, 'name' | 'organization'>> {
	const place = await db.memberships.where('user_id').equals(workerId).first();
	const name = place?.display_name ?? coming[0]?.visit.worker_name ?? '';
	return { name, organization: null };
}
