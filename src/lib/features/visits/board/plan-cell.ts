/** A new visit from a cell of the board: whom it can be for, and storing it. */
import { mayDo } from '#lib/domain/permissions.ts';
import { caseRole } from '#lib/domain/case-role.ts';
import { compareNames } from '#lib/domain/name-order.ts';
import type { CaseRow } from '#lib/domain/rows.ts';
import { UNASSIGNED } from '#lib/domain/board.ts';
import { foldText } from '#lib/domain/text.ts';
import type { Me, Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import { placesInCircle } from '#lib/features/visits/change-actions.ts';
import { standingOf, type Standing } from '#lib/features/visits/joining.ts';
import type { PlanForm } from '#lib/features/visits/plan-form.svelte.ts';
import type { BoardGround } from './board-model.svelte.ts';

/** For whom this person plans, by name; those first in whose circle the worker stands. */
export function peopleFor(
	workerId: string,
	me: Me,
	{ directory: { people, circles } }: Pick<BoardGround, 'directory'>
): readonly CaseRow[] {
	const circleOf = (id: string) => circles.get(id) ?? [];
	const isTheirs = ({ id }: CaseRow) =>
		circleOf(id).some(({ user_id, role }) => user_id === workerId && role !== 'family');
	return [...people.values()]
		.filter(
			(person) =>
				person.status === 'active' &&
				mayDo(caseRole(me, person.org_id, circleOf(person.id)), 'visit.plan')
		)
		.sort((a, b) => Number(isTheirs(b)) - Number(isTheirs(a)) || compareNames(a.name, b.name));
}

/** The one person whom a filter of the board names, so that they need not be named again; null when it names none or several. */
export function onlyFound(find: string, people: readonly CaseRow[]): string | null {
	const wanted = foldText(find).trim();
	if (wanted === '') return null;
	const found = people.filter(({ name }) => foldText(name).includes(wanted));
	return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** What stands between whoever goes and this person. */
export function standingFor(
	workerId: string,
	caseId: string,
	me: Me,
	{ directory }: Pick<BoardGround, 'directory'>
): Standing {
	const person = directory.people.get(caseId);
	if (workerId === UNASSIGNED || person === undefined) return { kind: 'in_circle' };
	return standingOf(workerId, {
		me,
		person,
		memberships: directory.memberships.get(workerId) ?? [],
		circle: directory.circles.get(caseId) ?? []
	});
}

/** The visit, and before it a place in the circle for who joins by it: together or not at all. */
export async function planInCell(
	ws: Workspace,
	form: PlanForm,
	worker: { readonly id: string; readonly name: string } | null,
	standing: Standing
): Promise<readonly string[]> {
	const { caseId, codes } = form.fields;
	const [occurrence] = form.occurrences;
	if (occurrence === undefined) throw new Error('a plan without problems has a visit');
	const { mids } = await ws.commitAll(
		[
			...(standing.kind === 'joins' ? placesInCircle(ws, [caseId], standing) : []),
			{
				name: 'visit.plan' as const,
				args: {
					row: {
						id: ws.newId(),
						case_id: caseId,
						worker_id: worker?.id ?? null,
						worker_name: worker?.name ?? null,
						starts_at: occurrence.startsAt,
						ends_at: occurrence.endsAt,
						planned_codes: [...codes]
					}
				}
			}
		],
		{ holdMs: undoMs }
	);
	await form.discard();
	return mids;
}
