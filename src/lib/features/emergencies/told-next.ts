/** Who is told next of a report that nobody has answered. */
import { peopleToldAt, type ToldPerson } from '#lib/care-ui/ladder-words.ts';
import type { TellBook } from '#lib/db/queries/ladders.ts';
import type { LadderStep } from '#lib/domain/duty-rows.ts';
import { ladderFor, stepAfter } from '#lib/domain/ladders.ts';
import type { CaseRow, EmergencyRow } from '#lib/domain/rows.ts';

export interface NextTold {
	/** Null: all have been told, and now it ends. */
	readonly step: LadderStep | null;
	/** Not whoever reported it: they know. */
	readonly people: readonly ToldPerson[];
}

/** By the order that the report rings by; before it has begun to, by the one that stands now. */
export function nextTold(
	emergency: Pick<
		EmergencyRow,
		'severity' | 'alarm_step' | 'alarm_next_at' | 'alarm_ladder' | 'created_by' | 'case_id'
	>,
	person: Pick<CaseRow, 'org_id'>,
	book: TellBook
): NextTold {
	const ladder =
		emergency.alarm_ladder ??
		ladderFor(book.ladders, person.org_id, emergency.case_id, emergency.severity).ladder;
	const step = stepAfter(ladder, emergency.alarm_step ?? 0);
	if (step === null || emergency.alarm_next_at === null) return { step: null, people: [] };
	const people = peopleToldAt(book, step, emergency.alarm_next_at);
	return { step, people: people.filter(({ user_id }) => user_id !== emergency.created_by) };
}
