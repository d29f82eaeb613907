/** Who has a task, in words, and whom it can be given to. */
import { joinWords } from '#lib/care-ui/join-words.ts';
import { roleName } from '#lib/care-ui/names.ts';
import type { CaseMemberRow, TaskRow } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';
import type { TaskContent } from './task-content.ts';

export function assigneeWords(
	task: Pick<TaskRow, 'assignee_id' | 'assignee_name'>,
	userId: string
): string {
	if (task.assignee_id === null) return m.care_task_for_anyone();
	if (task.assignee_id === userId) return m.care_task_mine();
	return m.care_task_for({ name: task.assignee_name ?? m.care_unknown_person() });
}

/** Choices for a Select: anyone first, then the circle with role. */
export function assigneeOptions(
	members: readonly CaseMemberRow[]
): { readonly value: string; readonly label: string }[] {
	return [{ value: '', label: m.care_task_for_anyone() }, ...memberOptions(members)];
}

function memberOptions(members: readonly CaseMemberRow[]) {
	return members.map((member) => ({
		value: member.user_id,
		label: joinWords([member.display_name, member.relation ?? roleName(member.role)])
	}));
}

/** Choices for giving it on: those who can see it, the family only where it is the whole circle's. Only who did not answer or declined is asked again. */
export function giveOptions(
	members: readonly CaseMemberRow[],
	task: Pick<TaskRow, 'assignee_id' | 'audience' | 'status'>,
	userId: string
): { readonly value: string; readonly label: string }[] {
	const again =
		task.assignee_id !== userId && (task.status === 'expired' || task.status === 'declined');
	return memberOptions(
		members.filter(
			(member) =>
				(member.role !== 'family' || task.audience === 'circle') &&
				(again || member.user_id !== task.assignee_id)
		)
	);
}

/** The chosen member; null for anyone, also when the person has left the circle meanwhile. */
export function assigneeOf(
	members: readonly CaseMemberRow[],
	userId: string
): TaskContent['assignee'] {
	const member = members.find((each) => each.user_id === userId);
	return member
		? { id: member.user_id, name: member.display_name, isFamily: member.role === 'family' }
		: null;
}
