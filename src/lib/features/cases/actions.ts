/** What people do to a care recipient's record: one intent each, stored on this phone first. */
import type { MutationArgs, NewRow, Patch } from '#lib/domain/mutations/catalogue.ts';
import type {
	CaseContactRow,
	CaseMemberRow,
	CaseRow,
	CaseStaffDetailsRow,
	CircleRole
} from '#lib/domain/rows.ts';
import type { PersonLimits } from '#lib/domain/vital-sign-types.ts';
import type { Colleague } from '#lib/db/queries/cases.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';

export type ContactValues = Pick<
	CaseContactRow,
	'name' | 'relation' | 'phone' | 'is_primary' | 'note' | 'audience'
>;

export interface NewCase {
	readonly row: Omit<NewRow<CaseRow>, 'id'>;
	readonly details: MutationArgs['case.create']['details'];
	readonly contacts: readonly ContactValues[];
}

/** @returns id of the new case */
export async function createCase(
	ws: Workspace,
	{ row, details, contacts }: NewCase
): Promise<string> {
	const id = ws.newId();
	await ws.commit('case.create', {
		row: { ...row, id },
		...(details ? { details } : {}),
		contacts: contacts.map((contact) => ({ ...contact, id: ws.newId(), case_id: id }))
	});
	return id;
}

/** Both parts of a case in one step; a part without a change is left out. */
export async function saveCase(
	ws: Workspace,
	caseId: string,
	patches: { readonly person: Patch<CaseRow>; readonly details: Patch<CaseStaffDetailsRow> }
): Promise<void> {
	await ws.commitAll([
		...(isEmpty(patches.person)
			? []
			: [{ name: 'case.patch' as const, args: { id: caseId, patch: patches.person } }]),
		...(isEmpty(patches.details)
			? []
			: [
					{
						name: 'case_staff_details.patch' as const,
						args: { id: caseId, patch: patches.details }
					}
				])
	]);
}

export async function saveLimits(
	ws: Workspace,
	caseId: string,
	seen: PersonLimits,
	wanted: PersonLimits
): Promise<void> {
	await ws.commit('case.patch', { id: caseId, patch: { vital_limits: [seen, wanted] } });
}

/** A note is a record of what was known then: it is never taken back, only corrected by another one. */
export async function handOverShift(
	ws: Workspace,
	row: Omit<MutationArgs['handover_note.add']['row'], 'id'>
): Promise<void> {
	await ws.commit('handover_note.add', { row: { ...row, id: ws.newId() } });
}

export async function addContact(
	ws: Workspace,
	caseId: string,
	values: ContactValues
): Promise<void> {
	await ws.commit('case_contact.add', { row: { ...values, id: ws.newId(), case_id: caseId } });
}

export async function changeContact(
	ws: Workspace,
	contactId: string,
	patch: Patch<CaseContactRow>
): Promise<void> {
	if (isEmpty(patch)) return;
	await ws.commit('case_contact.patch', { id: contactId, patch });
}

/** Held back for as long as its undo is offered. @returns mids for `retract` */
export async function removeContact(ws: Workspace, contactId: string): Promise<readonly string[]> {
	const { mid } = await ws.commit('case_contact.remove', { id: contactId }, { holdMs: undoMs });
	return [mid];
}

/** @returns mids for `retract` */
export async function addMember(
	ws: Workspace,
	caseId: string,
	{ membership, orgName }: Colleague,
	role: CircleRole
): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'case_member.add',
		{
			row: {
				id: ws.newId(),
				case_id: caseId,
				user_id: membership.user_id,
				role,
				display_name: membership.display_name,
				org_name: orgName || null,
				phone: membership.phone
			}
		},
		{ holdMs: undoMs }
	);
	return [mid];
}

/** Ends somebody's access at the next contact of their phone. @returns mids for `retract` */
export async function endMember(ws: Workspace, member: CaseMemberRow): Promise<readonly string[]> {
	const { mid } = await ws.commit(
		'case_member.end',
		{ id: member.id, at: ws.now() },
		{ holdMs: undoMs }
	);
	return [mid];
}

/** @returns mids for `retract` */
export async function decideProposal(
	ws: Workspace,
	historyId: string,
	accept: boolean
): Promise<readonly string[]> {
	const { mid } = await ws.commit('proposal.decide', { id: historyId, accept }, { holdMs: undoMs });
	return [mid];
}

function isEmpty(patch: object): boolean {
	return Object.keys(patch).length === 0;
}
