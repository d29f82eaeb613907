/** Clashes in plain words. */
import { dayWords, midSentence, timeRange } from '#lib/care-ui/dates.ts';
import type { PlanClash } from '#lib/db/queries/cover.ts';
import type { CaseRow, StaffAbsenceRow, VisitRow } from '#lib/domain/rows.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';
import { leaveSpan } from './leave-words.ts';

interface Known {
	/** By case id. */
	readonly people: ReadonlyMap<string, CaseRow>;
	/** Taipei day. */
	readonly today: string;
}

/** For whoever plans a visit: `王照服 這時要去 李爺爺 家（09:00–10:00）`. `worker`: who is wanted. */
export function planClashText(clash: PlanClash, worker: string, { people, today }: Known): string {
	if (clash.kind === 'away') {
		return m.schedule_clash_away({ name: worker, when: awayWords(clash.absence, today) });
	}
	const { visit } = clash;
	const person = people.get(visit.case_id)?.name;
	const when = timesOf(visit);
	switch (clash.kind) {
		case 'same_worker':
			return person
				? m.schedule_clash_same_worker({ name: worker, person, when })
				: m.schedule_clash_same_worker_unknown({ name: worker, when });
		case 'travel':
			return m.schedule_clash_travel({
				person: person ?? m.care_unknown_person(),
				when,
				gap: clash.gapMinutes,
				needed: clash.neededMinutes
			});
		case 'two_workers':
			return visit.worker_name
				? m.schedule_clash_two_workers({
						name: visit.worker_name,
						person: person ?? m.care_unknown_person(),
						when
					})
				: m.schedule_clash_two_workers_unassigned({
						person: person ?? m.care_unknown_person(),
						when
					});
	}
}

/** For whoever chooses a substitute, beside that person's name. */
export function substituteClashText(clash: PlanClash, { people, today }: Known): string {
	if (clash.kind === 'away') {
		return m.schedule_clash_is_away({ when: awayWords(clash.absence, today) });
	}
	const person = people.get(clash.visit.case_id)?.name;
	if (clash.kind === 'travel') {
		return m.schedule_clash_far({
			person: person ?? m.care_unknown_person(),
			gap: clash.gapMinutes
		});
	}
	const when = timesOf(clash.visit);
	return person ? m.schedule_clash_busy({ person, when }) : m.schedule_clash_busy_unknown({ when });
}

/** `今天 週日 09:00–10:00`, within a sentence. */
export function visitWhen(visit: VisitRow, today: string): string {
	return `${midSentence(dayWords(taipeiDay(visit.starts_at), today))} ${timesOf(visit)}`;
}

function timesOf({ starts_at, ends_at }: VisitRow): string {
	return timeRange(starts_at, ends_at);
}

function awayWords(absence: StaffAbsenceRow, today: string): string {
	return midSentence(leaveSpan(absence, today));
}
