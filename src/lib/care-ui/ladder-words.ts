/** Steps of an order of telling people in words, and the people whom they reach. */
import type { TellBook } from '#lib/db/queries/ladders.ts';
import type { LadderGroup, LadderStep } from '#lib/domain/duty-rows.ts';
import { onDuty } from '#lib/domain/duty.ts';
import { peopleOfStep } from '#lib/domain/ladders.ts';
import { m } from '#lib/paraglide/messages.js';
import { listWords } from './join-words.ts';

const GROUPS: Readonly<Record<LadderGroup, () => string>> = {
	circle: m.care_ladder_circle,
	nurses: m.care_ladder_nurses,
	managers: m.care_ladder_managers,
	family: m.care_ladder_family,
	duty: m.care_ladder_duty,
	supervisors: m.care_ladder_supervisors
};

const HOUR_MINUTES = 60;
/** Longer lists are counted: a circle can have a dozen people. */
const NAMES_SHOWN = 5;

/** A group that this release does not know is shown as it is. */
export function groupName(group: LadderGroup): string {
	const name = (GROUPS as Partial<typeof GROUPS>)[group]; // a newer server may have more
	return name ? name() : group;
}

/** `立刻`, `5 分鐘後`, `2 小時後`. */
export function afterWords(minutes: number): string {
	if (minutes === 0) return m.care_ladder_at_once();
	return minutes % HOUR_MINUTES === 0
		? m.care_ladder_after_hours({ count: minutes / HOUR_MINUTES })
		: m.care_ladder_after_minutes({ count: minutes });
}

/** `王小明、陳美玲`; of more than five the first ones and how many there are. */
export function namesWords(names: readonly string[]): string {
	if (names.length <= NAMES_SHOWN) return listWords(names);
	return m.care_names_more({
		names: listWords(names.slice(0, NAMES_SHOWN)),
		count: names.length - NAMES_SHOWN
	});
}

export interface ToldPerson {
	readonly user_id: string;
	readonly display_name: string;
	readonly role: string;
}

/** @param at instant, for who is on duty then */
export function peopleToldAt(
	{ circle, roster }: TellBook,
	step: LadderStep,
	at: string
): ToldPerson[] {
	const duty = onDuty(roster.shifts, roster.holidays, at);
	return peopleOfStep<ToldPerson>(step, {
		circle,
		staff: [...roster.people.values()],
		onDuty: new Set(duty.map(({ shift }) => shift.user_id))
	});
}
